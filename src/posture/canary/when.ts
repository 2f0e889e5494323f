import type { Canary } from './canary.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Minutes of an hour in which a canary may begin: all of its calls lie in that hour then, also where they are slow. */
const [FIRST, LAST] = [10, 45] as const;
/** As far back as the rule looks: until then an alert may be of the canary before. */
const APART_MS = 3 * HOUR_MS;
/** The month’s canary that was not let through is tried again the next day, so often in all. */
const ATTEMPTS = 3;
const DAY_MS = 24 * HOUR_MS;

/** Of the month there is one, whoever asks for it first. */
export const monthsId = (at: Date): string => at.toISOString().slice(0, 7);

export const askedId = (at: Date): string => `${at.toISOString().slice(0, 23).replaceAll(/[:.]/g, '-')}Z-asked`;

/** The instance that calls: of one that was moved there is another. */
export const instanceOf = ({ id, dueAt }: Pick<Canary, 'id' | 'dueAt'>): string => `canary:${id}:${Date.parse(dueAt)}`;

/** Whether one may begin then. */
export function isGoodMinute(at: Date): boolean {
  return at.getUTCMinutes() >= FIRST && at.getUTCMinutes() <= LAST;
}

/** When one may begin that is asked for now: at once, or at minute 10 of the next hour; never near the one before. */
export function dueFrom(now: Date, lastBegan: string | undefined): string {
  const free = lastBegan === undefined ? 0 : Date.parse(lastBegan) + APART_MS;
  const from = new Date(Math.max(now.getTime(), free));
  if (isGoodMinute(from)) return from.toISOString();
  const hour = Math.floor(from.getTime() / HOUR_MS) * HOUR_MS;
  const next = hour + FIRST * MINUTE_MS;
  return new Date(next >= from.getTime() ? next : next + HOUR_MS).toISOString();
}

/** The month’s canary, which begins at minute 10. */
export function ofMonth(now: Date, lastBegan: string | undefined): Canary {
  const dueAt = new Date(dueFrom(now, lastBegan));
  dueAt.setUTCMinutes(FIRST, 0, 0);
  const isOver = dueAt.getTime() < now.getTime();
  const at = isOver ? new Date(dueAt.getTime() + HOUR_MS) : dueAt;
  return { id: monthsId(now), state: 'scheduled', dueAt: at.toISOString(), calls: 0, answered: 0 };
}

/** One that was not let through: the month’s own is tried again. */
export function afterVain(canary: Canary, now: Date): Canary {
  const attempts = (canary.attempts ?? 0) + 1;
  if (canary.by !== undefined || attempts >= ATTEMPTS) return { ...canary, state: 'not-sent', attempts };
  const dueAt = dueFrom(new Date(now.getTime() + DAY_MS), undefined);
  return { ...canary, state: 'scheduled', attempts, dueAt };
}
