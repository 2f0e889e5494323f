import type { Leaver } from '../../people/leaver.ts';
import { whyNotALeaver } from './decide-intake.ts';
import { type Words, wordsAt } from './words.ts';

/**
 * Whether somebody works here again and no reason for the case is left: the account is enabled and not deleted, and what
 * the triggers read in the directory is not so any more. The word of HR or of an operator holds until they take it back,
 * also where it was merged into a case that something else had opened. Of those that name a day the last one counts, and
 * from its day on.
 */
export function isRestored(row: Words, person: Pick<Leaver, 'state' | 'deletedAt' | 'leaveAt'>, now: Date): boolean {
  const counts = wordsAt(row, now);
  return person.state === 'active' && counts.every((asked) => whyNotALeaver(asked, person) !== undefined);
}
