import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Agent } from '../../../../src/connectors/azure-devops/pipelines/agents.ts';
import { failed, ok, type VendorFailure } from '../../../../src/connectors/result.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import {
  AGENT_PERMISSIONS,
  agentState,
  disableAgent,
  takeOutOfService,
} from '../../../../src/steps/runner-credentials/remedies/azure-devops/disable-agent.ts';
import {
  agentNow,
  cancelJobOf,
  whyJobGoesOn,
} from '../../../../src/steps/runner-credentials/remedies/azure-devops/job-of-agent.ts';
import { removeAgent } from '../../../../src/steps/runner-credentials/remedies/azure-devops/remove-agent.ts';
import { DENIED, devops, effectIn, ID, nowIn, placeIn, stateIn, vendors } from './azure-devops-world.ts';

const NOT_FOUND: VendorFailure = { kind: 'not-found', status: 404, message: 'It is not there.' };

const BUILD = { name: 'run 7 of nightly', link: 'https://dev.azure.com/r/7', build: { projectId: 'p', buildId: 7 } };
const agent = (more: object = {}) =>
  ({ id: 5, name: 'laptop', enabled: true, createdOn: '2026-01-01', status: 'online', ...more }) as unknown as Agent;
const pool = (...agents: readonly Agent[]) => ({ items: agents });
const target = {
  ...{ organisation: 'acme', poolId: 1, agentId: 5, name: 'laptop' },
  expected: { name: 'laptop', registeredAt: '2026-01-01' },
};
const disabling = { kind: 'disable-agent', ...target } as const;
const removing = { kind: 'remove-agent', ...target } as const;
const OFF = { enabled: false };

describe('an agent', () => {
  test('is the one of its pool with its number; half a list proves nothing', async () => {
    const now = async (list: object) => {
      const found = await agentNow(devops({ listAgents: list }), target);
      return found.ok ? found.value?.name : found.failure.kind;
    };
    assert.equal(await now(pool(agent())), 'laptop');
    assert.equal(await now(pool(agent({ id: 6 }))), undefined);
    assert.equal(await now({ items: [agent()], failure: DENIED }), 'denied');
    assert.deepEqual(agentState({ name: 'laptop', createdOn: null }), { name: 'laptop', registeredAt: null });
  });

  test('is told in the plan with what becomes of its job, and with what undoes it', () => {
    const { what, undo, risk } = remedyOf(disableAgent, ID, disabling, { pool: 'Default', job: undefined });
    assert.match(
      what,
      /^Disable agent laptop in pool Default \(id 1\); a build that runs on it then is cancelled first/,
    );
    assert.match(undo, /^The app, when somebody asks: it enables the agent again/);
    assert.equal(risk, 'disruptive');
    const removal = remedyOf(removeAgent, ID, removing, { pool: 'Default' });
    assert.match(removal.what, /^Remove agent laptop from pool Default \(id 1\), once it is disabled and runs nothing/);
    assert.match(removal.undo, /^Nothing brings it back/);
  });

  test('that had a build takes the permission to cancel builds as well', () => {
    const { sortOf, bySort } = AGENT_PERMISSIONS;
    assert.equal(bySort[sortOf({}) as keyof typeof bySort].length, 1);
    assert.ok(
      bySort[sortOf({ cancels: 'build' }) as keyof typeof bySort].includes('remover/azure-devops/vso.build_execute'),
    );
  });

  const READS: readonly (readonly [what: string, agents: readonly Agent[], state: string])[] = [
    ['enabled', [agent()], 'present'],
    ['disabled and idle', [agent(OFF)], 'gone'],
    ['disabled and at work', [agent({ ...OFF, job: BUILD })], 'present'],
    ['not listed any more', [], 'gone'],
  ];
  for (const [what, agents, state] of READS) {
    test(`is out of service, or is not: ${what}`, async () => {
      const answers = { listAgents: pool(...agents), getBuild: ok({ status: 'inProgress' }) };
      assert.equal(stateIn(await disableAgent.read(vendors(answers), disabling)), state);
    });
  }

  test('that was set up anew under its number shows other facts', async () => {
    const read = await disableAgent.read(vendors({ listAgents: pool(agent({ createdOn: '2026-05-05' })) }), disabling);
    assert.deepEqual(nowIn(read), { name: 'laptop', registeredAt: '2026-05-05' });
  });

  test('whose job goes on says so, with where it is ended; one that was told to stop has its minutes', async () => {
    const why = async (job: object | undefined, build: unknown = ok({ status: 'inProgress' })) => {
      const of = agent(job === undefined ? {} : { job });
      const said = await whyJobGoesOn(devops({ getBuild: build }), 'acme', of);
      return said.ok ? said.value : said.failure.kind;
    };
    assert.equal(await why(undefined), undefined);
    assert.match(
      (await why(BUILD)) ?? '',
      /^Agent laptop is disabled, and goes on with run 7 of nightly \(https:\/\/dev\.azure\.com\/r\/7\): cancel that there/,
    );
    assert.equal(await why(BUILD, ok({ status: 'cancelling' })), undefined);
    assert.match((await why(BUILD, failed(DENIED))) ?? '', /goes on with/);
    assert.match((await why({ name: 'a release' })) ?? '', /goes on with a release:/);
    const unavailable: VendorFailure = { kind: 'unavailable', tryAgainAfterMs: 0, message: 'x' };
    assert.equal(await why(BUILD, failed(unavailable)), 'unavailable');
  });

  test('whose build ended meanwhile needs no cancelling', async () => {
    const cancel = async (lists: unknown, cancelled: unknown) => {
      const done = await cancelJobOf(devops({ listAgents: lists, cancelBuild: cancelled }), target);
      return done.ok ? 'done' : done.failure.kind;
    };
    const busy = pool(agent({ job: BUILD }));
    assert.equal(await cancel(pool(agent()), failed(DENIED)), 'done');
    assert.equal(await cancel(busy, ok(undefined)), 'done');
    assert.equal(await cancel(busy, failed(DENIED)), 'denied');
    assert.equal(await cancel([busy, pool(agent())], failed(DENIED)), 'done');
    assert.equal(await cancel(pool(agent({ job: { name: 'a release' } })), failed(DENIED)), 'done');
  });

  test('is disabled whatever its job does, and gone only where its pool says so', async () => {
    const act = async (answers: Record<string, unknown>) => effectIn(await takeOutOfService(devops(answers), target));
    const busy = pool(agent({ job: BUILD }));
    assert.equal(await act({ listAgents: busy, cancelBuild: failed(DENIED), disableAgent: ok(undefined) }), 'done');
    assert.equal(await act({ listAgents: pool(), disableAgent: failed(NOT_FOUND) }), 'done');
    assert.equal(await act({ listAgents: pool(agent()), disableAgent: failed(NOT_FOUND) }), 'not-found');
    assert.equal(await act({ listAgents: pool(agent()), disableAgent: failed(DENIED) }), 'denied');
  });

  test('is removed once nothing runs on it', async () => {
    const act = async (lists: unknown, removed: unknown = ok(undefined)) => {
      const answers = {
        listAgents: lists,
        disableAgent: ok(undefined),
        cancelBuild: failed(DENIED),
        removeAgent: removed,
      };
      return effectIn(await removeAgent.act(vendors(answers), removing));
    };
    assert.equal(await act(pool(agent(OFF))), 'done');
    assert.equal(await act(pool(agent({ ...OFF, job: BUILD }))), 'incomplete');
    assert.equal(await act(pool()), 'done');
    assert.equal(await act(pool(agent(OFF)), failed(NOT_FOUND)), 'not-found', 'its pool still lists it');
    assert.equal(stateIn(await removeAgent.read(vendors({ listAgents: pool(agent(OFF)) }), removing)), 'present');
  });

  test('is enabled again where it is the same', async () => {
    const { restore } = disableAgent;
    assert.ok(restore.by === 'app');
    const look = async (...agents: readonly Agent[]) =>
      placeIn(await restore.look(vendors({ listAgents: pool(...agents) }), disabling));
    assert.equal(await look(agent(OFF)), 'free');
    assert.equal(await look(agent()), 'back');
    assert.equal(await look(agent({ ...OFF, createdOn: '2026-05-05' })), 'other');
    assert.equal(await look(), 'other');
  });
});
