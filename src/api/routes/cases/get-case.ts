import * as z from 'zod';
import type { CaseRow, CaseState } from '../../../cases/case.ts';
import { type Counted, endOfAll } from '../../../cases/progress.ts';
import type { Vendors } from '../../../connectors/vendors.ts';
import { CaseView, caseView, type Run } from '../../case-view.ts';
import { tagOf } from '../../if-match.ts';
import { defineRoute } from '../../route.ts';
import { readSources } from '../parts/read-progress.ts';
import { CasePath, theCase } from './the-case.ts';

const NEVER_RAN: readonly CaseState[] = ['scheduled', 'refused', 'cancelled'];

export const getCase = defineRoute({
  id: 'getCase',
  method: 'GET',
  path: '/api/cases/{id}',
  summary: 'The case, and how far it is',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  params: CasePath,
  answers: { 200: CaseView },
  problems: ['not-found'],
  async handle({ params }, { vendors, readRun, now }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const { row } = found.stored;
    const run = NEVER_RAN.includes(row.state) ? undefined : await readRun(row.instanceId);
    if (run === undefined) return { status: 200, value: caseView(row) };
    const value = caseView(row, await withProgress(vendors, row, run, now()));
    return { status: 200, value, etag: tagOf(row, value) };
  },
});

/** How far a case is that runs; of another there is nothing to wait for. */
async function withProgress(
  vendors: Pick<Vendors, 'storage' | 'github'>,
  { caseId, state, revisions }: CaseRow,
  run: Run,
  now: Date,
): Promise<Run> {
  if (state !== 'running') return run;
  const over = stepsDone(run);
  const isOver = ({ step }: Pick<Counted, 'step'>): boolean => step !== undefined && over.has(step);
  const before = revisions?.at(-1);
  const since = before && new Date(before.filedAt);
  const sources = await readSources(vendors, caseId, now, isOver, since);
  return { ...run, sources, ends: endOfAll(sources) };
}

/** The steps that have ended, by what the orchestration shows. */
function stepsDone(run: Run): ReadonlySet<string> {
  const { steps = {} } = Status.safeParse(run.customStatus).data ?? {};
  return new Set(Object.entries(steps).flatMap(([step, state]) => (state === 'done' ? [step] : [])));
}

const Status = z.object({ steps: z.record(z.string(), z.string()).optional() });
