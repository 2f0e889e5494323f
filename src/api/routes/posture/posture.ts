import * as z from 'zod';
import { casePolicy } from '../../../config/config-cases.ts';
import { junitOf } from '../../../posture/output/junit.ts';
import { READINGS } from '../../../posture/readings-needed.ts';
import { diffRuns, RunDiffSchema } from '../../../posture/runs/diff-runs.ts';
import { latestRun, readRun } from '../../../posture/runs/latest-run.ts';
import { PostureRunSchema } from '../../../posture/runs/run.ts';
import { instanceOf, pageName, RUN_ID, runIdOf } from '../../../posture/runs/run-id.ts';
import { goesOn } from '../../../sweep/sweep-run.ts';
import { answerText, PAGE_POLICY } from '../../answers.ts';
import { Decision } from '../../decision.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute, type Tools } from '../../route.ts';

const RunId = z.string().regex(RUN_ID).meta({ description: 'id of the run', example: '2026-11-23-timer' });
const Run = PostureRunSchema.meta({ id: 'PostureRun' });
const Begun = z.object({ runId: z.string(), at: z.string(), state: z.literal('running') });

export const startPosture = defineRoute({
  id: 'startPosture',
  method: 'POST',
  path: '/api/posture',
  summary: 'Assesses the checklist now: reads everything that it rests on, changes nothing, and files the run',
  tag: 'Posture',
  access: { kind: 'decide', right: 'operate' },
  body: Decision.extend({
    after: z.exactOptional(z.literal('deployment').meta({ description: 'where a deployment asks for it' })),
  }),
  answers: { 202: Begun },
  problems: ['posture-not-set-up'],
  async handle({ caller, body: { reason, after } }, { settings, log, now, ...tools }) {
    if (settings.ASSESSOR_CLIENT_ID === undefined) {
      return problem('posture-not-set-up', { detail: 'ASSESSOR_CLIENT_ID is not set: nobody may read the platform.' });
    }
    const at = now();
    const runId = runIdOf(at, after ?? 'asked');
    await tools.startPosture(instanceOf(runId), {
      runId,
      at: at.toISOString(),
      trigger: after ?? 'asked',
      by: caller.oid,
      readings: READINGS.map(({ id }) => id),
      policy: casePolicy(settings),
    });
    log.info('the checklist was asked for', { runId, caller: caller.oid, reason });
    const value = { runId, at: at.toISOString(), state: 'running' as const };
    return { status: 202, value, headers: { location: `/api/posture/runs/${runId}` } };
  },
});

export const getPosture = defineRoute({
  id: 'getPosture',
  method: 'GET',
  path: '/api/posture',
  summary: 'The checklist as it was assessed last',
  tag: 'Posture',
  access: { kind: 'read', right: 'read' },
  answers: { 200: Run },
  problems: ['not-found', 'run-unreadable'],
  async handle(_asked, { vendors }) {
    const run = await latestRun(vendors.storage);
    if (run !== undefined) return { status: 200, value: run };
    return problem('not-found', { detail: 'The checklist was not assessed yet: POST /api/posture does it now.' });
  },
});

export const listPostureRuns = defineRoute({
  id: 'listPostureRuns',
  method: 'GET',
  path: '/api/posture/runs',
  summary: 'The runs of a month, the newest first',
  tag: 'Posture',
  access: { kind: 'read', right: 'read' },
  query: z.strictObject({
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
      .optional()
      .meta({ description: 'UTC; by default this month', example: '2026-11' }),
  }),
  answers: { 200: z.object({ month: z.string(), runs: z.array(z.object({ runId: z.string() })) }) },
  async handle({ query }, { vendors, now }) {
    const month = query.month ?? now().toISOString().slice(0, 7);
    const names = await vendors.storage.listNames('evidence', `posture/${month}`, MOST_OF_MONTH);
    const runs = names
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({ runId: name.slice('posture/'.length, -'.json'.length) }));
    return { status: 200, value: { month, runs: runs.toReversed() } };
  },
});

/** Names of a month, two of a run: more than come together by a run every ten minutes. What is beyond it would be the newest. */
const MOST_OF_MONTH = 10_000;

export const getPostureRun = defineRoute({
  id: 'getPostureRun',
  method: 'GET',
  path: '/api/posture/runs/{id}',
  summary: 'A run: whether it goes on, or what it found',
  tag: 'Posture',
  access: { kind: 'read', right: 'read' },
  params: z.object({ id: RunId }),
  answers: { 200: z.object({ runId: z.string(), state: z.enum(['running', 'filed']), run: z.exactOptional(Run) }) },
  problems: ['not-found', 'run-unreadable'],
  async handle({ params: { id } }, tools) {
    const { storage } = tools.vendors;
    const [run, page] = await Promise.all([readRun(storage, id), storage.getText('evidence', pageName(id))]);
    // The page comes after the run: while it is missing, the engine knows whether it is still to come.
    if ((run === undefined || page === undefined) && (await stateOf(tools, id)) === 'running') {
      return { status: 200, value: { runId: id, state: 'running' as const } };
    }
    if (run !== undefined) return { status: 200, value: { runId: id, state: 'filed' as const, run } };
    return notFiled(tools, id);
  },
});

export const diffPosture = defineRoute({
  id: 'diffPosture',
  method: 'GET',
  path: '/api/posture/diff',
  summary: 'What is new, fixed, still failing or out of sight between two runs',
  tag: 'Posture',
  access: { kind: 'read', right: 'read' },
  query: z.strictObject({ from: RunId, to: RunId }),
  answers: { 200: RunDiffSchema.meta({ id: 'PostureDiff' }) },
  problems: ['invalid-request', 'not-found', 'run-unreadable'],
  async handle({ query }, { vendors }) {
    const [from, to] = await Promise.all([readRun(vendors.storage, query.from), readRun(vendors.storage, query.to)]);
    if (from !== undefined && to !== undefined) {
      if (from.at <= to.at) return { status: 200, value: diffRuns(from, to) };
      const detail = `${query.from} began after ${query.to}: what is new would be called gone.`;
      return problem('invalid-request', { detail, errors: [{ parameter: 'from', detail: 'Name the earlier run.' }] });
    }
    const missing = from === undefined ? query.from : query.to;
    return problem('not-found', {
      detail: `There is no run ${missing}; GET /api/posture/runs lists those of a month.`,
    });
  },
});

export const getPosturePage = defineRoute({
  id: 'getPosturePage',
  method: 'GET',
  path: '/api/posture/runs/{id}/report.html',
  summary: 'A run as a page for an auditor, as it was filed',
  tag: 'Posture',
  access: { kind: 'read', right: 'read' },
  params: z.object({ id: RunId }),
  answers: {},
  documents: { 'text/html': z.string() },
  problems: ['not-found'],
  async handle({ params: { id }, request }, tools) {
    const page = await tools.vendors.storage.getText('evidence', pageName(id));
    if (page === undefined) return notFiled(tools, id);
    const ifNoneMatch = request.headers.get('if-none-match');
    const headers = { 'content-security-policy': PAGE_POLICY };
    return answerText(page, 'text/html; charset=utf-8', { headers, ifNoneMatch });
  },
});

export const getPostureJunit = defineRoute({
  id: 'getPostureJunit',
  method: 'GET',
  path: '/api/posture/runs/{id}/junit.xml',
  summary: 'A run in JUnit’s form, for a pipeline: unknown is an error, what is accepted or does not apply is skipped',
  tag: 'Posture',
  access: { kind: 'read', right: 'read' },
  params: z.object({ id: RunId }),
  answers: {},
  documents: { 'application/xml': z.string() },
  problems: ['not-found', 'run-unreadable'],
  async handle({ params: { id }, request }, tools) {
    const run = await readRun(tools.vendors.storage, id);
    if (run === undefined) return notFiled(tools, id);
    return answerText(junitOf(run), 'application/xml', { ifNoneMatch: request.headers.get('if-none-match') });
  },
});

async function stateOf(
  { readRun: read }: Pick<Tools, 'readRun'>,
  runId: string,
): Promise<'running' | 'ended' | undefined> {
  const run = await read(instanceOf(runId));
  if (run === undefined) return undefined;
  return goesOn(run) ? 'running' : 'ended';
}

const NOT_FILED = {
  running: 'The run goes on; what it found is filed at its end.',
  ended: 'The run broke and was not filed. The app’s log says why; POST /api/posture begins another.',
} as const;

/** Why there is nothing of a run. */
async function notFiled(tools: Pick<Tools, 'readRun'>, runId: string): Promise<Response> {
  const state = await stateOf(tools, runId);
  const none = 'There is no run of this id; GET /api/posture/runs lists those of a month.';
  return problem('not-found', { detail: state === undefined ? none : NOT_FILED[state] });
}
