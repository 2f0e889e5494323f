import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../src/cases/coverage/coverage-of.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { READ_USERS } from '../../../src/connectors/graph/people/name-holders.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { adminNames, secondAccountEvidence } from '../../../src/people/evidence/second-account.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { secondAccount } from '../../../src/steps/account-findings.ts';

export interface SecondAccounts {
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  readonly failures: readonly VendorFailure[];
}

const SOURCE = 'entra/second-accounts';

/**
 * Further accounts of the same person in the directory: by employee number, and by the names that firms give accounts
 * for administration. They are told, and never cut by this case: each is a case of its own.
 */
export async function secondAccounts(vendors: Pick<Vendors, 'graph'>, person: Leaver): Promise<SecondAccounts> {
  const looked = { count: 0, unit: 'accounts' };
  const missing = person.blockedBy?.person;
  if (missing !== undefined) {
    const detail = 'The person could not be read, and so nothing by which further accounts are found.';
    const line = { source: SOURCE, state: 'denied', looked, detail, missingPermission: READ_USERS } as const;
    return { findings: [], failures: [], coverage: line };
  }
  const names = adminNames(person);
  const nothing = { items: [] };
  const [numbered, named] = await Promise.all([
    person.employeeId === undefined ? nothing : vendors.graph.holdersOfEmployeeId(person.employeeId),
    names.length === 0 ? nothing : vendors.graph.holdersOfPrincipalNames(names),
  ]);
  const others = new Map([...numbered.items, ...named.items].map((each) => [each.oid, each]));
  others.delete(person.oid);
  const findings = [...others.values()].flatMap((other) => {
    const evidence = secondAccountEvidence(person, other, numbered.items);
    return evidence.length === 0 ? [] : [secondAccount(other, evidence)];
  });
  const failures = [numbered, named].flatMap((list) => ('failure' in list && list.failure ? [list.failure] : []));
  const note =
    person.employeeId === undefined
      ? 'The person has no employee number, so further accounts were looked for by the names of accounts for administration only.'
      : undefined;
  return { findings, failures, coverage: coverageOf(SOURCE, { ...looked, count: others.size }, failures, note) };
}
