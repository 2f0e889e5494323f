import { standingAt } from '../../../cases/exception.ts';
import { forceOf } from '../../../people/answers.ts';
import { caseWaits, heldOnes, notContained } from './cases-waiting.ts';
import { answerWaits, containmentEnds, exceptionEnds, listWaits, rejectionsWait } from './others-waiting.ts';
import { type Standing, WAITING_KINDS, type Waiting } from './standing.ts';

/** Everything that waits for a person, the most urgent first, and of each kind what waits longest. */
export function whatWaits(standing: Standing, decisionDays: number, now: Date): Waiting[] {
  const all = [
    ...standing.uncontained.map((each) => notContained(each, standing)),
    ...heldOnes(standing),
    ...standing.cases.flatMap((row) => caseWaits(row, standing, decisionDays, now)),
    ...standing.answers.filter((each) => forceOf(each) === 'waits').map((each) => answerWaits(each, standing)),
    ...standing.denied.flatMap((row) => containmentEnds(row, standing, now)),
    ...standingAt(standing.exceptions, now.toISOString()).flatMap((each) => exceptionEnds(each, standing, now)),
    ...standing.rejected.flatMap(rejectionsWait),
    ...listWaits(standing.mark),
  ];
  return all.toSorted(
    (one, other) =>
      WAITING_KINDS.indexOf(one.kind) - WAITING_KINDS.indexOf(other.kind) ||
      Number(other.incident ?? false) - Number(one.incident ?? false) ||
      (one.until ?? one.since ?? '').localeCompare(other.until ?? other.since ?? ''),
  );
}
