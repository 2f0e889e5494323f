import type { CaseRow } from '../../cases/case.ts';
import type { Leaver } from '../../people/leaver.ts';
import { whyNotALeaver } from './decide-intake.ts';

/**
 * Whether somebody works here again and no reason for the case is left: the account is enabled and not deleted, and what
 * the triggers read in the directory is not so any more. The word of HR or of an operator holds until they take it back,
 * also where it was merged into a case that something else had opened.
 */
export function isRestored(
  row: Pick<CaseRow, 'trigger' | 'requestedAt' | 'merged'>,
  person: Pick<Leaver, 'state' | 'deletedAt' | 'leaveAt'>,
): boolean {
  return person.state === 'active' && [row, ...row.merged].every((asked) => whyNotALeaver(asked, person) !== undefined);
}
