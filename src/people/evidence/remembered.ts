import type { FormerLogin } from '../leaver.ts';
import type { Oid } from '../oid.ts';
import type { EvidenceCode } from './evidence.ts';

export type AccountVendor = 'github' | 'azure-devops';

/** An account that was once proved to be somebody's. One account has one person: a second claim never replaces it. */
export interface RememberedAccount {
  readonly vendor: AccountVendor;
  /** GitHub's number, or the descriptor in Azure DevOps. */
  readonly id: string;
  readonly oid: Oid;
  /** What proved it, and where. */
  readonly code: EvidenceCode;
  readonly source: string;
  /** Instants at which it was proved first and last. */
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** A name of an account, and between which instants it was seen. */
export interface RememberedLogin extends FormerLogin {
  readonly id: string;
}

/** An address or principal name, and whose it was. Names are given to others again, so that one can have several rows. */
export interface RememberedName {
  /** Lower case. */
  readonly name: string;
  readonly oid: Oid;
  readonly kind: 'directory' | 'sign-on';
  readonly from: string;
  readonly to: string;
}

/** What earlier cases and sweeps learned about accounts and names. */
export interface Memory {
  readonly accounts: readonly RememberedAccount[];
  readonly logins: readonly RememberedLogin[];
  readonly names: readonly RememberedName[];
}

/** The login under which an account was seen last. Rows come in no order of time. */
export function lastLogin({ logins }: Pick<Memory, 'logins'>, id: string): string | undefined {
  const own = logins.filter((each) => each.id === id);
  return own.toSorted((a, b) => Date.parse(b.to) - Date.parse(a.to))[0]?.login;
}

export const NO_MEMORY: Memory = { accounts: [], logins: [], names: [] };

/** What was proved longer ago than this is strong, and no proof any more. */
const FRESH_DAYS = 35;
const DAY = 86_400_000;

/** Whether a proof of that age still counts as one. */
export function isFresh({ lastSeen }: Pick<RememberedAccount, 'lastSeen'>, now: Date): boolean {
  return now.getTime() - Date.parse(lastSeen) <= FRESH_DAYS * DAY;
}
