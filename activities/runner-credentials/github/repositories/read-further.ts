import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import type { KnownOfRunners } from '../../../../src/steps/runner-credentials/rules/github/runners/runner-finding.ts';
import { type Departure, loggedActs } from '../log/logged-acts.ts';
import { installedApps } from '../organisation/installed-apps.ts';
import { readStanding, STANDING_SOURCES } from '../organisation/read-standing.ts';
import { enterpriseRunners, type ScannedWithMachines } from '../runners/enterprise-runners.ts';
import type { Scanned } from '../scanned.ts';

/** What is read of an organisation beside its variables, runners and credentials, and what is counted there. */
export const FURTHER_SOURCES = [
  ...STANDING_SOURCES,
  ['installed-apps', 'Apps'],
  ['runner-groups', 'groups of the enterprise'],
  ['audit-log', 'events'],
] as const;

/** How the leaver stands in an organisation, what of theirs is installed there, and what its log says of them. */
export async function readFurther(
  client: GitHubOrganisation,
  known: KnownOfRunners & { readonly leaver: Leaver },
  left: Departure,
): Promise<ScannedWithMachines> {
  const { leaver } = known;
  const shared = enterpriseRunners(client, known);
  const parts: readonly Scanned[] = await Promise.all([
    readStanding(client, leaver),
    installedApps(client, leaver),
    shared,
    loggedActs(client, leaver, left),
  ]);
  return {
    findings: parts.flatMap(({ findings }) => findings),
    coverage: parts.flatMap(({ coverage }) => coverage),
    failures: parts.flatMap(({ failures }) => failures),
    machines: (await shared).machines,
  };
}
