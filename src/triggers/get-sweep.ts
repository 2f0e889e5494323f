import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { authorise } from '../api/authorise.ts';
import { answerJson } from '../api/case-view.ts';
import { problem } from '../api/problem.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import { endOfAll } from '../cases/progress.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { sweepIdOf, sweepRun } from '../sweep/sweep-run.ts';
import type { ReadRun } from './get-case.ts';
import { readSources } from './read-progress.ts';

/** A sweep that began longer ago than this is no news. */
const HOURS = 24;

const Status = z.object({ at: z.string(), doing: z.string() });

/** What the durable engine calls a run that goes on. */
const GOING_ON = ['Pending', 'Running', 'ContinuedAsNew', 'Suspended'];

/** `GET /api/sweeps/latest`: what the last sweep does, how far it is, and when it has read everything. */
export async function getLatestSweep(
  vendors: Pick<Vendors, 'storage' | 'github'>,
  settings: ApiSettings,
  request: HttpRequest,
  readRun: ReadRun,
  now: Date,
): Promise<HttpResponseInit> {
  const authorised = await authorise(settings, request, 'read');
  if ('answer' in authorised) return authorised.answer;
  for (let hour = 0; hour < HOURS; hour += 1) {
    const sweepId = sweepIdOf(new Date(now.getTime() - hour * 3_600_000));
    const run = await readRun(sweepId);
    if (run === undefined) continue;
    const status = Status.safeParse(run.customStatus).data;
    const running = GOING_ON.includes(run.runtimeStatus);
    const isOver = (): boolean => !running || (status !== undefined && status.doing !== 'reading repositories');
    const sources = status === undefined ? [] : await readSources(vendors, sweepRun(status.at), now, isOver);
    const state = running ? 'running' : run.runtimeStatus === 'Completed' ? 'filed' : 'failed';
    const doing = running && status !== undefined ? { doing: status.doing, ends: endOfAll(sources) } : {};
    const progress = { ...doing, sources };
    const view = { sweepId, ...(status === undefined ? {} : { at: status.at }), state, progress };
    return answerJson(view, { ifNoneMatch: request.headers.get('if-none-match') });
  }
  return problem('not-found', {
    detail: `There was no sweep in the last ${HOURS} hours, although one begins every full hour: look into the app’s log for sweepTimer.`,
  });
}
