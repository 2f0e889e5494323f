import type { Session } from './calling/session.ts';
import type { Ending } from './exit-codes.ts';

/** Tells which rows of a list could not be read, and how a command ends that shows the others. */
export function endingWithUnread(unreadable: readonly string[] = [], { terminal }: Pick<Session, 'terminal'>): Ending {
  if (unreadable.length === 0) return 'done';
  for (const each of unreadable) terminal.tell(each);
  terminal.tell(
    'A newer release wrote this, or somebody edited it: deploy the newer release again, or put it back from the backup.',
  );
  return 'incomplete';
}
