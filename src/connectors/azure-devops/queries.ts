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
} as const;

/** `automation`: pools that run pipelines. `deployment`: those whose machines are deployed to. */
export type PoolKind = 'automation' | 'deployment';
