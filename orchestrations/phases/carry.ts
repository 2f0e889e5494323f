import type { OrchestrationContext, Task } from 'durable-functions';
import { type Carried, carryFindings } from '../../activities/case/report/carry-findings.ts';
import type { CaseRow } from '../../src/cases/case.ts';
import { revisionOf } from '../../src/cases/following/attempts.ts';
import type { CasePolicy } from '../../src/cases/policy.ts';
import type { StepResultRef, StepResults } from '../../src/cases/step-result.ts';
import { isLessSince } from '../../src/people/answers/answers-since.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { callSettled, NO_RESULT, prepare } from '../lib/calls.ts';
import { unverified } from './verify.ts';

/**
 * What the report before found and cut stands in the next one as well. Where that cannot be told, verification is not
 * clear.
 */
export function* carry(
  context: OrchestrationContext,
  row: CaseRow,
  parts: readonly StepResultRef[],
  policy: CasePolicy,
  { answers = [] }: Pick<Leaver, 'answers'> = {},
): Generator<Task, Carried & Pick<StepResults, 'crashed'>, unknown> {
  if (revisionOf(row) === 1) return { parts: [], applied: [], crashed: [] };
  const since = row.revisions?.at(-1)?.filedAt;
  const weakened = since !== undefined && isLessSince(answers, since);
  const input = { caseId: row.caseId, row, parts, ...(weakened && { weakened: true as const }) };
  const [carried] = yield* callSettled(context, [prepare(carryFindings, input)], policy);
  if (carried?.ok === true) return { ...carried.value, crashed: [] };
  return { parts: [], applied: [], crashed: unverified(carried?.error ?? NO_RESULT) };
}
