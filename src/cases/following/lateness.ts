import { lasting } from '../words/wording.ts';

/** A start that is later than this says so. Due work is looked for every minute. */
const LATE_MS = 5 * 60_000;

/** To end a sentence about an instant that has come: how late it is. */
export function lateWords(startsAt: string, now: Date): string {
  const late = now.getTime() - Date.parse(startsAt);
  return late < LATE_MS ? '' : `, and began ${lasting(Math.floor(late / 60_000))} late`;
}
