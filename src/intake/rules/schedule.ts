import type { CaseRow, OffboardingRequest } from '../../cases/case.ts';
import { instant, lasting, sentence } from '../../cases/wording.ts';

/** A start that is later than this says so. Due work is looked for every minute. */
const LATE_MS = 5 * 60_000;

/** A request as it counts now: one whose instant has come is to be carried out, and says how late that is. */
export function asOfNow(request: OffboardingRequest, now: Date): OffboardingRequest {
  const { startsAt, ...rest } = request;
  if (startsAt === undefined) return request;
  if (Date.parse(startsAt) > now.getTime()) return { ...request, startsAt: new Date(startsAt).toISOString() };
  return { ...rest, reason: scheduledWords(rest.reason, startsAt, now) };
}

/** What a case row says of who asked for it, and for when. */
export type Words = Pick<
  CaseRow,
  'trigger' | 'requestedBy' | 'requestedAt' | 'lastDay' | 'startsAt' | 'merged' | 'cancellation'
>;

/**
 * The last word that names a day, unless it was taken back: a day named before it counts no more. The last day of a case
 * that waits stands on its row.
 */
export function datedWord(row: Words): Omit<Words, 'merged' | 'cancellation'> | undefined {
  if (row.cancellation !== undefined) return undefined;
  const word = [row, ...row.merged].findLast(({ startsAt }) => startsAt !== undefined);
  if (word === undefined) return undefined;
  const { trigger, requestedBy, requestedAt, startsAt } = word;
  const lastDay = word.startsAt === row.startsAt ? row.lastDay : word.lastDay;
  return { trigger, requestedBy, requestedAt, ...(startsAt && { startsAt }), ...(lastDay && { lastDay }) };
}

/** The words of a case that count at an instant: those for no day, and the last that names one, from that day on. */
export function wordsAt(row: Words, now: Date): readonly Omit<Words, 'merged' | 'cancellation'>[] {
  const dated = datedWord(row);
  const come = dated?.startsAt !== undefined && Date.parse(dated.startsAt) <= now.getTime() ? [dated] : [];
  return [...[row, ...row.merged].filter(({ startsAt }) => startsAt === undefined), ...come];
}

/** Whether a scheduled case may start by itself: its instant has come. */
export function isDue({ state, startsAt }: Pick<CaseRow, 'state' | 'startsAt'>, now: Date): boolean {
  return state === 'scheduled' && (startsAt === undefined || Date.parse(startsAt) <= now.getTime());
}

/** The row of a case whose instant has come; its reason says what it waited for, and how late it is. */
export function startedWhenDue(row: CaseRow, now: Date): CaseRow {
  const { startsAt } = row;
  if (startsAt === undefined) return { ...row, state: 'open' };
  return { ...row, state: 'open', reason: scheduledWords(row.reason, startsAt, now) };
}

/**
 * The row of a case that starts before its instant. A deletion keeps the schedule: if it is undone, the word of HR or of
 * the operator who named the day still holds. Whoever has a word of their own says it instead of the schedule.
 */
export function startedBefore(row: CaseRow, why: Pick<OffboardingRequest, 'trigger' | 'reason'>): CaseRow {
  const { startsAt, ...rest } = row;
  const reason = `${sentence(row.reason)} Scheduled for ${instant(startsAt ?? '')}, and started before: ${why.reason}`;
  const keeps = why.trigger === 'entra-event' || why.trigger === 'sweep';
  return { ...rest, ...(keeps && startsAt !== undefined ? { startsAt } : {}), state: 'open', reason };
}

/**
 * The row of a case that waits for another instant, or for the same again. The last day is that of the last word, and
 * where that names none, nobody knows it any more: what was named before would make work after it an incident.
 */
export function movedTo(
  row: CaseRow,
  { startsAt, lastDay }: Pick<OffboardingRequest, 'startsAt' | 'lastDay'>,
): CaseRow {
  if (startsAt === undefined || startsAt === row.startsAt) return lastDay === undefined ? row : { ...row, lastDay };
  const { lastDay: _, ...rest } = row;
  return { ...rest, startsAt, ...(lastDay === undefined ? {} : { lastDay }) };
}

function scheduledWords(reason: string, startsAt: string, now: Date): string {
  return `${sentence(reason)} Scheduled for ${instant(startsAt)}${lateWords(startsAt, now)}.`;
}

/** To end a sentence about an instant that has come: how late it is. */
function lateWords(startsAt: string, now: Date): string {
  const late = now.getTime() - Date.parse(startsAt);
  return late < LATE_MS ? '' : `, and began ${lasting(Math.floor(late / 60_000))} late`;
}
