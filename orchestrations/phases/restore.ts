import type { OrchestrationContext, Task } from 'durable-functions';
import { beginRestores } from '../../activities/case/undo/begin-restores.ts';
import { restoreRemedy } from '../../activities/case/undo/restore-remedy.ts';
import type { CaseRow } from '../../src/cases/case.ts';
import type { CasePolicy } from '../../src/cases/policy.ts';
import { roundsOf } from '../../src/cases/remedies/plan.ts';
import type { BlobRef } from '../../src/cases/remedies/remedy.ts';
import { dueRestores } from '../../src/cases/remedies/restore.ts';
import type { StepResults } from '../../src/cases/step-result.ts';
import { callSettled, NO_RESULT, prepare } from '../lib/calls.ts';
import { unverified } from './verify.ts';

interface Restored extends Pick<StepResults, 'crashed'> {
  /** What came of each thing, as it was filed. */
  readonly undone: readonly BlobRef[];
}

/**
 * Gives back what somebody wants back of the report before, before anything is read anew: so discovery finds what stands.
 * Of what could not be tried the cut stands, and the report says so.
 */
export function* restoreWanted(
  context: OrchestrationContext,
  row: CaseRow,
  policy: CasePolicy,
): Generator<Task, Restored, unknown> {
  const restores = dueRestores(row);
  if (restores.length === 0) return { undone: [], crashed: [] };
  const { caseId, oid } = row;
  const [begun] = yield* callSettled(context, [prepare(beginRestores, { caseId, oid, restores })], policy);
  if (begun?.ok !== true) return { undone: [], crashed: unverified(begun?.error ?? NO_RESULT) };
  const undone: BlobRef[] = [];
  const byN = new Map(restores.map((each) => [each.n, each]));
  const fence = row.generation === undefined ? {} : { generation: row.generation };
  for (const round of roundsOf(begun.value.steps)) {
    const calls = round.flatMap(({ n, remedyId }) => {
      const restore = byN.get(n);
      return restore === undefined ? [] : [prepare(restoreRemedy, { caseId, restore, remedyId, ...fence })];
    });
    const settled = yield* callSettled(context, calls, policy);
    for (const each of settled) if (each.ok) undone.push(each.value.undone);
  }
  return { undone, crashed: [] };
}
