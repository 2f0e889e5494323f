import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { scanDevOps } from '../../../../activities/runner-credentials/azure-devops/scan-devops.ts';
import type { AgentJob } from '../../../../local/tenant/devops/state/state-agents.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { StepResult } from '../../../../src/cases/step-result.ts';
import { getJson } from '../../../../src/connectors/storage/evidence/evidence.ts';
import { disableAgent } from '../../../../src/steps/runner-credentials/remedies/azure-devops/disable-agent.ts';
import { agent, type JobOnAgentWorld, organisation, startJobOnAgent } from './job-on-agent-world.ts';

let app: JobOnAgentWorld['app'];
let vendors: JobOnAgentWorld['vendors'];
let leaver: JobOnAgentWorld['leaver'];
let remover: JobOnAgentWorld['remover'];
let laptop: JobOnAgentWorld['laptop'];
let colleagues: JobOnAgentWorld['colleagues'];
let ana: JobOnAgentWorld['ana'];
let job: JobOnAgentWorld['job'];
let reset: JobOnAgentWorld['reset'];
before(async () => {
  ({ app, vendors, leaver, remover, laptop, colleagues, ana, job, reset } = await startJobOnAgent());
});
after(() => app.stop());
afterEach(() => reset());

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
  readonly runs: (() => AgentJob) | undefined;
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
    runs: () => job(501),
    said: /it runs 20261102\.501 of release for .+ \(https:.+\), which is cancelled first, with all of its jobs/,
    ends: /^20261102\.501 of release for Ana Moreau-Silva/,
    left: 'gone',
  },
  'a build of the leaver’s': {
    runs: () => job(502, { requestedFor: { ...ana.authoredBy, displayName: WORLD.leaver.displayName } }),
    said: /which is cancelled first/,
    ends: new RegExp(WORLD.leaver.displayName),
    left: 'gone',
  },
  'a machine that does not heed it: still there until it ends': {
    runs: () => job(503, { deaf: true }),
    said: /which is cancelled first/,
    ends: /503/,
    left: 'present',
  },
  'without the permission to stop builds': {
    runs: () => job(504),
    before: () => remover.devops.delete('vso.build_execute'),
    said: /which the app may not cancel: that goes on, and has no end by itself/,
    left: /is disabled, and goes on with 20261102\.504 of release \(https:.+504\)/,
  },
  'a classic release': {
    runs: () => job(505, { planType: 'Release' }),
    said: /which the app may not cancel/,
    left: /goes on with 20261102\.505/,
  },
  'a permission of which nothing is known': {
    runs: () => job(506),
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
    if (runs !== undefined) laptop.job = runs();
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
