import { type CaseRow, waitsForSomebody } from '../../../cases/case.ts';
import { aboutThem, partiesOf } from '../../../cases/decisions/barred.ts';
import { isNewerOffboarding } from '../../../cases/following/newer.ts';
import { whyAllUndone } from '../../../cases/remedies/restore.ts';
import { counted, sentence } from '../../../cases/words/wording.ts';
import { named, person, type Standing, type Waiting } from './standing.ts';

const DAY_MS = 86_400_000;
/** A brake that holds more than this is one decision, and no list. */
const MOST_HELD = 5;

/** What waits of one case, apart from being on hold. */
export function caseWaits(row: CaseRow, standing: Standing, decisionDays: number, now: Date): Waiting[] {
  const { state, awaiting = 0, filedAt = '', failure } = row;
  if (!waitsForSomebody(row) || row.onHold !== undefined || isOvertaken(row, standing)) return [];
  const about = aboutCase(row);
  if (state === 'failed') {
    const what = `Ask for it again. ${sentence(failure ?? 'It failed before a report could be filed')}`;
    const since = row.attempts?.at(-1)?.endedAt ?? row.openedAt;
    return [{ ...about, kind: 'failed', right: 'operate', since, what, barred: [] }];
  }
  const many = counted(awaiting, 'remedy waits', 'remedies wait');
  const waits = {
    ...about,
    count: awaiting,
    since: filedAt,
    ...(row.incident === true && { incident: true as const }),
  };
  if (now.getTime() - Date.parse(filedAt) > decisionDays * DAY_MS)
    return [
      {
        ...waits,
        kind: 'old-decisions',
        right: 'operate',
        what: `${many} for a decision, and the plan is too old for one: have the case read again.`,
        barred: [aboutThem(row.oid)],
      },
    ];
  return [{ ...waits, kind: 'decisions', right: 'decide', what: `${many} for a decision.`, barred: partiesOf(row) }];
}

/**
 * Nothing of a case is decided any more once the person is back, the day is taken back, a later case cuts them off, all of
 * it was undone, or somebody let the person in again: a decision would be refused.
 */
function isOvertaken(row: CaseRow, { cases, denied }: Standing): boolean {
  const { oid, n, state, restoredAt, cancellation } = row;
  const later = cases.some((other) => other.oid === oid && isNewerOffboarding(other, n));
  if (later || restoredAt !== undefined || cancellation !== undefined) return true;
  const isLetIn = denied.some((each) => each.oid === oid && each.state === 'released');
  return state === 'filed' && (isLetIn || whyAllUndone(row) !== undefined);
}

/** Cases on hold: each for itself, or a brake with how many it holds. */
export function heldOnes({ cases }: Standing): Waiting[] {
  const held = cases.flatMap((row) =>
    row.state === 'open' && row.onHold !== undefined ? [{ row, why: row.onHold }] : [],
  );
  return [...Map.groupBy(held, ({ row }) => row.heldBy ?? '')].flatMap(([brake, rows]): Waiting[] => {
    if (rows.length <= MOST_HELD)
      return rows.map(({ row, why }) => ({
        ...aboutCase(row),
        kind: 'on-hold',
        right: 'operate',
        since: row.openedAt,
        what: sentence(why),
        barred: [],
      }));
    const [since = ''] = rows.map(({ row }) => row.openedAt).toSorted();
    const why = brake === 'paused' ? 'The app is paused' : 'More people leave than usual';
    return [
      {
        kind: 'on-hold',
        id: `on-hold ${brake}`,
        right: 'operate',
        since,
        count: rows.length,
        what: `${why}: ${rows.length} cases are on hold until somebody releases them.`,
        barred: [],
      },
    ];
  });
}

/** A leaver whom the gateway may still let in. */
export function notContained(
  { caseId, oid, since, why }: Standing['uncontained'][number],
  standing: Standing,
): Waiting {
  return {
    ...person(oid, standing),
    kind: 'not-contained',
    id: `not-contained ${caseId}`,
    caseId,
    right: 'operate',
    since,
    what: `The gateway may still let them in; it is tried every minute. ${sentence(why)}`,
    barred: [],
  };
}

function aboutCase(row: CaseRow): Pick<Waiting, 'id' | 'oid' | 'caseId' | 'displayName' | 'userPrincipalName'> {
  return { id: row.caseId, caseId: row.caseId, ...named(row) };
}
