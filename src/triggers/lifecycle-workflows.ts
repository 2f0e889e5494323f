import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import * as df from 'durable-functions';
import * as z from 'zod';
import { answerFailure } from '../api/answer-failure.ts';
import { authoriseApp } from '../api/authorise.ts';
import { answerJson } from '../api/case-view.ts';
import { problem } from '../api/problem.ts';
import { readBody } from '../api/read-body.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import type { OffboardingRequest } from '../cases/case.ts';
import { automaticMode, type Config, config, type ModeSetting } from '../config.ts';
import { vendors as opened, type Vendors } from '../connectors/vendors.ts';
import { openCase } from '../intake/open-case.ts';
import type { IntakeSettings, OpenedCase } from '../intake/opened-case.ts';
import { logOpened } from '../intake/report-opened.ts';
import { startCaseWith } from '../intake/start-case.ts';
import type { StartCase } from '../intake/start-row.ts';
import { type Log, logOf } from '../log.ts';
import { parseOid } from '../people/oid.ts';

/** The task “Run a custom task extension” of Entra's lifecycle workflows, passed on by the Logic App that it calls. */
export function registerLifecycleWorkflows(): void {
  app.http('postLifecycleWorkflows', {
    ...{ route: 'lifecycle-workflows', methods: ['POST'], authLevel: 'anonymous' },
    extraInputs: [df.input.durableClient()],
    handler: (request, context) =>
      answerFailure(context, () =>
        postLifecycleWorkflow(opened(), config(), request, startCaseWith(df.getClient(context)), logOf(context)),
      ),
  });
}

/**
 * What Entra sends. Members that are not read here may be added by Microsoft.
 * Source: learn.microsoft.com/entra/id-governance/configure-logic-app-lifecycle-workflows
 */
const Payload = z.object({
  data: z.object({
    subject: z.object({
      id: z.guid().transform((text) => parseOid(text) ?? z.NEVER),
      userPrincipalName: z.string().trim().min(1).max(200).nullish(),
    }),
    task: z.object({ id: z.guid() }),
    taskProcessingResult: z.object({ id: z.guid() }),
    workflow: z.object({ id: z.guid(), displayName: z.string().max(500).nullish() }),
    /** Only where the extension waits for the answer. */
    callbackUriPath: z.string().min(1).max(2_000).nullish(),
  }),
});

/**
 * `POST /api/lifecycle-workflows`: opens the case of the person whom the workflow is about, and remembers the task that
 * waits; a duty tells Entra how the case ended. Where there will be no case, the task is told that it failed.
 */
export async function postLifecycleWorkflow(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: ApiSettings &
    IntakeSettings &
    ModeSetting<'lifecycle-workflow'> &
    Pick<Config, 'LIFECYCLE_WORKFLOWS_APP_ID'>,
  request: HttpRequest,
  start: StartCase,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<HttpResponseInit> {
  const authorised = await authoriseApp(settings, request, settings.LIFECYCLE_WORKFLOWS_APP_ID);
  if ('answer' in authorised) return authorised.answer;
  const body = await readBody(request, Payload);
  if ('answer' in body) return body.answer;
  const { subject, task, taskProcessingResult, workflow, callbackUriPath } = body.value.data;
  const asked: OffboardingRequest = {
    oid: subject.id,
    trigger: 'lifecycle-workflow',
    reason: `The lifecycle workflow “${workflow.displayName ?? workflow.id}” of Entra runs for them.`,
    requestedBy: authorised.caller.oid,
    requestedAt: now().toISOString(),
    mode: automaticMode(settings, 'lifecycle-workflow'),
    dedupeKey: `workflow:${taskProcessingResult.id.toLowerCase()}`,
  };
  const said = subject.userPrincipalName ? { confirmUserPrincipalName: subject.userPrincipalName } : {};
  const result = await openCase(vendors, settings, asked, start, now, said);
  if (result.kind === 'unreadable') {
    const headers = { 'retry-after': '60' };
    return problem('unavailable', { detail: `No case was opened. ${result.failure.message}`, headers });
  }
  logOpened(log, asked, result);
  const row = 'stored' in result && result.kind !== 'refused' ? result.stored.row : undefined;
  if (callbackUriPath) {
    await vendors.storage.addWorkflowTask({
      workflowId: workflow.id,
      taskId: task.id,
      taskProcessingResultId: taskProcessingResult.id,
      askedAt: now().toISOString(),
      ...(row === undefined ? {} : { caseId: row.caseId }),
    });
  }
  if (row === undefined) return whyNot(result);
  const { caseId, mode, state } = row;
  return answerJson({ caseId, mode, state }, { status: 202, headers: { location: `/api/cases/${caseId}` } });
}

function whyNot(result: OpenedCase): HttpResponseInit {
  if (result.kind === 'not-a-person' || result.kind === 'not-confirmed')
    return problem(result.kind, { detail: result.why });
  const detail = 'why' in result ? result.why : undefined;
  const refusal = result.kind === 'refused' ? result.stored.row.refusal : undefined;
  return problem('refused', { detail: detail ?? refusal ?? 'No case was opened.' });
}
