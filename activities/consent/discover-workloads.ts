import { coverageOf, coverageOfList } from '../../src/cases/coverage/coverage-of.ts';
import { AboutSchema, DiscoveredSchema } from '../../src/cases/discovery.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { hasGateway } from '../../src/config/config-optional.ts';
import type { Config } from '../../src/config.ts';
import type { DirectoryChange } from '../../src/connectors/graph/logs/directory-audit.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import {
  agentSponsorFinding,
  deletedApplicationFindings,
  directoryRoleFinding,
  type GatewayGroup,
  groupOwnerFinding,
} from '../../src/steps/consent/rules/directory-findings.ts';
import { auditLine, workloadCoverage } from '../../src/steps/consent/rules/workloads/workload-coverage.ts';
import { workloadFindings } from '../../src/steps/consent/rules/workloads/workload-findings.ts';
import { authorsIn, tiesTo, workloadsOf } from '../../src/steps/consent/rules/workloads/workloads.ts';
import { type Found, foundTogether, NOTHING_FOUND } from '../case/found.ts';
import { fileStepResult } from '../case/report/file-step-result.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { presentAmong, readChanges, readWorkloads } from './read-workloads.ts';

/** What acts without any person, and what the leaver can do with it and with the directory's own rights. */
export const discoverWorkloads = defineActivity(
  'discoverWorkloads',
  { input: AboutSchema, output: DiscoveredSchema },
  async ({ caseId, leaver }, { vendors, settings, now }) => {
    const at = now();
    const [{ changes, ...found }, roles, sponsored] = await Promise.all([
      workloadsOfLeaver(vendors, settings, caseId, leaver, at),
      directoryRoles(vendors, leaver),
      sponsoredAgents(vendors, leaver),
    ]);
    const deleted = await deletedApplications(vendors, leaver, changes);
    const { findings, coverage, failures } = foundTogether([found, roles, sponsored, deleted]);
    const part = { step: 'consent', findings, coverage, actions: [] } as const;
    return fileStepResult(vendors, caseId, part, tryAgainAfter(failures));
  },
);

/** The leaver's workloads, and the groups with a role on the gateway that the leaver owns. */
export async function workloadsOfLeaver(
  vendors: Pick<Vendors, 'graph'>,
  settings: Pick<Config, 'GATEWAY_APP_ID' | 'DENY_LIST_NAMED_VALUES'>,
  caseId: CaseId,
  leaver: Leaver,
  at: Date,
): Promise<Found & { readonly changes: readonly DirectoryChange[] }> {
  const [read, audit] = await Promise.all([
    readWorkloads(vendors, settings.GATEWAY_APP_ID),
    readChanges(vendors, leaver.oid),
  ]);
  const workloads = workloadsOf(read.objects, read.roles, at);
  const tied = workloads.flatMap((workload) => {
    const ties = tiesTo(workload, leaver, audit.changes);
    return ties === undefined ? [] : [{ workload, ties }];
  });
  const principals = read.objects.filter(({ set }) => set === 'servicePrincipals');
  const owners = tied.flatMap(({ ties }) => ties.owns).flatMap((object) => object.owners);
  const [present, showsDeleted, groups] = await Promise.all([
    presentAmong(vendors, owners, principals),
    leaver.state === 'soft-deleted' ? showsDeletedOwner(vendors, leaver, read.objects) : false,
    isDeleted(leaver) ? NOTHING_FOUND : groupOwners(vendors, read.groups, leaver, read.assignedFailure),
  ]);
  const context = { caseId, leaver, isRefusable: hasGateway(settings), present };
  return {
    findings: [...tied.flatMap(({ workload, ties }) => workloadFindings(workload, ties, context)), ...groups.findings],
    coverage: [
      ...workloadCoverage({ ...read, workloads, authors: authorsIn(audit.changes), leaver, showsDeleted }),
      auditLine(audit),
      ...groups.coverage,
    ],
    failures: [...read.objectFailures, ...read.roleFailures, ...audit.failures, ...groups.failures],
    changes: audit.changes,
  };
}

/** Whether somebody else who is deleted stands among the owners: then the lists leave nobody out for that. */
async function showsDeletedOwner(
  { graph }: Pick<Vendors, 'graph'>,
  leaver: Leaver,
  objects: readonly { readonly owners: readonly string[] }[],
): Promise<boolean> {
  const owners = new Set(objects.flatMap((object) => object.owners));
  if (owners.has(leaver.oid)) return true;
  const { items } = await graph.listDeletedUsers();
  return items.some(({ oid }) => oid !== leaver.oid && owners.has(oid));
}

async function groupOwners(
  { graph }: Pick<Vendors, 'graph'>,
  groups: readonly GatewayGroup[],
  leaver: Leaver,
  unlisted: VendorFailure | undefined,
): Promise<Found> {
  if (groups.length === 0 && unlisted === undefined) return NOTHING_FOUND;
  const asked = await mapBounded(groups, 8, async (group) => ({ group, ...(await graph.listGroupOwners(group.id)) }));
  const failures = [unlisted, ...asked.map(({ failure }) => failure)];
  const count = asked.map(({ failure }) => failure).filter((failure) => failure === undefined).length;
  const looked = { asked: groups.length, count, unit: 'groups' };
  return {
    findings: asked
      .filter(({ items }) => items.some(({ id }) => id === leaver.oid))
      .map(({ group }) => groupOwnerFinding(group, leaver)),
    coverage: [coverageOf('entra/gateway-group-owners', looked, failures)],
    failures,
  };
}

/** Of a deleted account nobody documents whether its roles are listed; they give nothing until it is restored. */
async function directoryRoles({ graph }: Pick<Vendors, 'graph'>, leaver: Leaver): Promise<Found> {
  if (isDeleted(leaver)) return NOTHING_FOUND;
  const list = await graph.listDirectoryRoles(leaver.oid);
  return {
    findings: list.items.map((role) => directoryRoleFinding(role, leaver)),
    coverage: [coverageOfList('entra/directory-roles', 'roles', list)],
    failures: [list.failure],
  };
}

/** Who sponsors agents, as far as that may be read; of a deleted account it gives nothing until that is restored. */
async function sponsoredAgents({ graph }: Pick<Vendors, 'graph'>, leaver: Leaver): Promise<Found> {
  if (isDeleted(leaver)) return NOTHING_FOUND;
  const lists = await Promise.all([graph.listSponsored('blueprint'), graph.listSponsored('agent-user')]);
  const all = lists.flatMap(({ items }) => items);
  const failures = lists.map(({ failure }) => failure);
  return {
    findings: all
      .filter(({ sponsors }) => sponsors.includes(leaver.oid))
      .map((each) => agentSponsorFinding(each, leaver)),
    coverage: [coverageOf('entra/agent-sponsors', { count: all.length, unit: 'blueprints and agent users' }, failures)],
    failures,
  };
}

async function deletedApplications(
  { graph }: Pick<Vendors, 'graph'>,
  leaver: Leaver,
  changes: readonly DirectoryChange[],
): Promise<Found> {
  const list = await graph.listDeletedApplications();
  const line = coverageOfList('entra/deleted-applications', 'applications', list);
  // Whoever cannot sign in restores nothing.
  const canRestore = leaver.state === 'active' || leaver.state === 'unreadable';
  const silent = line.state === 'complete' && list.owners === 'not-told' && list.items.length > 0 && canRestore;
  const detail =
    'Graph gives deleted applications without their owners, so that only those are told that the leaver changed by the audit log. Look through Deleted applications in the Entra admin centre.';
  return {
    findings: deletedApplicationFindings(list.items, changes, leaver),
    coverage: [silent ? { ...line, state: 'partial', detail } : line],
    failures: [list.failure],
  };
}

function isDeleted({ state }: Leaver): boolean {
  return state === 'soft-deleted' || state === 'gone';
}
