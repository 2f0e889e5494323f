import type { DevOpsRequest } from './request.ts';

/** A question of the reader’s that takes a scope. The doctor asks the same ones that cases ask, the first page of each. */
export type DevOpsQuery = Pick<DevOpsRequest<unknown>, 'host' | 'path' | 'query' | 'version' | 'scope' | 'meant'>;

/** Rows of a page, where the service takes a number. */
const PAGE = 1_000;

/**
 * Versions are those of the published specification: github.com/MicrosoftDocs/vsts-rest-api-specs, 7.1. A preview that
 * is out as itself may be switched off 12 weeks after that.
 */
export const QUERIES = {
  users: (): DevOpsQuery => ({
    host: 'identities',
    path: ['_apis', 'graph', 'users'],
    query: { subjectTypes: 'aad' },
    version: '7.1-preview.1',
    scope: 'vso.graph',
  }),
  projects: (): DevOpsQuery => ({
    path: ['_apis', 'projects'],
    query: { $top: String(PAGE) },
    version: '7.1',
    scope: 'vso.project',
  }),
  /** A list of pools has those of one kind only. */
  pools: (kind: PoolKind): DevOpsQuery => ({
    path: ['_apis', 'distributedtask', 'pools'],
    query: { poolType: kind },
    version: '7.1',
    scope: 'vso.agentpools',
  }),
  definitions: (projectId: string): DevOpsQuery => ({
    path: [projectId, '_apis', 'build', 'definitions'],
    query: { includeAllProperties: 'true', $top: String(PAGE) },
    version: '7.1',
    scope: 'vso.build',
  }),
  variableGroups: (projectId: string): DevOpsQuery => ({
    path: [projectId, '_apis', 'distributedtask', 'variablegroups'],
    query: { $top: String(PAGE), queryOrder: 'IdAscending' },
    version: '7.1',
    scope: 'vso.variablegroups_read',
  }),
  /** “There is no such person” is an answer that only those get who may look. */
  tokens: (descriptor: string, { sshKeys }: { readonly sshKeys: boolean }): DevOpsQuery => ({
    host: 'identities',
    path: ['_apis', 'tokenadmin', 'personalaccesstokens', descriptor],
    query: { isPublic: String(sshKeys) },
    version: '7.1',
    scope: 'vso.tokenadministration',
  }),
  /**
   * Environments and their machines. Version 7.1 wants to manage them for that; the preview of 7.2 reads them with what
   * reads pipelines. Source: environments.json of 7.2.
   */
  environments: (projectId: string): DevOpsQuery => ({
    path: [projectId, '_apis', 'pipelines', 'environments'],
    query: { $top: String(PAGE) },
    version: '7.2-preview.1',
    scope: 'vso.build',
  }),
  releaseDefinitions: (projectId: string): DevOpsQuery => ({
    host: 'releases',
    path: [projectId, '_apis', 'release', 'definitions'],
    query: { $expand: 'environments,variables', $top: String(PAGE) },
    version: '7.1',
    scope: 'vso.release',
  }),
  /** Only 7.2 tells who changed a connection last, and whether it is disabled. Source: serviceEndpoint.json of 7.2. */
  serviceConnections: (projectId: string): DevOpsQuery => ({
    path: [projectId, '_apis', 'serviceendpoint', 'endpoints'],
    query: { includeFailed: 'true', includeDetails: 'true' },
    version: '7.2-preview.4',
    scope: 'vso.serviceendpoint',
  }),
  repositories: (projectId: string): DevOpsQuery => ({
    path: [projectId, '_apis', 'git', 'repositories'],
    version: '7.1',
    scope: 'vso.code',
  }),
  serviceHooks: (): DevOpsQuery => ({
    path: ['_apis', 'hooks', 'subscriptions'],
    version: '7.1',
    scope: 'vso.build',
  }),
  memberships: (descriptor: string): DevOpsQuery => ({
    host: 'identities',
    path: ['_apis', 'graph', 'memberships', descriptor],
    query: { direction: 'up' },
    version: '7.1-preview.1',
    scope: 'vso.graph',
  }),
  /** Over everybody; there is no filter by person or by action. */
  auditLog: (from: Date, to: Date): DevOpsQuery => ({
    host: 'audit',
    path: ['_apis', 'audit', 'auditlog'],
    query: {
      startTime: from.toISOString(),
      endTime: to.toISOString(),
      batchSize: String(PAGE),
      skipAggregation: 'true',
    },
    version: '7.1-preview.1',
    scope: 'vso.auditlog',
  }),
} as const;

/** `automation`: pools that run pipelines. `deployment`: those whose machines are deployed to. */
export type PoolKind = 'automation' | 'deployment';
