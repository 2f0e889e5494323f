import type { CaseRow } from '../../cases/case.ts';
import type { HrNotice } from '../../people/hr-notice.ts';

type Row = Pick<CaseRow, 'caseId' | 'trigger' | 'startsAt' | 'dedupeKey' | 'merged'>;
type Word = Pick<CaseRow, 'trigger' | 'startsAt' | 'dedupeKey'>;

/**
 * How a case remembers a message of HR: with the leaving that it is about, because a person may leave twice. Version 1
 * of the schema names none.
 */
export function hrKeyOf({ messageId, about }: Pick<HrNotice, 'messageId' | 'about'>): string {
  return about === undefined ? `hr:${messageId}` : `${prefixOf(about.leavingId)}${messageId}`;
}

/** Whether all that HR said on this case is of one leaving. `rows`: the cases of the person. */
export function hrSaysOnly(row: Row, leavingId: string, rows: readonly Row[]): boolean {
  return wordsOf(row).every((word) => word.trigger !== 'hr-queue' || isOf(word, leavingId, rows));
}

/** Whether HR said anything of this leaving on the case. */
export function hrSays(row: Row, leavingId: string, rows: readonly Row[]): boolean {
  return wordsOf(row).some((word) => isOf(word, leavingId, rows));
}

/**
 * Whether the last who named the day of a case was another message of the same leaving. Then the newest message sets it
 * right; the day that an operator set, or another leaving, stays.
 */
export function wasMovedByOlder(row: Row, { messageId, about }: Pick<HrNotice, 'messageId' | 'about'>): boolean {
  const last = wordsOf(row).findLast(({ startsAt }) => startsAt !== undefined);
  if (last === undefined || about === undefined) return false;
  return isOf(last, about.leavingId, []) && last.dedupeKey !== hrKeyOf({ messageId, about });
}

function wordsOf(row: Row): readonly Word[] {
  return [row, ...row.merged];
}

function isOf({ trigger, dedupeKey }: Word, leavingId: string, rows: readonly Row[]): boolean {
  if (trigger !== 'hr-queue' || dedupeKey === undefined) return false;
  if (dedupeKey.startsWith(prefixOf(leavingId))) return true;
  // A schedule that goes on after a deletion was undone: what was said of it stands on the case of before.
  const before = rows.find(({ caseId }) => dedupeKey === `schedule:${caseId}`);
  return before !== undefined && hrSaysOnly(before, leavingId, rows);
}

/** Encoded, so that no id of a leaving is the beginning of another's key. */
function prefixOf(leavingId: string): string {
  return `hr:${encodeURIComponent(leavingId)}:`;
}
