import * as z from 'zod';
import { CASE_MODES, CASE_STATES, type OffboardingRequest } from '../../cases/case.ts';
import { CaseIdSchema } from '../../cases/ids.ts';
import { automaticMode } from '../../config/config-cases.ts';
import { openCase } from '../../intake/starting/open-case.ts';
import type { OpenedCase } from '../../intake/starting/opened-case.ts';
import { logOpened } from '../../intake/starting/report-opened.ts';
import { parseOid } from '../../people/oid.ts';
import { problem } from '../problems/problem.ts';
import { defineRoute } from '../route.ts';

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
 * The task “Run a custom task extension” of Entra's lifecycle workflows, passed on by the Logic App that it calls. Opens
 * the case of the person whom the workflow is about, and remembers the task that waits; a duty tells Entra how the case
 * ended. Where there will be no case, the task is told that it failed.
 */
export const postLifecycleWorkflow = defineRoute({
  id: 'postLifecycleWorkflows',
  method: 'POST',
  path: '/api/lifecycle-workflows',
  summary: 'A lifecycle workflow of Entra runs for somebody who leaves',
  tag: 'Triggers',
  access: { kind: 'workflows' },
  body: Payload,
  answers: { 202: z.object({ caseId: CaseIdSchema, mode: z.enum(CASE_MODES), state: z.enum(CASE_STATES) }) },
  problems: ['refused', 'not-a-person', 'not-confirmed'],
  async handle({ caller, body }, { vendors, settings, start, log, now }) {
    const { subject, task, taskProcessingResult, workflow, callbackUriPath } = body.data;
    const asked: OffboardingRequest = {
      oid: subject.id,
      trigger: 'lifecycle-workflow',
      reason: `The lifecycle workflow “${workflow.displayName ?? workflow.id}” of Entra runs for them.`,
      requestedBy: caller.oid,
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
    return { status: 202, value: { caseId, mode, state }, headers: { location: `/api/cases/${caseId}` } };
  },
});

function whyNot(result: OpenedCase): Response {
  if (result.kind === 'not-a-person' || result.kind === 'not-confirmed')
    return problem(result.kind, { detail: result.why });
  const detail = 'why' in result ? result.why : undefined;
  const refusal = result.kind === 'refused' ? result.stored.row.refusal : undefined;
  return problem('refused', { detail: detail ?? refusal ?? 'No case was opened.' });
}
