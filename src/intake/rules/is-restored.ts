import type { CaseRow } from '../../cases/case.ts';
import type { Leaver } from '../../people/leaver.ts';
import { whyNotALeaver } from './decide-intake.ts';

/**
 * Whether somebody works here again and no reason for the case is left: the account is enabled and not deleted, and what
 * the triggers read in the directory is not so any more. The word of HR or of an operator holds until they take it back,
 * also where it was merged into a case that something else had opened; one that names a day yet to come is none so far.
 */
export function isRestored(
  row: Pick<CaseRow, 'trigger' | 'requestedAt' | 'startsAt' | 'merged'>,
  person: Pick<Leaver, 'state' | 'deletedAt' | 'leaveAt'>,
  now: Date,
): boolean {
  const counts = [row, ...row.merged].filter(
    ({ startsAt }) => startsAt === undefined || Date.parse(startsAt) <= now.getTime(),
  );
  return person.state === 'active' && counts.every((asked) => whyNotALeaver(asked, person) !== undefined);
}
