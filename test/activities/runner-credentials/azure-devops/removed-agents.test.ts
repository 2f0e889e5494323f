import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { scanDevOps } from '../../../../activities/runner-credentials/azure-devops/scan-devops.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { StepResult } from '../../../../src/cases/step-result.ts';
import { getJson } from '../../../../src/connectors/storage/evidence/evidence.ts';
import { removeAgent } from '../../../../src/steps/runner-credentials/remedies/azure-devops/remove-agent.ts';
import { agent, type JobOnAgentWorld, organisation, startJobOnAgent } from './job-on-agent-world.ts';

let state: JobOnAgentWorld['state'];
let app: JobOnAgentWorld['app'];
let vendors: JobOnAgentWorld['vendors'];
let leaver: JobOnAgentWorld['leaver'];
let remover: JobOnAgentWorld['remover'];
let laptop: JobOnAgentWorld['laptop'];
let job: JobOnAgentWorld['job'];
let reset: JobOnAgentWorld['reset'];
before(async () => {
  ({ state, app, vendors, leaver, remover, laptop, job, reset } = await startJobOnAgent());
});
after(() => app.stop());
afterEach(() => reset());

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

let cases = 0;

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
