import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { coverageOfList } from '../../../src/cases/coverage/coverage-of.ts';
import { AUDIT_DAYS } from '../../../src/connectors/azure-devops/audit-log.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { DevOpsAccount } from '../../../src/people/leaver.ts';
import {
  NO_REGISTRARS,
  type Registrars,
  registrarsOf,
} from '../../../src/steps/runner-credentials/rules/azure-devops/registrars.ts';
import { type Accounts, accountGap } from './account-gap.ts';

export interface ReadRegistrars {
  readonly registrars: Registrars;
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
  readonly slowDownMs?: number;
}

/**
 * What the organisation's audit log says of who registered agents and wrote service connections. The log is off until
 * somebody turns it on; one that is on has at least what the app itself did, so that an empty one is one that is off.
 */
export async function readRegistrars(
  { devops }: Pick<Vendors, 'devops'>,
  organisation: string,
  of: Accounts,
  now: Date,
): Promise<ReadRegistrars> {
  const source = `azure-devops/audit-log:${organisation}`;
  const [log, keyed] = await Promise.all([
    devops.listAuditEntries(organisation, now),
    Promise.all(of.accounts.map((account) => withKey({ devops }, account))),
  ]);
  const known = keyed.flatMap(({ account }) => account);
  const failures = [
    ...keyed.flatMap(({ failure }) => failure ?? []),
    ...(log.failure === undefined ? [] : [log.failure]),
  ];
  const pause = log.slowDownMs === undefined ? {} : { slowDownMs: log.slowDownMs };
  if (log.failure === undefined && log.items.length === 0) {
    return { registrars: NO_REGISTRARS, coverage: [withoutLog(source, organisation)], failures, ...pause };
  }
  const registrars = registrarsOf(log.items, known);
  const note = `The log goes back ${AUDIT_DAYS} days.`;
  const line = coverageOfList(source, 'events', { items: log.items, failures }, note);
  return { registrars, coverage: [accountGap(line, { ...of, accounts: known })], failures, ...pause };
}

function withoutLog(source: string, organisation: string): Coverage {
  const detail =
    `The audit log of ${organisation} has no event of ${AUDIT_DAYS} days, so that auditing is off: turn it on under ` +
    'Organization settings, Policies, or exempt this source. Who registered an agent is known by nothing else.';
  return { source, state: 'not-examined', why: 'not-configured', looked: { count: 0, unit: 'events' }, detail };
}

/** The log knows accounts by their storage key. */
async function withKey(
  { devops }: Pick<Vendors, 'devops'>,
  account: DevOpsAccount,
): Promise<{ readonly account: readonly DevOpsAccount[]; readonly failure?: VendorFailure }> {
  if (account.storageKey !== undefined) return { account: [account] };
  const key = await devops.getStorageKey(account.organisation, account.descriptor);
  return key.ok ? { account: [{ ...account, storageKey: key.value }] } : { account: [], failure: key.failure };
}
