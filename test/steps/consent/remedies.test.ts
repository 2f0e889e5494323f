import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findingId } from '../../../src/cases/stable-id.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import {
  assignmentState,
  deleteAppRoleAssignment,
} from '../../../src/steps/consent/remedies/delete-app-role-assignment.ts';
import { deleteDelegatedGrant, grantState } from '../../../src/steps/consent/remedies/delete-delegated-grant.ts';
import { deleteWorkloadRole } from '../../../src/steps/consent/remedies/delete-workload-role.ts';
import { removeApplicationOwner } from '../../../src/steps/consent/remedies/remove-application-owner.ts';
import { removeClientSecret, secretState } from '../../../src/steps/consent/remedies/remove-client-secret.ts';
import {
  subscriptionState,
  suspendSubscriptionKey,
} from '../../../src/steps/consent/remedies/suspend-subscription-key.ts';
import { remedyOf } from '../../../src/steps/define-remedy.ts';

const ID = findingId('consent', 'x', 'y');
const OID = '0e000000-0000-4000-8000-000000000001';
const OTHER = '0e000000-0000-4000-8000-000000000002';
const NOT_FOUND: VendorFailure = { kind: 'not-found', status: 404, message: 'It is not there.' };
const DENIED: VendorFailure = { kind: 'denied', status: 403, message: 'You may not.' };
const graph = (answers: Record<string, unknown>) => ({ graph: answering(answers) }) as unknown as Vendors;
const gateway = (answers: Record<string, unknown>) => ({ gateway: answering(answers) }) as unknown as Vendors;
/** A vendor that answers each question with what is given for it, and no other. */
const answering = (answers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(answers).map(([question, answer]) => [question, async () => answer]));

/** `present`, `gone`, or what went wrong. */
const stateIn = (read: VendorResult<{ readonly state: string }>) => (read.ok ? read.value.state : read.failure.kind);
const nowIn = (read: VendorResult<{ readonly state: string; readonly now?: unknown }>) =>
  read.ok ? read.value.now : undefined;
const placeIn = (look: VendorResult<{ readonly is: string }>) => (look.ok ? look.value.is : look.failure.kind);
const effectIn = (acted: VendorResult<{ readonly effect: string }>) =>
  acted.ok ? acted.value.effect : acted.failure.kind;

describe('a consent', () => {
  const grant = {
    id: 'g',
    clientId: 'client',
    resourceId: 'gw',
    principalId: OID.toUpperCase(),
    consentType: 'Principal',
    scopes: ['write', 'read'],
  } as const;
  const call = {
    kind: 'delete-delegated-grant',
    grantId: 'g',
    clientId: 'client',
    resourceId: 'gw',
    scope: 'write read',
    expected: grantState(grant),
  } as const;
  const everybodys = { ...grant, consentType: 'AllPrincipals', principalId: null } as const;

  test('is told by whose it is and to what', () => {
    assert.deepEqual(grantState(grant), {
      ...{ consentType: 'Principal', principal: OID, client: 'client', resource: 'gw' },
      scopes: ['read', 'write'],
    });
    const { what, risk } = remedyOf(deleteDelegatedGrant, ID, call, {
      client: 'Code',
      resource: 'the gateway',
      who: 'Alex',
    });
    assert.equal(what, 'Delete the consent by which Code calls the gateway as Alex (write, read).');
    assert.equal(risk, 'safe');
  });

  test('that became everybody’s shows other facts than the plan’s, so that it is not deleted', async () => {
    const read = (answer: unknown) => deleteDelegatedGrant.read(graph({ readGrant: answer }), call);
    assert.deepEqual(nowIn(await read(ok(grant))), call.expected);
    assert.notDeepEqual(nowIn(await read(ok(everybodys))), call.expected);
    assert.equal(stateIn(await read(failed(NOT_FOUND))), 'gone');
    assert.equal(stateIn(await read(failed(DENIED))), 'denied');
  });

  test('that is gone already is what was wanted', async () => {
    const act = (answer: unknown) => deleteDelegatedGrant.act(graph({ deleteGrant: answer }), call);
    assert.equal(effectIn(await act(ok(undefined))), 'done');
    assert.equal(effectIn(await act(failed(NOT_FOUND))), 'done');
    assert.equal(effectIn(await act(failed(DENIED))), 'denied');
  });

  test('comes back where none of the same stands, and never over another', async () => {
    const { restore } = deleteDelegatedGrant;
    assert.ok(restore.by === 'app');
    const look = async (list: object) => placeIn(await restore.look(graph({ listGrants: list }), call));
    assert.equal(await look({ items: [] }), 'free');
    assert.equal(await look({ items: [grant] }), 'back');
    assert.equal(await look({ items: [{ ...grant, scopes: ['admin'] }] }), 'other');
    assert.equal(await look({ items: [everybodys] }), 'free', 'everybody’s is another grant');
    assert.equal(await look({ items: [], failure: DENIED }), 'denied');
    assert.equal(restore.same?.(call), restore.same?.({ ...call, grantId: 'another number' }));
    assert.throws(() => restore.give(graph({}), call, { clientId: 'client' }), 'an image that lacks what it needs');
  });
});

const assignment = {
  id: 'as',
  appRoleId: 'r',
  principalId: OID.toUpperCase(),
  principalType: 'User',
  principalName: 'Alex',
  resourceId: 'gw',
};
const roleCall = {
  kind: 'delete-app-role-assignment',
  servicePrincipalId: 'gw',
  assignmentId: 'as',
  expected: assignmentState(assignment),
} as const;
const workloadCall = { ...roleCall, kind: 'delete-workload-role', holder: 'application' } as const;

describe('a role', () => {
  test('is told by whose it is, and whether it is a group’s', async () => {
    assert.deepEqual(roleCall.expected, { roleId: 'r', holder: OID, holderType: 'User' });
    const read = (answer: unknown) => deleteAppRoleAssignment.read(graph({ readAssignment: answer }), roleCall);
    assert.deepEqual(nowIn(await read(ok(assignment))), roleCall.expected);
    assert.notDeepEqual(nowIn(await read(ok({ ...assignment, principalType: 'Group' }))), roleCall.expected);
    assert.equal(stateIn(await read(failed(NOT_FOUND))), 'gone');
    assert.equal(stateIn(await read(failed(DENIED))), 'denied');
  });

  test('of a person goes by itself, that of an application waits for a person', () => {
    const own = remedyOf(deleteAppRoleAssignment, ID, roleCall, { role: 'mcp.write', who: 'Alex' });
    assert.deepEqual([own.what, own.risk], ['Take the role mcp.write on the gateway from Alex.', 'safe']);
    const application = remedyOf(deleteWorkloadRole, ID, workloadCall, { role: 'mcp.write', name: 'ci' });
    assert.deepEqual(
      [application.what, application.risk],
      ['Take the role mcp.write on the gateway from ci.', 'disruptive'],
    );
  });

  test('lives on in tokens that an application had before: 90 minutes, or a day', () => {
    const { livesOn } = deleteWorkloadRole;
    assert.ok(livesOn !== 'nothing');
    assert.equal(livesOn(workloadCall).minutes, 90);
    assert.equal(livesOn({ ...workloadCall, holder: 'managed-identity' }).minutes, 1440);
  });

  test('that is gone already is what was wanted', async () => {
    for (const act of [
      (answer: unknown) => deleteAppRoleAssignment.act(graph({ deleteAssignment: answer }), roleCall),
      (answer: unknown) => deleteWorkloadRole.act(graph({ deleteAssignment: answer }), workloadCall),
    ]) {
      assert.equal(effectIn(await act(ok(undefined))), 'done');
      assert.equal(effectIn(await act(failed(NOT_FOUND))), 'done');
      assert.equal(effectIn(await act(failed(DENIED))), 'denied');
    }
  });

  test('comes back under another id, by whom it is of and which it is', async () => {
    const { restore } = deleteAppRoleAssignment;
    assert.ok(restore.by === 'app');
    const look = async (list: object) => placeIn(await restore.look(graph({ listAssignedTo: list }), roleCall));
    assert.equal(await look({ items: [] }), 'free');
    assert.equal(await look({ items: [{ ...assignment, id: 'new' }] }), 'back');
    assert.equal(await look({ items: [{ ...assignment, appRoleId: 'another' }] }), 'free');
    assert.equal(await look({ items: [], failure: DENIED }), 'denied');
    assert.equal(restore.same?.(roleCall), restore.same?.({ ...roleCall, assignmentId: 'new' }));
  });
});

describe('an ownership', () => {
  const call = {
    kind: 'remove-application-owner',
    set: 'applications',
    objectId: 'APP',
    name: 'ci',
    expected: { owner: OID, anotherStays: true },
  } as unknown as Parameters<typeof removeApplicationOwner.read>[1];

  test('is of a registration or of a service principal', () => {
    const what = (set: 'applications' | 'servicePrincipals') =>
      remedyOf(removeApplicationOwner, ID, { ...call, set }, { who: 'Alex' }, { risk: 'safe' }).what;
    assert.equal(what('applications'), 'Take Alex off the owners of the app registration ci.');
    assert.equal(what('servicePrincipals'), 'Take Alex off the owners of the service principal ci.');
  });

  test('whose other owners have gone meanwhile shows other facts than the plan’s', async () => {
    const read = (list: object) => removeApplicationOwner.read(graph({ listOwners: list }), call);
    assert.deepEqual(nowIn(await read({ items: [OID, OTHER] })), { owner: OID, anotherStays: true });
    assert.deepEqual(nowIn(await read({ items: [OID] })), { owner: OID, anotherStays: false });
    assert.equal(stateIn(await read({ items: [OTHER] })), 'gone');
    assert.equal(stateIn(await read({ items: [], failure: NOT_FOUND })), 'gone');
    assert.equal(stateIn(await read({ items: [OTHER], failure: DENIED })), 'denied', 'half a list proves nothing');
  });

  test('is given back where the person is no owner', async () => {
    const { restore } = removeApplicationOwner;
    assert.ok(restore.by === 'app');
    const look = async (list: object) => placeIn(await restore.look(graph({ listOwners: list }), call));
    assert.equal(await look({ items: [OTHER] }), 'free');
    assert.equal(await look({ items: [OID] }), 'back');
    assert.equal(await look({ items: [], failure: DENIED }), 'denied');
    assert.equal(restore.same?.(call), restore.same?.({ ...call, name: 'renamed' }));
  });

  test('that is gone already is what was wanted', async () => {
    const act = (answer: unknown) => removeApplicationOwner.act(graph({ removeOwner: answer }), call);
    assert.equal(effectIn(await act(failed(NOT_FOUND))), 'done');
    assert.equal(effectIn(await act(failed(DENIED))), 'denied');
  });
});

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
  });

  test('is that of its id and no certificate, and its first characters are filed nowhere', async () => {
    const read = (credentials: readonly object[]) =>
      removeClientSecret.read(graph({ readCredentials: ok(credentials) }), call);
    const present = await read([secret]);
    assert.deepEqual(nowIn(present), call.expected);
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
  });

  test('that is another’s by now shows other facts, and one that opens nothing is gone', async () => {
    const read = (answers: Record<string, unknown>) => suspendSubscriptionKey.read(gateway(answers), call);
    assert.deepEqual(nowIn(await read(of({}))), call.expected);
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
