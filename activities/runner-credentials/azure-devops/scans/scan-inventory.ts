import type { CaseId } from '../../../../src/cases/ids.ts';
import type { ActivityContext } from '../../../../src/durable/activity.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import type { Accounts } from '../account-gap.ts';
import { readProjects } from '../read-projects.ts';
import { readRegistrars } from '../read-registrars.ts';
import { type CountingFor, type TokenScan, UNCOUNTED } from '../scan.ts';
import { scanAgents } from './scan-agents.ts';
import { scanConnections } from './scan-connections.ts';
import { scanEnvironments } from './scan-environments.ts';
import { scanHooks } from './scan-hooks.ts';
import { scanMemberships } from './scan-memberships.ts';
import { scanReleases } from './scan-releases.ts';
import { scanVariables } from './scan-variables.ts';
import { scanYamlFiles } from './scan-yaml-files.ts';

interface About {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
  readonly organisation: string;
  readonly accounts: Accounts;
}

/**
 * All that one organisation holds and that the leaver may have left there, but for what is listed by account. The same
 * for a case and for asking again after the cut.
 */
export async function scanInventory(
  { caseId, leaver, organisation, accounts }: About,
  context: Pick<ActivityContext, 'vendors' | 'settings'>,
  now: Date,
  counting: CountingFor = UNCOUNTED,
): Promise<TokenScan> {
  const { vendors, settings } = context;
  // Memberships of nobody are nobody's: where no account is known, that line is told with those of tokens.
  const memberships =
    accounts.accounts.length === 0 ? [] : [scanMemberships(vendors, settings, organisation, accounts.accounts)];
  const log = readRegistrars(vendors, organisation, accounts, now);
  const registrars = log.then((read) => read.registrars);
  const projects = await readProjects(vendors, organisation);
  const variables = scanVariables(vendors, settings, projects, leaver, counting);
  const scans = await Promise.all([
    registrars.then((known) => scanAgents(vendors, settings, organisation, leaver, known, counting)),
    registrars.then((known) => scanEnvironments(vendors, settings, projects, leaver, known)),
    variables,
    scanReleases(vendors, settings, projects),
    variables.then((pipelines) => scanYamlFiles(projects, pipelines, { caseId, leaver }, context)),
    registrars.then((known) => scanConnections(vendors, settings, projects, leaver, accounts, known)),
    scanHooks(vendors, settings, organisation, leaver, accounts),
    ...memberships,
  ]);
  const all = [...scans, await log];
  const slowDownMs = Math.max(0, ...all.map((scan) => scan.slowDownMs ?? 0));
  return {
    findings: scans.flatMap(({ findings }) => findings),
    located: scans.flatMap((scan) => ('located' in scan ? scan.located : [])),
    uses: scans.flatMap((scan) => ('uses' in scan ? scan.uses : [])),
    machines: scans.flatMap((scan) => ('machines' in scan ? (scan.machines ?? []) : [])),
    coverage: all.flatMap(({ coverage }) => coverage),
    failures: all.flatMap(({ failures }) => failures),
    ...(slowDownMs === 0 ? {} : { slowDownMs }),
  };
}
