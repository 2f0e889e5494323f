import type { CaseRow, OffboardingRequest } from '../../cases/case.ts';
import { lateWords } from '../../cases/following/lateness.ts';
import { instant, sentence } from '../../cases/words/wording.ts';

/** A request as it counts now: one whose instant has come is to be carried out, and says how late that is. */
export function asOfNow(request: OffboardingRequest, now: Date): OffboardingRequest {
  const { startsAt, ...rest } = request;
  if (startsAt === undefined) return request;
  if (Date.parse(startsAt) > now.getTime()) return { ...request, startsAt: new Date(startsAt).toISOString() };
  return { ...rest, reason: scheduledWords(rest.reason, startsAt, now) };
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
  const { startsAt, firstDay, ...rest } = row;
  const reason = `${sentence(row.reason)} Scheduled for ${instant(startsAt ?? '')}, and started before: ${why.reason}`;
  const keeps = why.trigger === 'entra-event' || why.trigger === 'sweep';
  const schedule = { ...(startsAt && { startsAt }), ...(firstDay && { firstDay }) };
  return { ...rest, ...(keeps ? schedule : {}), state: 'open', reason };
}

/**
 * The row of a case that waits for another instant, or for the same again. The last day is that of the last word, and
 * where that names none, nobody knows it any more: what was named before would make work after it an incident. What the
 * one who opened the case had named is kept, because whoever moved it may take that back.
 */
export function movedTo(
  row: CaseRow,
  { startsAt, lastDay }: Pick<OffboardingRequest, 'startsAt' | 'lastDay'>,
): CaseRow {
  if (startsAt === undefined || startsAt === row.startsAt) return lastDay === undefined ? row : { ...row, lastDay };
  const { lastDay: before, ...rest } = row;
  const unmoved = row.merged.every((each) => each.startsAt === undefined || each.startsAt === row.startsAt);
  const firstDay = row.firstDay ?? (unmoved && row.startsAt ? dayOf(row.startsAt, before) : undefined);
  return { ...rest, ...dayOf(startsAt, lastDay), ...(firstDay && { firstDay }) };
}

function dayOf(
  startsAt: string,
  lastDay: string | undefined,
): { readonly startsAt: string; readonly lastDay?: string } {
  return { startsAt, ...(lastDay === undefined ? {} : { lastDay }) };
}

function scheduledWords(reason: string, startsAt: string, now: Date): string {
  return `${sentence(reason)} Scheduled for ${instant(startsAt)}${lateWords(startsAt, now)}.`;
}
