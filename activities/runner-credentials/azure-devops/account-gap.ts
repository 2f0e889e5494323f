import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { becauseOf } from '../../../src/cases/coverage/coverage-of.ts';
import { type DevOpsAccount, isKnown } from '../../../src/people/leaver.ts';

/** The leaver’s accounts in one organisation, as far as anybody knows. */
export interface Accounts {
  readonly accounts: readonly DevOpsAccount[];
  /** Every user there is proved to be somebody else, or discovery has said what is not known. */
  readonly noneThere: boolean;
  /** The permission without which nobody could be looked up. */
  readonly blockedBy?: string;
}

/**
 * The line of what was compared with the leaver’s accounts. Where none is known, nothing could be told to be theirs by
 * an id, so that the line says little; where every user is proved to be somebody else, there was nothing to compare.
 */
export function accountGap(line: Coverage, { accounts, noneThere, blockedBy }: Accounts): Coverage {
  if (noneThere || accounts.some(isKnown) || line.state !== 'complete') return line;
  const which =
    accounts.length === 0
      ? 'No account of the person is known there'
      : 'Only accounts that may be the person’s are known there';
  const detail = `${which}, so that what is theirs could not be told by an id. ${line.detail ?? ''}`.trim();
  return becauseOf(blockedBy, { ...line, state: 'partial', detail });
}
