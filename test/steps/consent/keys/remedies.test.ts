import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failed, ok, type VendorFailure } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { removeClientSecret, secretState } from '../../../../src/steps/consent/remedies/remove-client-secret.ts';
import {
  subscriptionState,
  suspendSubscriptionKey,
} from '../../../../src/steps/consent/remedies/suspend-subscription-key.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { answering, DENIED, effectIn, graph, ID, NOT_FOUND, nowIn, placeIn, stateIn } from '../remedies-world.ts';

const gateway = (answers: Record<string, unknown>) => ({ gateway: answering(answers) }) as unknown as Vendors;

describe('a client secret', () => {
  const call = {
    kind: 'remove-client-secret',
    set: 'applications',
    objectId: 'APP',
    application: 'ci',
    keyId: 'k',
    expected: { name: 'ci', from: null },
  } as const;
  const secret = { keyId: 'k', type: 'secret', name: 'ci', hint: 'abc' } as const;

  test('cannot be brought back, which the plan says', () => {
    const { what, undo, risk } = remedyOf(removeClientSecret, ID, call, { label: '“ci”' });
    assert.equal(what, 'Remove the secret “ci” (k) of ci, once whatever signs in by it has a new one.');
    assert.match(undo, /^Nothing brings it back/);
    assert.equal(risk, 'disruptive');
    assert.deepEqual(secretState({}), { name: null, from: null });
    assert.deepEqual(secretState({ name: 'ci', from: '2026-11-01' }), { name: 'ci', from: '2026-11-01' });
    assert.deepEqual(removeClientSecret.leastCalls([call, call]), [{ vendor: 'graph', calls: 6 }]);
  });

  test('is that of its id and no certificate, and its first characters are filed nowhere', async () => {
    const read = (credentials: readonly object[]) =>
      removeClientSecret.read(graph({ readCredentials: ok(credentials) }), call);
    const present = await read([secret]);
    assert.deepEqual(nowIn(present), call.expected);
    assert.deepEqual(nowIn(await read([{ ...secret, keyId: 'l' }, secret])), call.expected);
    assert.ok(!JSON.stringify(present).includes('abc'));
    assert.equal(stateIn(await read([{ ...secret, keyId: 'l' }])), 'gone');
    assert.equal(stateIn(await read([{ ...secret, type: 'certificate' }])), 'gone');
    const failing = (failure: VendorFailure) =>
      removeClientSecret.read(graph({ readCredentials: failed(failure) }), call);
    assert.equal(stateIn(await failing(NOT_FOUND)), 'gone');
    assert.equal(stateIn(await failing(DENIED)), 'denied');
  });

  test('is done away with where it is gone, and lives on for 90 minutes in tokens', async () => {
    const act = (answer: unknown) => removeClientSecret.act(graph({ removeSecret: answer }), call);
    assert.deepEqual(await act(ok(undefined, 'request')), ok({ effect: 'done' }, 'request'));
    assert.equal(effectIn(await act(failed(NOT_FOUND))), 'done');
    assert.equal(effectIn(await act(failed(DENIED))), 'denied');
    assert.equal(removeClientSecret.livesOn !== 'nothing' && removeClientSecret.livesOn(call).minutes, 90);
  });
});

describe('a subscription key', () => {
  const subscription = { id: '/s/1', name: '1', label: 'Docs', owner: 'alex', scope: '/apis/files', state: 'active' };
  const call = {
    kind: 'suspend-subscription-key',
    serviceId: '/gw',
    name: '1',
    expected: subscriptionState(subscription),
  } as const;
  const of = (more: object) => ({ readUserSubscription: ok({ ...subscription, ...more }) });

  test('is suspended, which a person decides and the app undoes', () => {
    const { what, undo, risk } = remedyOf(suspendSubscriptionKey, ID, call, { label: 'Docs', who: 'Alex' });
    assert.equal(what, 'Suspend the subscription Docs of Alex at the gateway: both its keys are refused.');
    assert.match(undo, /^The app, when somebody asks: it activates the subscription again/);
    assert.equal(risk, 'disruptive');
    assert.deepEqual(subscriptionState({ scope: '' }), { owner: null, scope: '' });
    assert.deepEqual(suspendSubscriptionKey.leastCalls([call, call]), [{ vendor: 'arm', calls: 6 }]);
  });

  test('that is another’s by now shows other facts, and one that opens nothing is gone', async () => {
    const read = (answers: Record<string, unknown>) => suspendSubscriptionKey.read(gateway(answers), call);
    const image = { name: '1', label: 'Docs', owner: 'alex', scope: '/apis/files', state: 'active' };
    assert.deepEqual(await read(of({})), ok({ state: 'present', image, now: call.expected }));
    const nobodys = await read(of({ owner: undefined }));
    assert.ok(nobodys.ok && nobodys.value.state === 'present' && nobodys.value.image.owner === null);
    assert.notDeepEqual(nowIn(await read(of({ owner: 'ana' }))), call.expected);
    for (const state of ['suspended', 'cancelled', 'submitted'])
      assert.equal(stateIn(await read(of({ state }))), 'gone');
    assert.equal(stateIn(await read({ readUserSubscription: failed(NOT_FOUND) })), 'gone');
    assert.equal(stateIn(await read({ readUserSubscription: failed(DENIED) })), 'denied');
  });

  test('is activated again only where it is the same, and was suspended', async () => {
    const { restore } = suspendSubscriptionKey;
    assert.ok(restore.by === 'app');
    const look = async (answers: Record<string, unknown>) => placeIn(await restore.look(gateway(answers), call));
    assert.equal(await look(of({ state: 'suspended' })), 'free');
    assert.equal(await look(of({})), 'back');
    assert.equal(await look(of({ state: 'suspended', owner: 'ana' })), 'other');
    assert.equal(await look(of({ state: 'cancelled' })), 'other');
    assert.equal(await look({ readUserSubscription: failed(NOT_FOUND) }), 'other');
    const given: unknown[] = [];
    const asked = { suspendUserSubscription: async (...args: unknown[]) => given.push(args) };
    await restore.give({ gateway: asked } as unknown as Vendors, call, {});
    assert.deepEqual(given, [['1', 'active']]);
  });

  test('that is gone is what was wanted', async () => {
    const act = (answer: unknown) => suspendSubscriptionKey.act(gateway({ suspendUserSubscription: answer }), call);
    assert.equal(effectIn(await act(ok(undefined))), 'done');
    assert.equal(effectIn(await act(failed(NOT_FOUND))), 'done');
    assert.equal(effectIn(await act(failed(DENIED))), 'denied');
  });
});
