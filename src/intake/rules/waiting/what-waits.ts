import { standingAt } from '../../../cases/decisions/exception.ts';
import { forceOf } from '../../../people/answers/answers.ts';
import type { Oid } from '../../../people/oid.ts';
import { caseWaits, heldOnes, notContained } from './cases-waiting.ts';
import { answerWaits, containmentEnds, exceptionEnds, listWaits, rejectionsWait } from './others-waiting.ts';
import { type Standing, WAITING_KINDS, type Waiting } from './standing.ts';

/** Everything that waits for a person, the most urgent first, and of each kind what waits longest. */
export function whatWaits(standing: Standing, decisionDays: number, now: Date): Waiting[] {
  const about = byPerson(standing);
  const all = [
    ...standing.uncontained.map((each) => notContained(each, about(each.oid))),
    ...heldOnes(standing),
    ...standing.cases.flatMap((row) => caseWaits(row, about(row.oid), decisionDays, now)),
    ...standing.answers.filter((each) => forceOf(each) === 'waits').map((each) => answerWaits(each, about(each.oid))),
    ...standing.denied.flatMap((row) => containmentEnds(row, about(row.oid), now)),
    ...standingAt(standing.exceptions, now.toISOString()).flatMap((each) => exceptionEnds(each, about(each.oid), now)),
    ...standing.rejected.flatMap(rejectionsWait),
    ...listWaits(standing.mark),
  ];
  return all.toSorted(
    (one, other) =>
      WAITING_KINDS.indexOf(one.kind) - WAITING_KINDS.indexOf(other.kind) ||
      urgencyOf(other) - urgencyOf(one) ||
      whenOf(one).localeCompare(whenOf(other)),
  );
}

function urgencyOf({ incident }: Waiting): number {
  return incident === true ? 1 : 0;
}

function whenOf({ until, since = '' }: Waiting): string {
  return until ?? since;
}

/** How things stand with one person: of thousands who wait, not each is looked for among all the others. */
function byPerson(standing: Standing): (oid: Oid) => Standing {
  const cases = Map.groupBy(standing.cases, ({ oid }) => oid);
  const denied = Map.groupBy(standing.denied, ({ oid }) => oid);
  return (oid) => ({ ...standing, cases: cases.get(oid) ?? [], denied: denied.get(oid) ?? [] });
}
