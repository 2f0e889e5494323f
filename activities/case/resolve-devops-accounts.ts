import type { Coverage } from '../../src/cases/coverage.ts';
import { coverageOf } from '../../src/cases/coverage-of.ts';
import type { Config } from '../../src/config.ts';
import type { DevOpsUser } from '../../src/connectors/azure-devops/users.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { DevOpsAccount } from '../../src/people/leaver.ts';
import type { Oid } from '../../src/people/oid.ts';

export interface ResolvedDevOpsAccounts {
  readonly accounts: DevOpsAccount[];
  readonly coverage: Coverage[];
  readonly failures: VendorFailure[];
}

/**
 * The person's accounts in the configured organisations, by Entra object id: a UPN may have been given to somebody
 * else since. Where the list was read to its end and has no such id, the person has no account there.
 */
export async function resolveDevOpsAccounts(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ORGANISATIONS'>,
  { oid, userPrincipalName }: { readonly oid: Oid; readonly userPrincipalName?: string },
  organisations: readonly string[] = settings.DEVOPS_ORGANISATIONS,
): Promise<ResolvedDevOpsAccounts> {
  const resolved = await Promise.all(
    organisations.map(async (organisation) => {
      const users = await vendors.devops.findEntraUsers(organisation, oid, userPrincipalName);
      const account = accountIn(users.items, organisation, oid, userPrincipalName);
      return {
        account,
        failures: account === undefined && users.failure !== undefined ? [users.failure] : [],
        coverage: coverageOfLookup(organisation, users, account),
      };
    }),
  );
  return {
    accounts: resolved.flatMap(({ account }) => account ?? []),
    coverage: resolved.map(({ coverage }) => coverage),
    failures: resolved.flatMap(({ failures }) => failures),
  };
}

function accountIn(
  users: readonly DevOpsUser[],
  organisation: string,
  oid: Oid,
  userPrincipalName: string | undefined,
): DevOpsAccount | undefined {
  const source = `azure-devops/graph:${organisation}`;
  const byId = users.find((user) => user.originId?.toLowerCase() === oid);
  if (byId !== undefined) return { organisation, descriptor: byId.descriptor, source, confidence: 'certain' };
  const wanted = userPrincipalName?.toLowerCase();
  const byName = users.find((user) => !user.originId && wanted && user.principalName?.toLowerCase() === wanted);
  return byName && { organisation, descriptor: byName.descriptor, source, confidence: 'likely' };
}

function coverageOfLookup(
  organisation: string,
  { items, failure }: Listing<unknown>,
  account: DevOpsAccount | undefined,
): Coverage {
  const source = `identity/azure-devops:${organisation}`;
  const looked = { count: items.length, unit: 'users' };
  if (account !== undefined) return { source, state: 'complete', looked };
  if (failure !== undefined) return coverageOf(source, looked, [failure]);
  if (items.length === 0) {
    const detail = `${organisation} shows the app no user at all, and nobody can be looked up.`;
    return { source, state: 'denied', looked, detail, missingPermission: 'vso.graph' };
  }
  return { source, state: 'complete', looked, detail: `The person has no account in ${organisation}.` };
}
