import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failed, ok, type VendorFailure } from '../../../../../src/connectors/result.ts';
import { disableServiceConnection } from '../../../../../src/steps/runner-credentials/remedies/azure-devops/disable-service-connection.ts';
import { disableServiceHook } from '../../../../../src/steps/runner-credentials/remedies/azure-devops/disable-service-hook.ts';
import { DENIED, recorded, vendors } from '../azure-devops-world.ts';

const DOWN: VendorFailure = { kind: 'unavailable', tryAgainAfterMs: 0, message: 'It is down.' };
const GONE = ok({ state: 'gone' });
const DELETED = ok({ is: 'other', why: 'It was deleted since, so that nothing is there to enable.' });
const ANA = { uniqueName: 'ana@corp.example' };

const CONNECTION = {
  kind: 'disable-service-connection',
  ...{ organisation: 'acme', projectId: 'p', connectionId: 'c', name: 'azure' },
  expected: { name: 'azure', scheme: 'Token', modified: '2026-01-01' },
} as const;
const one = {
  ...{ id: 'c', name: 'azure', type: 'git', authorization: { scheme: 'Token' }, modificationDate: '2026-01-01' },
  ...{ createdBy: ANA, modifiedBy: ANA },
};
const another = { ...one, id: 'd', isDisabled: true };
const connections = (items: readonly object[], failure?: VendorFailure, hiddenInProjects?: VendorFailure) =>
  vendors({ listServiceConnections: { items, failure }, hiddenInProjects });
const connectionImage = {
  ...{ id: 'c', name: 'azure', projectId: 'p', type: 'git', isDisabled: false },
  ...{ createdBy: 'ana@corp.example', modifiedBy: 'ana@corp.example' },
};
const bareConnection = { id: 'c', name: '' };

const HOOK = {
  kind: 'disable-service-hook',
  ...{ organisation: 'acme', hookId: 'h' },
  expected: { host: 'x.example', event: 'git.push', consumer: 'webHooks' },
} as const;
const hook = {
  ...{ id: 'h', status: 'enabled', host: 'x.example', eventType: 'git.push', consumerId: 'webHooks' },
  ...{ publisherId: 'tfs', createdBy: ANA },
};
const stopped = { ...hook, status: 'disabledByUser' };
const otherHook = { ...stopped, id: 'i' };
const hooks = (items: readonly object[], failure?: VendorFailure, hiddenInOrganisation?: VendorFailure) =>
  vendors({ listServiceHooks: { items, failure }, hiddenInOrganisation });
const hookImage = {
  ...{ id: 'h', status: 'enabled', publisherId: 'tfs', host: 'x.example', event: 'git.push', consumer: 'webHooks' },
  createdBy: 'ana@corp.example',
};

const READS: readonly (readonly [what: string, read: () => Promise<unknown>, result: object])[] = [
  [
    'a connection, in half a list',
    () => disableServiceConnection.read(connections([another, one], DOWN), CONNECTION),
    ok({ state: 'present', image: connectionImage, now: CONNECTION.expected }),
  ],
  [
    'a connection of which little is told',
    () => disableServiceConnection.read(connections([bareConnection]), CONNECTION),
    ok({
      state: 'present',
      image: { ...connectionImage, type: undefined, createdBy: null, modifiedBy: null },
      now: { name: '', scheme: null, modified: null },
    }),
  ],
  [
    'a connection of people without names',
    () => disableServiceConnection.read(connections([{ ...one, createdBy: {}, modifiedBy: {} }]), CONNECTION),
    ok({
      state: 'present',
      image: { ...connectionImage, createdBy: null, modifiedBy: null },
      now: CONNECTION.expected,
    }),
  ],
  [
    'a connection that half a list lacks',
    () => disableServiceConnection.read(connections([], DOWN), CONNECTION),
    failed(DOWN),
  ],
  ['a connection that is gone', () => disableServiceConnection.read(connections([another]), CONNECTION), GONE],
  [
    'a connection that is hidden',
    () => disableServiceConnection.read(connections([], undefined, DENIED), CONNECTION),
    failed(DENIED),
  ],
  [
    'a hook, in half a list',
    () => disableServiceHook.read(hooks([otherHook, hook], DOWN), HOOK),
    ok({ state: 'present', image: hookImage, now: HOOK.expected }),
  ],
  [
    'a hook of which little is told',
    () => disableServiceHook.read(hooks([{ id: 'h', host: null }]), HOOK),
    ok({
      state: 'present',
      image: {
        ...{ id: 'h', status: undefined, publisherId: undefined },
        ...{ host: null, event: null, consumer: null, createdBy: null },
      },
      now: { host: null, event: null, consumer: null },
    }),
  ],
  [
    'a hook of somebody without a name',
    () => disableServiceHook.read(hooks([{ ...hook, createdBy: {} }]), HOOK),
    ok({ state: 'present', image: { ...hookImage, createdBy: null }, now: HOOK.expected }),
  ],
  ['a hook that half a list lacks', () => disableServiceHook.read(hooks([], DOWN), HOOK), failed(DOWN)],
  ['a hook that is gone', () => disableServiceHook.read(hooks([otherHook]), HOOK), GONE],
  ['a hook that is stopped', () => disableServiceHook.read(hooks([stopped]), HOOK), GONE],
  ['a hook that is hidden', () => disableServiceHook.read(hooks([], undefined, DENIED), HOOK), failed(DENIED)],
];
for (const [what, read, result] of READS) {
  test(`what is left behind in Azure DevOps is read: ${what}`, async () => assert.deepEqual(await read(), result));
}

test('what was done is said as the service answered it', async () => {
  const done = ok({ effect: 'done' }, 'r');
  const acts = [
    [disableServiceConnection, CONNECTION, 'disableServiceConnection', [CONNECTION], done],
    [disableServiceHook, HOOK, 'disableServiceHook', ['acme', 'h'], done],
  ] as const;
  for (const [remedy, call, question, given, result] of acts) {
    const act = remedy.act as (of: ReturnType<typeof vendors>, call: object) => Promise<unknown>;
    const { of, asked } = recorded({ [question]: ok(undefined, 'r') });
    assert.deepEqual(await act(of, call), result, remedy.kind);
    assert.deepEqual(asked, [[question, ...given]]);
    assert.deepEqual(await act(vendors({ [question]: failed(DENIED) }), call), failed(DENIED), remedy.kind);
  }
});

test('a connection is enabled again where it is the same and disabled', async () => {
  const { restore } = disableServiceConnection;
  assert.ok(restore.by === 'app');
  const look = (of: ReturnType<typeof vendors>) => restore.look(of, CONNECTION);
  assert.deepEqual(await look(connections([another, { ...one, isDisabled: true }], DOWN)), ok({ is: 'free' }));
  assert.deepEqual(await look(connections([one])), ok({ is: 'back' }));
  assert.deepEqual(await look(connections([another])), DELETED);
  assert.deepEqual(await look(connections([], DOWN)), failed(DOWN));
  assert.deepEqual(await look(connections([], undefined, DENIED)), failed(DENIED));
  const { of, asked } = recorded({ disableServiceConnection: ok(undefined) });
  await restore.give(of, CONNECTION, {});
  assert.deepEqual(asked, [['disableServiceConnection', CONNECTION, false]]);
  assert.equal(restore.same?.({ ...CONNECTION, organisation: 'ACME' }), 'acme p c');
});

test('a hook is enabled again where it sends to the same address', async () => {
  const { restore } = disableServiceHook;
  assert.ok(restore.by === 'app');
  const look = (of: ReturnType<typeof vendors>) => restore.look(of, HOOK);
  assert.deepEqual(await look(hooks([otherHook, stopped], DOWN)), ok({ is: 'free' }));
  assert.deepEqual(await look(hooks([hook])), ok({ is: 'back' }));
  assert.deepEqual(await look(hooks([otherHook])), DELETED);
  assert.deepEqual(await look(hooks([], DOWN)), failed(DOWN));
  assert.deepEqual(await look(hooks([], undefined, DENIED)), failed(DENIED));
  const { of, asked } = recorded({ disableServiceHook: ok(undefined) });
  await restore.give(of, HOOK, {});
  assert.deepEqual(asked, [['disableServiceHook', 'acme', 'h', 'enabled']]);
});

test('what a case has to call at the least is counted for each', () => {
  assert.deepEqual(
    [disableServiceConnection.leastCalls([CONNECTION, CONNECTION]), disableServiceHook.leastCalls([HOOK, HOOK])],
    [[{ vendor: 'devops', calls: 8, writes: 2 }], [{ vendor: 'devops', calls: 6, writes: 2 }]],
  );
});
