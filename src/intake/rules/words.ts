import type { CaseMode, CaseRow } from '../../cases/case.ts';

/** What a case row says of who asked for it, and for when. */
export type Words = Pick<
  CaseRow,
  | 'trigger'
  | 'requestedBy'
  | 'requestedAt'
  | 'mode'
  | 'lastDay'
  | 'startsAt'
  | 'dedupeKey'
  | 'merged'
  | 'cancellation'
  | 'firstDay'
  | 'withdrawnAt'
>;

/** What one of them said. `startsAt`: the day that they named; absent where they asked for it now. */
export type Word = Pick<CaseRow, 'trigger' | 'requestedBy' | 'requestedAt' | 'lastDay' | 'startsAt' | 'dedupeKey'>;

interface Said extends Word {
  readonly mode: CaseMode;
  readonly withdrawnAt?: string;
}

/** Every word on a case, the one that opened it first, with the day that it named; what was taken back too. */
export function allWords(row: Words): readonly Said[] {
  const { merged, firstDay, cancellation: _, startsAt, lastDay, ...opened } = row;
  const day = firstDay ?? { ...(startsAt && { startsAt }), ...(lastDay && { lastDay }) };
  // Rows of before words had a mode: whatever was merged is as good as the case.
  return [{ ...opened, ...day }, ...merged.map((each) => ({ mode: row.mode, ...each }))];
}

/**
 * The words that keep a case going: not taken back, and as far as the case goes. Whoever asked for a plan asked for
 * nobody to be cut off, so that their word carries no case that is carried out.
 */
export function countingWords(row: Words): readonly Said[] {
  return allWords(row).filter(
    ({ mode, withdrawnAt }) => withdrawnAt === undefined && (row.mode === 'plan' || mode === 'apply'),
  );
}

/**
 * The last word that names a day, unless it was taken back: a day named before it counts no more. A person who asked
 * after it for the case now has replaced it; what the directory shows replaces nothing, because it may be undone. The
 * last day of a case that waits stands on its row.
 */
export function datedWord(row: Words): Word | undefined {
  if (row.cancellation !== undefined) return undefined;
  const word = countingWords(row).findLast(replacesDay);
  if (word?.startsAt === undefined) return undefined;
  const { trigger, requestedBy, requestedAt, startsAt, dedupeKey } = word;
  const lastDay = word.startsAt === row.startsAt ? row.lastDay : word.lastDay;
  return { trigger, requestedBy, requestedAt, startsAt, ...(lastDay && { lastDay }), ...(dedupeKey && { dedupeKey }) };
}

/**
 * The words of a case that count at an instant: those for no day, and those whose day has come. A day counts no more where
 * another word replaced it before it came; one that is named after that moves nothing, and undoes nothing either.
 */
export function wordsAt(row: Words, now: Date): readonly Word[] {
  const words = countingWords(row);
  return words.filter(({ startsAt }, index) => {
    if (startsAt === undefined) return true;
    const day = Date.parse(startsAt);
    const isReplaced = words
      .slice(index + 1)
      .some((later) => replacesDay(later) && Date.parse(later.requestedAt) < day);
    return row.cancellation === undefined && day <= now.getTime() && !isReplaced;
  });
}

/**
 * The last days that a case was told: that of its row, those of whoever asked for no day to come, and that of the last
 * who did. One that was moved away from would make work after it an incident.
 */
export function lastDaysTold(row: Words): readonly string[] {
  const dated = datedWord(row);
  // What somebody knows counts in a plan as well.
  const undated = allWords(row).filter(({ startsAt, withdrawnAt }) => startsAt === undefined && !withdrawnAt);
  const days = [row.lastDay, ...undated.map(({ lastDay }) => lastDay), dated?.lastDay];
  return [...new Set(days.filter((day) => day !== undefined))];
}

/** The row with some of its words taken back; the row itself where none was. */
export function withoutWords<Row extends Words>(row: Row, isMeant: (word: Word) => boolean, at: string): Row {
  const [opened, ...rest] = allWords(row);
  const isTaken = (word: Said | undefined): boolean =>
    word !== undefined && word.withdrawnAt === undefined && isMeant(word);
  const merged = row.merged.map((each, index) => (isTaken(rest[index]) ? { ...each, withdrawnAt: at } : each));
  if (isTaken(opened)) return { ...row, merged, withdrawnAt: at };
  return rest.some(isTaken) ? { ...row, merged } : row;
}

/** What the directory shows replaces no day. */
function replacesDay({ trigger, startsAt }: Word): boolean {
  return startsAt !== undefined || (trigger !== 'entra-event' && trigger !== 'sweep');
}
