import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { scanDevOps } from '../../../../activities/runner-credentials/azure-devops/scan-devops.ts';
import type { AgentJob } from '../../../../local/tenant/devops/state/state-agents.ts';
import { makeDevOps, seedDevOps } from '../../../../local/tenant/devops/vendor.ts';
import { makeGitHub, seedGitHub } from '../../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../../local/tenant/vault/vendor.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { StepResult } from '../../../../src/cases/step-result.ts';
import { getJson } from '../../../../src/connectors/storage/evidence/evidence.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { parseOid } from '../../../../src/people/oid.ts';
import { disableAgent } from '../../../../src/steps/runner-credentials/remedies/azure-devops/disable-agent.ts';
import { removeAgent } from '../../../../src/steps/runner-credentials/remedies/azure-devops/remove-agent.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';

const context = seedContext();
const state = seedDevOps(context);
const vault = seedVault(context);
const github = seedGitHub(context, vault);
const app = await startApp({
  vendors: (core) => [makeDevOps(core, state), makeVault(core, vault), makeGitHub(core, github)],
  storage: 'memory',
});
after(() => app.stop());
const { vendors } = app.context;
const { organisation, agent } = WORLD.devops;
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

/** A pool with one agent that takes jobs, and a build that runs there. */
const POOL_AND_BUILD = [
  { kind: 'azure-devops-pool', organisation, poolId: agent.poolId, deployment: false, enabled: 1 },
  {
    kind: 'azure-devops-pipeline',
    organisation,
    id: 'x/definitions/1',
    name: 'release',
    url: 'https://dev.azure.com/x',
    poolIds: [agent.poolId],
    byFile: false,
    groupIds: [],
  },
] as const;

afterEach(() => {
  app.tenant.faults.clear();
  remover.devops.add('vso.build_execute');
  for (const each of [laptop, colleagues]) delete each.job;
  laptop.enabled = true;
});

type AgentCall = Parameters<typeof disableAgent.act>[1];

let cases = 0;
async function found(): Promise<{ readonly finding: Finding; readonly call: AgentCall | undefined }> {
  cases += 1;
  const ref = await scanDevOps.handler({ caseId: makeCaseId(leaver.oid, cases), leaver, organisation }, app.context);
  const part = await getJson<StepResult>(app.config, ref.ref);
  const finding = part.findings.find(({ kind }) => kind === 'runner-of-leaver');
  assert.ok(finding !== undefined, JSON.stringify(part.coverage));
  return { finding, call: finding.remedy && disableAgent.call.parse(finding.remedy.call) };
}

const stopsOf = (finding: Finding, call: AgentCall): readonly string[] =>
  typeof disableAgent.stops === 'string'
    ? []
    : disableAgent.stops(call, { uses: [], findings: [] }, finding).map(({ what }) => what);

interface Situation {
  readonly runs: AgentJob | undefined;
  readonly before?: () => void;
  /** What is said before. */
  readonly said: RegExp;
  /** What ends with it, before anybody agrees. */
  readonly ends?: RegExp;
  /** How it is read back, with what goes on. */
  readonly left: 'gone' | 'present' | RegExp;
}

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'nothing runs on it': { runs: undefined, said: /a build that runs on it then is cancelled first/, left: 'gone' },
  'a build of a colleague': {
    runs: job(501),
    said: /it runs 20261102\.501 of release for .+ \(https:.+\), which is cancelled first, with all of its jobs/,
    ends: /^20261102\.501 of release for Ana Moreau-Silva/,
    left: 'gone',
  },
  'a build of the leaver’s': {
    runs: job(502, { requestedFor: { ...ana.authoredBy, displayName: WORLD.leaver.displayName } }),
    said: /which is cancelled first/,
    ends: new RegExp(WORLD.leaver.displayName),
    left: 'gone',
  },
  'a machine that does not heed it: still there until it ends': {
    runs: job(503, { deaf: true }),
    said: /which is cancelled first/,
    ends: /503/,
    left: 'present',
  },
  'without the permission to stop builds': {
    runs: job(504),
    before: () => remover.devops.delete('vso.build_execute'),
    said: /which the app may not cancel: that goes on, and has no end by itself/,
    left: /is disabled, and goes on with 20261102\.504 of release \(https:.+504\)/,
  },
  'a classic release': {
    runs: job(505, { planType: 'Release' }),
    said: /which the app may not cancel/,
    left: /goes on with 20261102\.505/,
  },
  'a permission of which nothing is known': {
    runs: job(506),
    before: () =>
      app.tenant.faults.add({
        vendor: 'devops',
        path: /permissions\/33344d9c[^/]*\/512/,
        effect: { kind: 'answer', status: 503 },
      }),
    said: /if Azure DevOps lets the app/,
    ends: /506/,
    left: 'gone',
  },
};

for (const [what, { runs, before, said, ends, left }] of Object.entries(SITUATIONS)) {
  test(`an agent is disabled, and its job first: ${what}`, async () => {
    if (runs !== undefined) laptop.job = { ...runs };
    colleagues.job = job(900);
    before?.();
    const { finding, call } = await found();
    assert.ok(call !== undefined);
    assert.match(finding.remedy?.what ?? '', said);
    assert.match(stopsOf(finding, call).join(), ends ?? /^$/);
    const seen = await disableAgent.read(vendors, call);
    assert.ok(seen.ok && seen.value.state === 'present' && seen.value.goesOn === undefined);

    const acted = await disableAgent.act(vendors, call);
    assert.ok(acted.ok, JSON.stringify(acted));
    assert.equal(laptop.enabled, false);
    assert.equal(colleagues.job?.runId, 900);
    const read = await disableAgent.read(vendors, call);
    assert.ok(read.ok);
    const goesOn = read.value.state === 'present' ? read.value.goesOn : undefined;
    if (left instanceof RegExp) assert.match(goesOn ?? '', left);
    else assert.deepEqual([read.value.state, goesOn], [left, undefined]);
    if (left === 'present') delete laptop.job;
    if (left === 'present')
      assert.deepEqual(await disableAgent.read(vendors, call), { ok: true, value: { state: 'gone' } });
  });
}

test('a disabled agent that still works is no agent that takes no jobs: its job waits for a person, and is cancelled', async () => {
  laptop.enabled = false;
  laptop.job = job(601);
  const { finding, call } = await found();
  assert.ok(call !== undefined);
  assert.equal(finding.status, 'awaiting-decision');
  assert.match(finding.reason, /goes on with the one that it has/);
  assert.ok((await disableAgent.act(vendors, call)).ok);
  assert.equal(laptop.job, undefined);
  assert.equal((await found()).finding.status, 'nothing-to-do');
});

/** The finding that the agent can be removed, and its call. */
async function removable(): Promise<{
  readonly finding: Finding;
  readonly call: Parameters<typeof removeAgent.act>[1];
  readonly all: readonly Finding[];
}> {
  cases += 1;
  const ref = await scanDevOps.handler({ caseId: makeCaseId(leaver.oid, cases), leaver, organisation }, app.context);
  const all = (await getJson<StepResult>(app.config, ref.ref)).findings;
  const finding = all.find(({ kind }) => kind === 'agent-can-be-removed');
  assert.ok(finding?.remedy !== undefined);
  return { finding, call: removeAgent.call.parse(finding.remedy.call), all };
}

test('an agent to be disabled can be removed afterwards; one that is disabled is left to a decision of its own, which has no undo', async () => {
  const { finding, all } = await removable();
  const disabling = all.find(({ kind }) => kind === 'runner-of-leaver');
  assert.deepEqual([finding.status, finding.closedWith], ['nothing-to-do', disabling?.id]);
  laptop.enabled = false;
  const disabled = await removable();
  assert.deepEqual([disabled.finding.status, disabled.finding.closedWith], ['awaiting-decision', undefined]);
  assert.equal(disabled.finding.remedy?.risk, 'disruptive');
  assert.match(disabled.finding.remedy?.what ?? '', /has no undo/);
  assert.match(disabled.finding.remedy?.undo ?? '', /^Nothing brings it back/);
  const stops = (each: Finding): number =>
    typeof removeAgent.stops === 'string'
      ? 0
      : removeAgent.stops(disabled.call, { uses: POOL_AND_BUILD, findings: [] }, each).length;
  assert.deepEqual([stops(finding), stops(disabled.finding)], [1, 0], 'nothing runs on a disabled one');
});

test('an agent is removed with its job first, and read back as gone; the colleague’s stays', async () => {
  laptop.job = job(801);
  const { call } = await removable();
  assert.ok((await removeAgent.read(vendors, call)).ok);
  assert.deepEqual(await removeAgent.act(vendors, call).then(({ ok }) => ok), true);
  assert.equal(state.agents.get(`${agent.poolId}/${agent.id}`), undefined);
  assert.ok(state.agents.get(`${agent.poolId}/32`)?.enabled);
  assert.deepEqual(await removeAgent.read(vendors, call), { ok: true, value: { state: 'gone' } });
  assert.ok((await removeAgent.act(vendors, call)).ok, 'who removes it again finds what was wanted');
  state.agents.add(laptop);
});

test('an agent whose job does not end stays registered, disabled, and says so', async () => {
  laptop.job = job(802, { deaf: true });
  const { call } = await removable();
  const acted = await removeAgent.act(vendors, call);
  assert.match(acted.ok ? '' : acted.failure.message, /is disabled, and still runs 20261102\.802/);
  assert.equal(state.agents.get(`${agent.poolId}/${agent.id}`)?.enabled, false);
  const seen = await removeAgent.read(vendors, call);
  assert.ok(seen.ok && seen.value.state === 'present');
});

test('without the right to manage pools an agent is not removed, and a pool that hides it does not say that it is gone', async () => {
  const { call } = await removable();
  remover.devops.delete('vso.agentpools_manage');
  const acted = await removeAgent.act(vendors, call);
  remover.devops.add('vso.agentpools_manage');
  assert.equal(
    !acted.ok && acted.failure.kind === 'denied' && acted.failure.missingPermission,
    'vso.agentpools_manage',
  );
  assert.equal((await removeAgent.read(vendors, { ...call, poolId: 99 })).ok, false);
  assert.equal((await removeAgent.act(vendors, { ...call, poolId: 99 })).ok, false);
});

test('a service that fails keeps nobody from disabling the agent, and the job is cancelled by the next attempt', async () => {
  laptop.job = job(701);
  const { call } = await found();
  assert.ok(call !== undefined);
  app.tenant.faults.add({ vendor: 'devops', path: /builds\/701/, effect: { kind: 'answer', status: 503 } });
  const refused = await disableAgent.act(vendors, call);
  assert.ok(!refused.ok && refused.failure.kind === 'unavailable');
  assert.deepEqual([laptop.enabled, laptop.job?.runId], [false, 701]);
  app.tenant.faults.clear();
  assert.ok((await disableAgent.act(vendors, call)).ok);
  assert.equal(laptop.job, undefined);
});

test('a request in a shape that cannot be read is a job all the same', async () => {
  const odd = (body: unknown): unknown => {
    const list = body as { readonly value: readonly { readonly id: number }[] };
    return {
      ...list,
      value: list.value.map((each) => ({ ...each, assignedRequest: each.id === agent.id ? 'odd' : null })),
    };
  };
  app.tenant.faults.add({ vendor: 'devops', path: /pools\/\d+\/agents/, effect: { kind: 'alter', alter: odd } });
  const { items } = await vendors.devops.listAgents(organisation, agent.poolId, { capabilities: false });
  assert.equal(items.find(({ id }) => id === agent.id)?.job?.name, 'a job in a shape that cannot be read');
  assert.ok(items.every(({ id, job: runs }) => id === agent.id || runs === undefined));
});
