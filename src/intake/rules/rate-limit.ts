import type { WayIn } from '../../cases/case.ts';

/**
 * The mass-deletion brake: a directory sync that goes wrong deletes hundreds of people within minutes, and this
 * app would cut them all off. Beyond `limit` cases within an hour, further ones are kept and not started.
 * @param position how many cases were opened within the hour, this one included
 * @returns why the case is held, or undefined where it may start
 */
export function brakeOf(way: WayIn, position: number, limit: number): string | undefined {
  // A person who asks for one case has looked at it; what the brake guards against are machines.
  if (way === 'api' || position <= limit) return undefined;
  return `More than ${limit} cases were opened within an hour (MAX_CASES_PER_HOUR), so this one was not started. If the deletions are meant, start it with POST /api/cases for this person.`;
}
