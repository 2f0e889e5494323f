import assert from 'node:assert/strict';
import { makeDevOps, seedDevOps } from '../../../local/tenant/devops/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { listPersonalTokens } from '../../../src/connectors/azure-devops/people/personal-tokens.ts';
import { findEntraUsers } from '../../../src/connectors/azure-devops/people/users.ts';
import { listAgentPools, listAgents } from '../../../src/connectors/azure-devops/pipelines/agents.ts';
import {
  listDefinitions,
  listProjects,
  listVariableGroups,
} from '../../../src/connectors/azure-devops/pipelines/pipelines.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const { organisation } = WORLD.devops;
export const { poolId, id: agentId } = WORLD.devops.agent;

type Call = () => Promise<{ readonly items: number; readonly failures: readonly VendorFailure[] }>;
const counted = async (list: Promise<Listing<unknown>>): ReturnType<Call> => {
  const { items, failure } = await list;
  return { items: items.length, failures: failure === undefined ? [] : [failure] };
};
export const PAGED = ['users', 'projects', 'personal tokens'];

/** Every list of Azure DevOps that the app reads. */
export async function startAzureDevops() {
  const context = seedContext();
  const state = seedDevOps(context);
  const app = await startApp({
    vendors: (core) => [makeDevOps(core, state)],
  });
  const { config, tenant } = app;
  const [platform] = state.projects.all();
  assert.ok(platform !== undefined);
  const LISTS: Readonly<Record<string, Call>> = {
    users: () => counted(findEntraUsers(config, organisation, 'nobody', 'nobody@nowhere.example')),
    pools: () => counted(listAgentPools(config, organisation, 'automation')),
    agents: () => counted(listAgents(config, organisation, poolId, { capabilities: true })),
    projects: () => counted(listProjects(config, organisation)),
    pipelines: () => counted(listDefinitions(config, organisation, platform)),
    'variable groups': () => counted(listVariableGroups(config, organisation, platform)),
    'personal tokens': () =>
      counted(listPersonalTokens(config, organisation, WORLD.leaver.devopsDescriptor, { sshKeys: false })),
  };

  return { state, app, config, tenant, LISTS };
}

export type AzureDevopsWorld = Awaited<ReturnType<typeof startAzureDevops>>;
