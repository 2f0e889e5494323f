import assert from 'node:assert/strict';
import type { AgentJob } from '../../../../local/tenant/devops/state/state-agents.ts';
import { makeDevOps, seedDevOps } from '../../../../local/tenant/devops/vendor.ts';
import { makeGitHub, seedGitHub } from '../../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../../local/tenant/vault/vendor.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { parseOid } from '../../../../src/people/oid.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';

export const { organisation, agent } = WORLD.devops;

/** Two agents of a pool, and the jobs that tests give them. */
export async function startJobOnAgent() {
  const context = seedContext();
  const state = seedDevOps(context);
  const vault = seedVault(context);
  const github = seedGitHub(context, vault);
  const app = await startApp({
    vendors: (core) => [makeDevOps(core, state), makeVault(core, vault), makeGitHub(core, github)],
    storage: 'memory',
  });
  const { vendors } = app.context;
  const oid = parseOid(WORLD.leaver.oid);
  assert.ok(oid !== undefined);
  const leaver: Leaver = {
    oid,
    state: 'soft-deleted',
    userPrincipalName: WORLD.leaver.userPrincipalName,
    github: [{ login: WORLD.leaver.githubLogin, id: WORLD.leaver.githubId, source: 'test', confidence: 'proved' }],
    devops: [{ organisation, descriptor: WORLD.leaver.devopsDescriptor, source: 'test', confidence: 'proved' }],
  };
  const { remover } = app;
  const laptop = state.agents.get(`${agent.poolId}/${agent.id}`);
  const colleagues = state.agents.get(`${agent.poolId}/32`);
  const ana = state.definitions.all().find(({ authoredBy }) => authoredBy.displayName !== WORLD.leaver.displayName);
  assert.ok(laptop !== undefined && colleagues !== undefined && ana !== undefined);

  const job = (runId: number, more: Partial<AgentJob> = {}): AgentJob => ({
    planType: 'Build',
    projectId: ana.projectId,
    runId,
    run: `20261102.${runId}`,
    pipeline: 'release',
    requestedFor: ana.authoredBy,
    ...more,
  });

  const reset = (): void => {
    app.tenant.faults.clear();
    remover.devops.add('vso.build_execute');
    for (const each of [laptop, colleagues]) delete each.job;
    laptop.enabled = true;
  };

  return { state, app, vendors, leaver, remover, laptop, colleagues, ana, job, reset };
}

export type JobOnAgentWorld = Awaited<ReturnType<typeof startJobOnAgent>>;
