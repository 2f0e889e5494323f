import type { HrNotice } from '../../people/hr-notice.ts';
import { allWords, countingWords, type Word, type Words } from './words.ts';

type Row = Words & { readonly caseId: string };

/**
 * How a case remembers a message of HR: with the leaving that it is about, because a person may leave twice. Version 1
 * of the schema names none.
 */
export function hrKeyOf({ messageId, about }: Pick<HrNotice, 'messageId' | 'about'>): string {
  return about === undefined ? `hr:${messageId}` : `${prefixOf(about.leavingId)}${messageId}`;
}

/** Whether HR said something of this leaving. `rows`: the cases of the person. */
export function isOfLeaving(word: Word, leavingId: string, rows: readonly Row[]): boolean {
  const { trigger, dedupeKey } = word;
  if (trigger !== 'hr-queue' || dedupeKey === undefined) return false;
  if (dedupeKey.startsWith(prefixOf(leavingId))) return true;
  // A schedule that goes on after a deletion was undone: whoever named the day is on the case of before.
  const before = rows.find(({ caseId }) => dedupeKey === `schedule:${caseId}`);
  const named = before && allWords(before).findLast((each) => isSame(each, word));
  return named !== undefined && named.dedupeKey !== dedupeKey && isOfLeaving(named, leavingId, rows);
}

/**
 * Whether the last who named the day of a case was another message of the same leaving. Then the newest message sets it
 * right; the day that an operator set, or another leaving, stays.
 */
export function wasMovedByOlder(row: Row, { messageId, about }: Pick<HrNotice, 'messageId' | 'about'>): boolean {
  const last = countingWords(row).findLast(({ startsAt }) => startsAt !== undefined);
  if (last === undefined || about === undefined) return false;
  return isOfLeaving(last, about.leavingId, []) && last.dedupeKey !== hrKeyOf({ messageId, about });
}

function isSame(one: Word, other: Word): boolean {
  return (
    one.trigger === other.trigger && one.requestedBy === other.requestedBy && one.requestedAt === other.requestedAt
  );
}

/** Encoded, so that no id of a leaving is the beginning of another's key. */
function prefixOf(leavingId: string): string {
  return `hr:${encodeURIComponent(leavingId)}:`;
}
