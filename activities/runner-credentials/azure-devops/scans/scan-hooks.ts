import { coverageOfList } from '../../../../src/cases/coverage/coverage-of.ts';
import type { Config } from '../../../../src/config.ts';
import { together } from '../../../../src/connectors/azure-devops/list-all.ts';
import type { ServiceHook } from '../../../../src/connectors/azure-devops/pipelines/service-hooks.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { hookFinding } from '../../../../src/steps/runner-credentials/rules/azure-devops/hook-finding.ts';
import { type Accounts, accountGap } from '../account-gap.ts';
import { unseen } from '../read-projects.ts';
import type { Scan } from '../scan.ts';

/** The service hooks that the leaver made, or that send to an address called like the leaver. */
export async function scanHooks(
  { devops }: Pick<Vendors, 'devops'>,
  { DEVOPS_ENDPOINT }: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  leaver: Leaver,
  accounts: Accounts,
): Promise<Scan> {
  const [hooks, hidden] = await Promise.all([
    devops.listServiceHooks(organisation),
    devops.hiddenInOrganisation(organisation, 'service hooks'),
  ]);
  const all = together<ServiceHook>([hooks, unseen(hidden)]);
  const line = coverageOfList(`azure-devops/service-hooks:${organisation}`, 'service hooks', all);
  return {
    findings: all.items.flatMap(
      (hook) => hookFinding(organisation, DEVOPS_ENDPOINT, hook, accounts.accounts, leaver) ?? [],
    ),
    coverage: [accountGap(line, accounts)],
    failures: all.failures,
    ...(all.slowDownMs === undefined ? {} : { slowDownMs: all.slowDownMs }),
  };
}
