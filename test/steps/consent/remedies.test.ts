import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failed, ok } from '../../../src/connectors/result.ts';
import {
  assignmentState,
  deleteAppRoleAssignment,
} from '../../../src/steps/consent/remedies/delete-app-role-assignment.ts';
import { deleteDelegatedGrant, grantState } from '../../../src/steps/consent/remedies/delete-delegated-grant.ts';
import { deleteWorkloadRole } from '../../../src/steps/consent/remedies/delete-workload-role.ts';
import { removeApplicationOwner } from '../../../src/steps/consent/remedies/remove-application-owner.ts';
import { remedyOf } from '../../../src/steps/define-remedy.ts';
import { DENIED, effectIn, graph, ID, NOT_FOUND, nowIn, placeIn, stateIn } from './remedies-world.ts';

const OID = '0e000000-0000-4000-8000-000000000001';
const OTHER = '0e000000-0000-4000-8000-000000000002';

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
    assert.equal(grantState(everybodys).principal, null);
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
    assert.equal(await look({ items: [{ ...grant, resourceId: 'another' }] }), 'free');
    assert.deepEqual(deleteDelegatedGrant.leastCalls([call, call]), [{ vendor: 'graph', calls: 6 }]);
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

test('each cut takes three calls to Graph: to read it, to make it and to read it back', () => {
  const calls = [{ vendor: 'graph', calls: 6 }];
  const owner = { kind: 'remove-application-owner', set: 'applications', objectId: 'a', name: 'a', expected: {} };
  const owners = [owner, owner] as unknown as Parameters<typeof removeApplicationOwner.leastCalls>[0];
  assert.deepEqual(deleteAppRoleAssignment.leastCalls([roleCall, roleCall]), calls);
  assert.deepEqual(deleteWorkloadRole.leastCalls([workloadCall, workloadCall]), calls);
  assert.deepEqual(removeApplicationOwner.leastCalls(owners), calls);
});

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
    assert.equal(await look({ items: [{ ...assignment, principalId: OTHER }] }), 'free');
    assert.equal(await look({ items: [{ ...assignment, principalType: 'Group' }] }), 'other');
    assert.equal(await look({ items: [], failure: DENIED }), 'denied');
    assert.equal(await look({ items: [assignment], failure: DENIED }), 'back', 'what was seen is there');
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
    assert.deepEqual(await act(ok(undefined, 'request')), ok({ effect: 'done' }, 'request'));
    assert.equal(effectIn(await act(failed(NOT_FOUND))), 'done');
    assert.equal(effectIn(await act(failed(DENIED))), 'denied');
  });
});
