import type { Agent } from '../../../../src/connectors/azure-devops/pipelines/agents.ts';

export const AGENT = {
  ...{ id: 5, name: 'laptop', enabled: true, status: 'online', createdOn: '2026-01-01', odd: 0 },
  ...{ systemCapabilities: {}, userCapabilities: {} },
} as unknown as Agent;
export const WHERE = { system: 'azure-devops', type: 'agent', id: 'acme/pools/1/agents/5', name: 'laptop' } as const;

export const WEB = 'https://dev.azure.com';
export const FILE = { projectId: 'p', project: 'Pay Team', repositoryId: 'r', repository: 'api', path: 'ci.yml' };
