import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agent } from '../../../../../src/connectors/azure-devops/pipelines/agents.ts';
import { failed, ok, type VendorFailure } from '../../../../../src/connectors/result.ts';
import {
  AGENT_PERMISSIONS,
  disableAgent,
  takeOutOfService,
} from '../../../../../src/steps/runner-credentials/remedies/azure-devops/disable-agent.ts';
import {
  cancelJobOf,
  whyJobGoesOn,
} from '../../../../../src/steps/runner-credentials/remedies/azure-devops/job-of-agent.ts';
import { removeAgent } from '../../../../../src/steps/runner-credentials/remedies/azure-devops/remove-agent.ts';
import { DENIED, devops, recorded, vendors } from '../azure-devops-world.ts';

const NOT_FOUND: VendorFailure = { kind: 'not-found', status: 404, message: 'It is not there.' };
const DOWN: VendorFailure = { kind: 'unavailable', tryAgainAfterMs: 0, message: 'It is down.' };
const BUILD = { name: 'run 7', link: 'https://x/7', build: { projectId: 'p', buildId: 7 } };
const RELEASE = { name: 'a release' };
const agent = (more: object = {}) =>
  ({ id: 5, name: 'laptop', enabled: true, createdOn: '2026-01-01', status: 'online', version: '4', ...more }) as Agent;
const OFF = { enabled: false };
const pool = (...items: readonly Agent[]) => ({ items: [agent({ id: 6, name: 'other' }), ...items] });
const GONE = pool();
const UNREAD = { items: [], failure: DOWN };
const target = {
  ...{ organisation: 'acme', poolId: 1, agentId: 5, name: 'laptop' },
  expected: { name: 'laptop', registeredAt: '2026-01-01' },
};
const disabling = { kind: 'disable-agent', ...target } as const;
const removing = { kind: 'remove-agent', ...target } as const;
const IMAGE = {
  poolId: 1,
  id: 5,
  name: 'laptop',
  enabled: true,
  status: 'online',
  version: '4',
  createdOn: '2026-01-01',
};
const RUNNING = ok({ status: 'inProgress' });
const DONE = ok({ effect: 'done' });

const GOES_ON = (job: string) =>
  `Agent laptop is disabled, and goes on with ${job}: cancel that there, it has no end by itself.`;
const present = (image: object, more: object = {}) =>
  ok({ state: 'present', image: { ...IMAGE, ...image }, now: target.expected, ...more });
const READS: readonly (readonly [what: string, answers: Record<string, unknown>, read: object])[] = [
  ['takes jobs', { listAgents: pool(agent()) }, present({ runs: undefined })],
  ['takes jobs and has one', { listAgents: pool(agent({ job: BUILD })) }, present({ runs: 'run 7' })],
  ['is disabled', { listAgents: pool(agent(OFF)) }, ok({ state: 'gone' })],
  ['is in its pool no more', { listAgents: GONE }, ok({ state: 'gone' })],
  ['cannot be read', { listAgents: UNREAD }, failed(DOWN)],
  [
    'is disabled and goes on with its run',
    { listAgents: pool(agent({ ...OFF, job: BUILD })), getBuild: RUNNING },
    present({ ...OFF, runs: 'run 7' }, { goesOn: GOES_ON('run 7 (https://x/7)') }),
  ],
  [
    'is disabled, and its run was told to stop',
    { listAgents: pool(agent({ ...OFF, job: BUILD })), getBuild: ok({ status: 'cancelling' }) },
    present({ ...OFF, runs: 'run 7' }),
  ],
  [
    'is disabled, and nobody says whether its run goes on',
    { listAgents: pool(agent({ ...OFF, job: BUILD })), getBuild: failed(DOWN) },
    failed(DOWN),
  ],
];
for (const [what, answers, read] of READS) {
  test(`an agent that ${what} is read so`, async () => {
    assert.deepEqual(await disableAgent.read(vendors(answers), disabling), read);
  });
}

test('reading an agent asks for its pool without the capabilities, which hold credentials', async () => {
  const { of, asked } = recorded({ listAgents: pool(agent()) });
  await disableAgent.read(of, disabling);
  assert.deepEqual(asked, [['listAgents', 'acme', 1, { capabilities: false }]]);
});

const busy = pool(agent({ job: BUILD }));
const CANCELS: readonly (readonly [what: string, lists: unknown, cancelled: object, result: object])[] = [
  ['nothing of an agent that is gone', GONE, failed(DENIED), ok(undefined)],
  ['nothing of an idle one', pool(agent()), failed(DENIED), ok(undefined)],
  ['nothing of a release', pool(agent({ job: RELEASE })), failed(DENIED), ok(undefined)],
  ['its run', busy, ok(undefined, 'r1'), ok(undefined, 'r1')],
  ['its run, and does not ask again', [busy, GONE], ok(undefined, 'r1'), ok(undefined, 'r1')],
  ['no run that nobody lets it', busy, failed(DENIED), failed(DENIED)],
  ['what it cannot read', UNREAD, ok(undefined), failed(DOWN)],
  ['a run that ended meanwhile', [busy, pool(agent())], failed(DENIED), ok(undefined)],
  ['a run whose agent went meanwhile', [busy, GONE], failed(DENIED), ok(undefined)],
  ['a run after which a release came', [busy, pool(agent({ job: RELEASE }))], failed(DENIED), ok(undefined)],
  ['a run, and then cannot read whether it ended', [busy, UNREAD], failed(DENIED), failed(DENIED)],
];
for (const [what, lists, cancelled, result] of CANCELS) {
  test(`cancelling what an agent runs cancels ${what}`, async () => {
    assert.deepEqual(await cancelJobOf(devops({ listAgents: lists, cancelBuild: cancelled }), target), result);
  });
}

test('a run is asked for in its organisation, and may be one that nobody shows', async () => {
  const { of, asked } = recorded({ getBuild: failed(NOT_FOUND) });
  const why = await whyJobGoesOn(of.devops, 'acme', { name: 'laptop', job: BUILD });
  assert.deepEqual(why, ok(GOES_ON('run 7 (https://x/7)')));
  assert.deepEqual(asked, [['getBuild', { organisation: 'acme', ...BUILD.build }]]);
  assert.deepEqual(await whyJobGoesOn(of.devops, 'acme', { name: 'laptop', job: RELEASE }), ok(GOES_ON('a release')));
});

const ACTS: readonly (readonly [what: string, answers: Record<string, unknown>, result: object])[] = [
  ['an idle one', { listAgents: pool(agent()), disableAgent: ok(undefined, 'r2') }, ok({ effect: 'done' }, 'r2')],
  [
    'one whose run nobody lets it cancel',
    { listAgents: busy, cancelBuild: failed(DENIED), disableAgent: ok(undefined, 'r2') },
    ok({ effect: 'done' }, 'r2'),
  ],
  [
    'one whose run cannot be cancelled just now',
    { listAgents: busy, cancelBuild: failed(DOWN), disableAgent: ok(undefined) },
    failed(DOWN),
  ],
  ['one that is gone', { listAgents: GONE, disableAgent: failed(NOT_FOUND) }, DONE],
  ['one that is hidden', { listAgents: pool(agent()), disableAgent: failed(NOT_FOUND) }, failed(NOT_FOUND)],
  ['one that cannot be read', { listAgents: UNREAD, disableAgent: failed(NOT_FOUND) }, failed(NOT_FOUND)],
  ['one that nobody lets it disable', { listAgents: GONE, disableAgent: failed(DENIED) }, failed(DENIED)],
];
for (const [what, answers, result] of ACTS) {
  test(`disabling ${what}`, async () => {
    assert.deepEqual(await takeOutOfService(devops(answers), target), result);
    assert.deepEqual(await disableAgent.act(vendors(answers), disabling), result);
  });
}

const off = pool(agent(OFF));
const removed = (lists: unknown, remove: object, disable: object = ok(undefined)) =>
  removeAgent.act(vendors({ listAgents: lists, disableAgent: disable, removeAgent: remove }), removing);
const REMOVALS: readonly (readonly [what: string, acted: () => Promise<unknown>, result: object])[] = [
  ['a disabled one', () => removed(off, ok(undefined, 'r3')), ok({ effect: 'done' }, 'r3')],
  ['one that cannot be disabled', () => removed(off, ok(undefined), failed(DENIED)), failed(DENIED)],
  ['one that went meanwhile', () => removed([off, off, GONE], failed(DENIED)), DONE],
  ['one that cannot be read again', () => removed([off, off, UNREAD], ok(undefined)), failed(DOWN)],
  [
    'one that still works',
    () => removed([off, off, pool(agent({ ...OFF, job: RELEASE }))], ok(undefined)),
    failed({
      ...{ kind: 'incomplete', status: 200 },
      message: 'Agent laptop is disabled, and still runs a release: it is removed once that has ended.',
    }),
  ],
  ['one that nobody lets it remove', () => removed([off, off, off, GONE], failed(DENIED)), failed(DENIED)],
  ['one that was gone by then', () => removed([off, off, off, GONE], failed(NOT_FOUND)), DONE],
  ['one that is hidden', () => removed(off, failed(NOT_FOUND)), failed(NOT_FOUND)],
  ['one of which nobody says any more', () => removed([off, off, off, UNREAD], failed(NOT_FOUND)), failed(NOT_FOUND)],
];
for (const [what, acted, result] of REMOVALS) {
  test(`removing ${what}`, async () => assert.deepEqual(await acted(), result));
}

test('what is removed is read with its image, whether or not it takes jobs', async () => {
  const read = (listAgents: object) => removeAgent.read(vendors({ listAgents }), removing);
  assert.deepEqual(await read(off), ok({ state: 'present', image: { ...IMAGE, ...OFF }, now: target.expected }));
  assert.deepEqual(await read(GONE), ok({ state: 'gone' }));
  assert.deepEqual(await read(UNREAD), failed(DOWN));
});

test('an agent is enabled again where it is the same and disabled', async () => {
  const { restore } = disableAgent;
  assert.ok(restore.by === 'app');
  const look = (listAgents: object) => restore.look(vendors({ listAgents }), disabling);
  assert.deepEqual(await look(off), ok({ is: 'free' }));
  assert.deepEqual(await look(pool(agent())), ok({ is: 'back' }));
  assert.deepEqual(await look(UNREAD), failed(DOWN));
  assert.deepEqual(
    await look(GONE),
    ok({ is: 'other', why: 'It was deleted since, so that nothing is there to enable.' }),
  );
  const { of, asked } = recorded({ disableAgent: ok(undefined) });
  await restore.give(of, disabling, {});
  assert.deepEqual(asked, [['disableAgent', disabling, true]]);
  assert.equal(restore.same?.({ ...disabling, organisation: 'ACME' }), 'acme 1 5');
});

test('a remedy of agents says what it takes, and what it may stop', () => {
  const { sortOf, bySort } = AGENT_PERMISSIONS;
  assert.deepEqual([sortOf({}), sortOf({ cancels: 'build' })], ['idle', 'with their jobs']);
  assert.deepEqual(bySort.idle, ['remover/azure-devops/vso.agentpools_manage']);
  assert.deepEqual(disableAgent.leastCalls([disabling, disabling]), [{ vendor: 'devops', calls: 8 }]);
  assert.deepEqual(removeAgent.leastCalls([removing, removing]), [{ vendor: 'devops', calls: 10 }]);
  const evidence = (enabled: boolean) => ({ evidence: { enabled, job: 'run 7', jobFate: 'cancelled' } }) as never;
  const read = { uses: [], findings: [] };
  const run = [{ what: 'run 7, which ran on it when it was read', perhaps: true }];
  assert.deepEqual(
    typeof disableAgent.stops === 'function' && disableAgent.stops(disabling, read, evidence(true)),
    run,
  );
  assert.ok(typeof removeAgent.stops === 'function');
  assert.deepEqual(removeAgent.stops(removing, read, evidence(true)), run);
  assert.deepEqual(removeAgent.stops(removing, read, evidence(false)), []);
});
