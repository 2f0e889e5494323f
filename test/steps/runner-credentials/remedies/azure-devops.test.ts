import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { Agent } from '../../../../src/connectors/azure-devops/pipelines/agents.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import {
  AGENT_PERMISSIONS,
  agentState,
  disableAgent,
  takeOutOfService,
} from '../../../../src/steps/runner-credentials/remedies/azure-devops/disable-agent.ts';
import {
  connectionState,
  disableServiceConnection,
} from '../../../../src/steps/runner-credentials/remedies/azure-devops/disable-service-connection.ts';
import {
  disableServiceHook,
  hookState,
} from '../../../../src/steps/runner-credentials/remedies/azure-devops/disable-service-hook.ts';
import {
  agentNow,
  cancelJobOf,
  whyJobGoesOn,
} from '../../../../src/steps/runner-credentials/remedies/azure-devops/job-of-agent.ts';
import { removeAgent } from '../../../../src/steps/runner-credentials/remedies/azure-devops/remove-agent.ts';
import { removeEntitlement } from '../../../../src/steps/runner-credentials/remedies/azure-devops/remove-entitlement.ts';
import { revokeDevOpsToken } from '../../../../src/steps/runner-credentials/remedies/azure-devops/revoke-devops-token.ts';

const ID = findingId('runner-credentials', 'x', 'y');
const NOT_FOUND: VendorFailure = { kind: 'not-found', status: 404, message: 'It is not there.' };
const DENIED: VendorFailure = { kind: 'denied', status: 403, message: 'You may not.' };

/** Azure DevOps that answers each question with what is given for it; of several answers each once, the last for good. */
const devops = (answers: Record<string, unknown>): Vendors['devops'] => {
  const asked = Object.entries(answers).map(([question, answer]) => {
    const left = Array.isArray(answer) ? [...answer] : [answer];
    return [question, async () => (left.length > 1 ? left.shift() : left[0])];
  });
  return Object.fromEntries(asked) as unknown as Vendors['devops'];
};
const vendors = (answers: Record<string, unknown>) => ({ devops: devops(answers) }) as unknown as Vendors;
const stateIn = (read: VendorResult<{ readonly state: string }>) => (read.ok ? read.value.state : read.failure.kind);
const nowIn = (read: VendorResult<{ readonly state: string; readonly now?: unknown }>) =>
  read.ok ? read.value.now : undefined;
const effectIn = (acted: VendorResult<{ readonly effect: string }>) =>
  acted.ok ? acted.value.effect : acted.failure.kind;
const placeIn = (look: VendorResult<{ readonly is: string }>) => (look.ok ? look.value.is : look.failure.kind);

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

describe('a service connection', () => {
  const call = {
    kind: 'disable-service-connection',
    organisation: 'acme',
    projectId: 'p',
    connectionId: 'c',
    name: 'azure',
    expected: { name: 'azure', scheme: 'Token', modified: '2026-01-01' },
  } as const;
  const one = { id: 'c', name: 'azure', authorization: { scheme: 'Token' }, modificationDate: '2026-01-01' };
  const listed = (items: readonly object[], hidden?: VendorFailure) =>
    vendors({ listServiceConnections: { items }, hiddenInProjects: hidden });

  test('keeps its credential, and is disabled as a person decides', () => {
    const { what, risk, undo } = remedyOf(disableServiceConnection, ID, call, { project: 'Pay' });
    assert.equal(what, 'Disable service connection azure (c) of project Pay; it keeps its credential.');
    assert.equal(risk, 'disruptive');
    assert.match(undo, /it enables the connection again/);
    assert.deepEqual(connectionState({ name: 'x', authorization: undefined, modificationDate: null }), {
      ...{ name: 'x', scheme: null, modified: null },
    });
  });

  test('that was given another credential since shows other facts, and one that is hidden is not gone', async () => {
    const read = (of: Vendors) => disableServiceConnection.read(of, call);
    assert.deepEqual(nowIn(await read(listed([one]))), call.expected);
    assert.notDeepEqual(nowIn(await read(listed([{ ...one, modificationDate: '2026-05-05' }]))), call.expected);
    assert.equal(stateIn(await read(listed([{ ...one, isDisabled: true }]))), 'gone');
    assert.equal(stateIn(await read(listed([]))), 'gone');
    assert.equal(stateIn(await read(listed([], DENIED))), 'denied');
  });

  test('is enabled again, however its date has changed by disabling it', async () => {
    const { restore } = disableServiceConnection;
    assert.ok(restore.by === 'app');
    const look = async (of: Vendors) => placeIn(await restore.look(of, call));
    assert.equal(await look(listed([{ ...one, isDisabled: true, modificationDate: '2026-05-05' }])), 'free');
    assert.equal(await look(listed([one])), 'back');
    assert.equal(await look(listed([{ ...one, name: 'other' }])), 'other');
    assert.equal(await look(listed([])), 'other');
    assert.equal(await look(listed([], DENIED)), 'denied');
  });
});

describe('a service hook', () => {
  const hook = {
    id: 'h',
    status: 'enabled',
    host: 'hooks.example',
    eventType: 'build.complete',
    consumerId: 'webHooks',
  };
  const call = {
    kind: 'disable-service-hook',
    organisation: 'acme',
    hookId: 'h',
    expected: { host: 'hooks.example', event: 'build.complete', consumer: 'webHooks' },
  } as const;
  const listed = (items: readonly object[], hidden?: VendorFailure) =>
    vendors({ listServiceHooks: { items }, hiddenInOrganisation: hidden });

  test('is told by where it sends what, and is gone where it is stopped', async () => {
    const { what } = remedyOf(disableServiceHook, ID, call, { what: 'builds to hooks.example' });
    assert.equal(what, 'Stop the service hook h of acme, which sends builds to hooks.example.');
    assert.deepEqual(hookState(hook as unknown as Parameters<typeof hookState>[0]), call.expected);
    const read = (of: Vendors) => disableServiceHook.read(of, call);
    assert.deepEqual(nowIn(await read(listed([hook]))), call.expected);
    assert.equal(stateIn(await read(listed([{ ...hook, status: 'disabledByUser' }]))), 'gone');
    assert.equal(stateIn(await read(listed([]))), 'gone');
    assert.equal(stateIn(await read(listed([], DENIED))), 'denied');
  });

  test('is enabled again where it sends to the same address', async () => {
    const { restore } = disableServiceHook;
    assert.ok(restore.by === 'app');
    const look = async (of: Vendors) => placeIn(await restore.look(of, call));
    const stopped = { ...hook, status: 'disabledByUser' };
    assert.equal(await look(listed([stopped])), 'free');
    assert.equal(await look(listed([hook])), 'back');
    assert.equal(await look(listed([{ ...stopped, host: 'other.example' }])), 'other');
    assert.equal(await look(listed([])), 'other');
  });
});

test('a membership is removed as a person decides, and its groups are kept for whoever undoes it', async () => {
  const call = {
    kind: 'remove-entitlement',
    organisation: 'acme',
    descriptor: 'aad.x',
    storageKey: 'k',
    expected: { active: true },
  } as const;
  const { what, risk, undo } = remedyOf(removeEntitlement, ID, call, undefined);
  assert.match(what, /^Remove the leaver’s account from acme, with its licence/);
  assert.equal(risk, 'disruptive');
  assert.match(undo, /^By hand: Invite the person again/);
  const read = (active: unknown, groups: object = { items: ['g'] }) =>
    removeEntitlement.read(vendors({ isActiveMember: active, listMemberships: groups }), call);
  const present = await read(ok(true));
  assert.ok(present.ok && present.value.state === 'present');
  assert.deepEqual(present.value.image.groups, ['g']);
  assert.equal(stateIn(await read(ok(false))), 'gone');
  assert.equal(stateIn(await read(ok(true), { items: [], failure: DENIED })), 'denied', 'undoing rests on all groups');
  assert.equal(effectIn(await removeEntitlement.act(vendors({ removeEntitlement: ok(undefined) }), call)), 'queued');
});

test('a token is gone where a whole list lacks it, or calls it invalid', async () => {
  const call = {
    kind: 'revoke-devops-token',
    organisation: 'acme',
    descriptor: 'aad.x',
    authorizationId: 't',
    expected: { owner: 'k' },
  } as const;
  assert.equal(
    remedyOf(revokeDevOpsToken, ID, call, { token: 'ci' }).what,
    'Revoke the personal access token “ci” in acme.',
  );
  const read = (items: readonly object[], failure?: VendorFailure) =>
    revokeDevOpsToken.read(vendors({ listPersonalTokens: { items, failure } }), call);
  const token = { authorizationId: 't', userId: 'k', isValid: true };
  assert.deepEqual(nowIn(await read([token])), { owner: 'k' });
  assert.deepEqual(nowIn(await read([{ ...token, userId: 'other' }])), { owner: 'other' });
  assert.equal(stateIn(await read([{ ...token, isValid: false }])), 'gone');
  assert.equal(stateIn(await read([])), 'gone');
  assert.equal(stateIn(await read([], DENIED)), 'denied');
  assert.equal(revokeDevOpsToken.livesOn !== 'nothing' && revokeDevOpsToken.livesOn(call).minutes, 60);
});
