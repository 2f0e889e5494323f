import type { AuditLog } from '../../connectors/audit-log/index.ts';
import type { DevOps } from '../../connectors/azure-devops/index.ts';
import type { Gateway } from '../../connectors/gateway/index.ts';
import type { GitHubOrganisation } from '../../connectors/github/index.ts';
import type { Graph } from '../../connectors/graph/index.ts';
import type { Azure } from '../../connectors/managed-identity/index.ts';

/** What a probe may call: functions that read, as the reader. Whatever is not named here is not handed to it. */
export const READING = {
  graph: [
    'deletedHolders',
    'findServicePrincipal',
    'holdersOfNames',
    'listAssignedTo',
    'listDeletedApplications',
    'listGrants',
    'listOwned',
    'listOwners',
    'peopleAmong',
    'provisionedTo',
    'tryReading',
  ],
  github: [
    'appOwner',
    'listDeployKeys',
    'listInstalledApps',
    'listOrganisationRepositories',
    'listProvisioned',
    'listRunnerGroups',
    'listRunnersOfGroup',
    'listVerifiedMails',
    'look',
    'organisationPeople',
  ],
  devops: ['hiddenInOrganisation', 'listProjects', 'look'],
  azure: ['listRoles'],
  gateway: ['listUsers'],
  auditLog: ['tableRetentionDays'],
} as const satisfies {
  readonly graph: readonly (keyof Graph)[];
  readonly github: readonly (keyof GitHubOrganisation)[];
  readonly devops: readonly (keyof DevOps)[];
  readonly azure: readonly (keyof Azure)[];
  readonly gateway: readonly (keyof Gateway)[];
  readonly auditLog: readonly (keyof AuditLog)[];
};

export type ReadingGraph = Pick<Graph, (typeof READING.graph)[number]>;
export type ReadingGitHub = Pick<GitHubOrganisation, (typeof READING.github)[number]>;
export type ReadingDevOps = Pick<DevOps, (typeof READING.devops)[number]>;
export type ReadingAzure = Pick<Azure, (typeof READING.azure)[number]>;
export type ReadingGateway = Pick<Gateway, (typeof READING.gateway)[number]>;
export type ReadingAuditLog = Pick<AuditLog, (typeof READING.auditLog)[number]>;

/** A vendor with these functions alone, so that no probe reaches another one. */
export function only<V extends object, const K extends keyof V>(vendor: V, names: readonly K[]): Pick<V, K> {
  return Object.fromEntries(names.map((name) => [name, vendor[name]])) as Pick<V, K>;
}
