import type { CaseRow } from '../../cases/case.ts';
import { instant } from '../../cases/words/wording.ts';
import { countingWords, datedWord, type Word, withoutWords, wordsAt } from './words.ts';

/** What becomes of a case when somebody takes back what they said on it. */
export type Withdrawal =
  /** They said nothing of it on this case, or what they said has begun: it is not undone by a word. */
  | { readonly kind: 'untouched' }
  /** Nobody asks for it any more: it was waiting, and is cancelled. */
  | { readonly kind: 'cancelled'; readonly row: CaseRow }
  /** Nobody asks for it by now: it is on hold, and to be refused, which also lets in whom it denied. */
  | { readonly kind: 'to-refuse' }
  /** Somebody else still asks for it, or it is being started: it waits for their day, stays on hold, or is asked for anew. */
  | { readonly kind: 'waits'; readonly row: CaseRow }
  /** It had begun before the day that they named, which counts no more. */
  | { readonly kind: 'day-ended'; readonly row: CaseRow };

interface TakenBack {
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly reason: string;
}

/**
 * Takes back words of a case. What waits or is on hold ends when the last word for it goes; where others are left, the
 * day of the last of them counts again. A day that has passed meanwhile is not gone back to, because that would start the
 * case by a withdrawal: it goes on waiting for the day that was named instead.
 */
export function withdraw(row: CaseRow, isMeant: (word: Word) => boolean, by: TakenBack): Withdrawal {
  const { requestedBy, requestedAt, reason } = by;
  const isAhead = ({ startsAt }: Pick<Word, 'startsAt'>): boolean =>
    startsAt !== undefined && Date.parse(startsAt) > Date.parse(requestedAt);
  // A deletion had begun the case before that day, which begins one of its own where the deletion is undone.
  const isStillToBegin = ({ startsAt }: Pick<Word, 'startsAt'>): boolean =>
    startsAt !== undefined && row.deletedAt !== undefined && Date.parse(row.deletedAt) < Date.parse(startsAt);
  const waits = row.state === 'scheduled';
  const held = row.state === 'open' && row.onHold !== undefined;
  // Written, and perhaps never begun: whoever starts it asks who wants it by then. Of a deletion the directory speaks too.
  const begins = row.state === 'open' && row.onHold === undefined && row.deletedAt === undefined;
  const left = withoutWords(
    row,
    (word) => isMeant(word) && (waits || held || begins || isAhead(word) || isStillToBegin(word)),
    requestedAt,
  );
  if (left === row || row.state === 'cancelled' || row.state === 'refused') return { kind: 'untouched' };
  const cancellation = `${requestedBy} cancelled it at ${instant(requestedAt)}: ${reason}`;
  const dated = datedWord(left);
  if (begins && dated === undefined && row.startsAt === undefined) return { kind: 'waits', row: left };
  if (!waits && !held) return { kind: 'day-ended', row: dated === undefined ? { ...left, cancellation } : left };
  if (held) {
    // A day to come keeps nobody out before it. Where they are deleted, the directory's own word is left.
    const isWanted = wordsAt(left, new Date(requestedAt)).length > 0 || row.deletedAt !== undefined;
    return isWanted ? { kind: 'waits', row: left } : { kind: 'to-refuse' };
  }
  if (countingWords(left).length === 0)
    return { kind: 'cancelled', row: { ...left, state: 'cancelled', cancellation } };
  return { kind: 'waits', row: dated !== undefined && isAhead(dated) ? withDay(left, dated) : left };
}

function withDay(row: CaseRow, { startsAt, lastDay }: Pick<Word, 'startsAt' | 'lastDay'>): CaseRow {
  if (startsAt === undefined || startsAt === row.startsAt) return row;
  const { lastDay: _, ...rest } = row;
  return { ...rest, startsAt, ...(lastDay && { lastDay }) };
}
