import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../src/cases/stable-id.ts';
import { failed, ok, type VendorFailure } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import {
  accessPolicyState,
  deleteAccessPolicy,
} from '../../../../src/steps/runner-credentials/remedies/delete-access-policy.ts';

const DENIED: VendorFailure = { kind: 'denied', status: 403, message: 'You may not.' };
const NOT_FOUND: VendorFailure = { kind: 'not-found', status: 404, message: 'It is not there.' };
const call = {
  kind: 'delete-access-policy',
  serviceId: '/gw',
  provider: 'github',
  connection: 'docs',
  policy: 'p',
  expected: { objectId: 'oid', tenantId: null },
} as const;
const gateway = (answers: object) => ({ gateway: answers }) as unknown as Vendors;

test('one person’s right to a kept sign-in is taken by itself, and the app never gives one', () => {
  const { what, risk, undo } = remedyOf(deleteAccessPolicy, findingId('a', 'b', 'c'), call, { who: 'Alex Moreau' });
  assert.equal(what, 'Delete the access policy of Alex Moreau for the connection docs of provider github.');
  assert.equal(risk, 'safe');
  assert.match(undo, /^By hand: .*The app may not write one/);
});

test('a policy of the same name that lets somebody else in shows other facts', async () => {
  const read = (answer: unknown) => deleteAccessPolicy.read(gateway({ readAccessPolicy: async () => answer }), call);
  const now = async (objectId: string) => {
    const answer = await read(ok({ id: 'p', name: 'p', objectId }));
    return answer.ok && answer.value.state === 'present' ? answer.value.now : undefined;
  };
  assert.deepEqual(await now('oid'), call.expected);
  assert.notDeepEqual(await now('other'), call.expected);
  assert.deepEqual(accessPolicyState({ objectId: 'o', tenantId: 't' }), { objectId: 'o', tenantId: 't' });
  assert.deepEqual(await read(failed(NOT_FOUND)), ok({ state: 'gone' }));
  assert.deepEqual(await read(failed(DENIED)), failed(DENIED));
});

test('what could not be deleted is not said to be', async () => {
  const act = (answer: unknown) => deleteAccessPolicy.act(gateway({ deleteAccessPolicy: async () => answer }), call);
  assert.deepEqual(await act(ok(undefined, 'r')), ok({ effect: 'done' }, 'r'));
  assert.deepEqual(await act(failed(DENIED)), failed(DENIED));
});
