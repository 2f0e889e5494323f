import type { TriggerName } from '../../cases/case.ts';

/**
 * The rate limit on cases: a directory sync that goes wrong deletes hundreds of people within minutes, and this
 * app would cut them all off. Beyond `limit` cases within an hour, further ones are kept and not started.
 * @param position how many cases were opened within the hour, this one included
 * @returns why the case is on hold, or undefined where it may start
 */
export function rateLimitOf(trigger: TriggerName, position: number, limit: number): string | undefined {
  // A person who asks for one case has looked at it; what the limit guards against are machines.
  if (trigger === 'api' || position <= limit) return undefined;
  return `More than ${limit} cases were opened within an hour (MAX_CASES_PER_HOUR), so this one was not started. If the deletions are meant, start it with POST /api/cases for this person.`;
}
