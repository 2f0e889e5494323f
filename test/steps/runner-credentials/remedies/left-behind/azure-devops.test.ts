import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ok, type VendorFailure } from '../../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../../src/connectors/vendors.ts';
import { remedyOf } from '../../../../../src/steps/define-remedy.ts';
import {
  connectionState,
  disableServiceConnection,
} from '../../../../../src/steps/runner-credentials/remedies/azure-devops/disable-service-connection.ts';
import {
  disableServiceHook,
  hookState,
} from '../../../../../src/steps/runner-credentials/remedies/azure-devops/disable-service-hook.ts';
import { removeEntitlement } from '../../../../../src/steps/runner-credentials/remedies/azure-devops/remove-entitlement.ts';
import { revokeDevOpsToken } from '../../../../../src/steps/runner-credentials/remedies/azure-devops/revoke-devops-token.ts';
import { DENIED, effectIn, ID, nowIn, placeIn, stateIn, vendors } from '../azure-devops-world.ts';

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
