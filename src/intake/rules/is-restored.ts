import type { CaseRow } from '../../cases/case.ts';
import type { Leaver } from '../../people/leaver.ts';
import { whyNotALeaver } from './decide-intake.ts';

/**
 * Whether somebody works here again and the case's own reason is gone: the account is enabled and not deleted, and what
 * the trigger read in the directory is not so any more. The word of HR or of an operator holds until they take it back.
 */
export function isRestored(
  row: Pick<CaseRow, 'trigger' | 'requestedAt'>,
  person: Pick<Leaver, 'state' | 'deletedAt' | 'leaveAt'>,
): boolean {
  return person.state === 'active' && whyNotALeaver(row, person) !== undefined;
}
