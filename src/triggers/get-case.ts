import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { authorise } from '../api/authorise.ts';
import { answerJson, caseView, type Run } from '../api/case-view.ts';
import { problem } from '../api/problem.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import type { CaseState } from '../cases/case.ts';
import { parseCaseId } from '../cases/ids.ts';
import { type Counted, endOfAll } from '../cases/progress.ts';
import type { StoredCase } from '../connectors/storage/case-table.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { readSources } from './read-progress.ts';

/** Reads how an instance stands; undefined where there is none, or where the engine does not say. */
export type ReadRun = (instanceId: string) => Promise<Run | undefined>;

const NEVER_RAN: readonly CaseState[] = ['scheduled', 'refused', 'cancelled'];

/** `GET /api/cases/{id}`: the case and how far it is. */
export async function getCaseById(
  vendors: Pick<Vendors, 'storage' | 'github'>,
  settings: ApiSettings,
  request: HttpRequest,
  readRun: ReadRun,
): Promise<HttpResponseInit> {
  const authorised = await authorise(settings, request, 'read');
  if ('answer' in authorised) return authorised.answer;
  const found = await caseOf(vendors, request);
  if ('answer' in found) return found.answer;
  const { row } = found.stored;
  const run = NEVER_RAN.includes(row.state) ? undefined : await readRun(row.instanceId);
  return answerJson(caseView(row, run && (await withProgress(vendors, row, run))), {
    ifNoneMatch: request.headers.get('if-none-match'),
  });
}

/** How far a case is that runs; of another there is nothing to wait for. */
async function withProgress(
  vendors: Pick<Vendors, 'storage' | 'github'>,
  { caseId, state, revisions }: StoredCase['row'],
  run: Run,
): Promise<Run> {
  if (state !== 'running') return run;
  const over = stepsDone(run);
  const isOver = ({ step }: Pick<Counted, 'step'>): boolean => step !== undefined && over.has(step);
  const before = revisions?.at(-1);
  const since = before && new Date(before.filedAt);
  const sources = await readSources(vendors, caseId, new Date(), isOver, since);
  return { ...run, sources, ends: endOfAll(sources) };
}

/** The steps that have ended, by what the orchestration shows. */
function stepsDone(run: Run): ReadonlySet<string> {
  const { steps = {} } = Status.safeParse(run.customStatus).data ?? {};
  return new Set(Object.entries(steps).flatMap(([step, state]) => (state === 'done' ? [step] : [])));
}

const Status = z.object({ steps: z.record(z.string(), z.string()).optional() });

/** The case that the path names, or the answer that there is none. */
export async function caseOf(
  vendors: Pick<Vendors, 'storage'>,
  request: HttpRequest,
): Promise<{ readonly stored: StoredCase } | { readonly answer: HttpResponseInit }> {
  const id = parseCaseId((request.params.id ?? '').toLowerCase());
  const stored = id === undefined ? undefined : await vendors.storage.getCase(id.caseId);
  if (stored !== undefined) return { stored };
  return { answer: problem('not-found', { detail: 'There is no case of this id; GET /api/cases lists the cases.' }) };
}
