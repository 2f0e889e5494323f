import { coverageOf } from '../../../../src/cases/coverage/coverage-of.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { Config } from '../../../../src/config.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { type DevOpsAccount, isKnown } from '../../../../src/people/leaver.ts';
import { membershipFinding } from '../../../../src/steps/runner-credentials/rules/azure-devops/membership-finding.ts';
import type { Scan } from '../scan.ts';

/** Whether each account of the leaver is an active member of an organisation, and through which groups. */
export async function scanMemberships(
  { devops }: Pick<Vendors, 'devops'>,
  { DEVOPS_ENDPOINT }: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  accounts: readonly DevOpsAccount[],
): Promise<Scan> {
  const read = await Promise.all(accounts.map((account) => readAccount({ devops }, DEVOPS_ENDPOINT, account)));
  const failures = read.flatMap((each) => each.failures);
  const looked = {
    asked: accounts.length,
    count: read.filter((each) => each.failures.length === 0).length,
    unit: 'accounts',
  };
  const inactive = read.filter(({ active }) => active === false).length;
  const note =
    inactive === 0
      ? undefined
      : `${inactive} of them ${inactive === 1 ? 'is' : 'are'} not active: removed, or deleted in Entra; that comes back when the person is restored.`;
  const source = `azure-devops/memberships:${organisation}`;
  const line = coverageOf(source, looked, failures, note);
  const known = accounts.some(isKnown);
  const detail = `No account of the person is known in ${organisation}; what may be theirs was looked at.`;
  return {
    findings: read.flatMap(({ finding }) => finding ?? []),
    coverage: [known || line.state !== 'complete' ? line : { ...line, state: 'partial', detail }],
    failures,
  };
}

interface ReadAccount {
  readonly active?: boolean;
  readonly finding?: Finding;
  readonly failures: readonly VendorFailure[];
}

async function readAccount(
  { devops }: Pick<Vendors, 'devops'>,
  webUrl: string,
  account: DevOpsAccount,
): Promise<ReadAccount> {
  const { organisation, descriptor } = account;
  const active = await devops.isActiveMember(organisation, descriptor);
  if (!active.ok) return { failures: [active.failure] };
  if (!active.value) return { active: false, failures: [] };
  const [key, containers] = await Promise.all([
    account.storageKey === undefined ? devops.getStorageKey(organisation, descriptor) : undefined,
    devops.listMemberships(organisation, descriptor),
  ]);
  const groups = await devops.nameGroups(organisation, containers.items);
  const unnamed = containers.items.map((each) => ({
    descriptor: each,
    principalName: null,
    displayName: null,
    origin: null,
  }));
  const storageKey = key === undefined ? account.storageKey : key.ok ? key.value : undefined;
  return {
    active: true,
    finding: membershipFinding(account, storageKey, groups.ok ? groups.value : unnamed, webUrl),
    failures: [
      ...(containers.failure === undefined ? [] : [containers.failure]),
      ...(groups.ok ? [] : [groups.failure]),
      ...(key === undefined || key.ok ? [] : [key.failure]),
    ],
  };
}
