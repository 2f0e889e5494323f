import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { ENTRA } from '../../../../local/tenant/entra/directory.ts';
import { leaveDateOf } from '../../../../local/tenant/seeds/last-day.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { originalUpn } from '../../../../src/connectors/graph/people/original-upn.ts';
import {
  findPerson,
  holderOfUpn,
  listDeletedUsers,
  listDepartedUsers,
  listInactiveUsers,
  revokeSignInSessions,
} from '../../../../src/connectors/graph/people/users.ts';
import type { VendorResult } from '../../../../src/connectors/result.ts';
import { LeaverSchema } from '../../../../src/people/leaver.ts';
import { auditWindow } from '../../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { fc } from '../../../support/properties.ts';
import { failureOf, leaver, oidOf, startUsers, type UsersWorld } from './users-world.ts';

let now: UsersWorld['now'];
let state: UsersWorld['state'];
let app: UsersWorld['app'];
let config: UsersWorld['config'];
let tenant: UsersWorld['tenant'];
let admin: UsersWorld['admin'];
let prepare: UsersWorld['prepare'];
before(async () => {
  ({ now, state, app, config, tenant, admin, prepare } = await startUsers());
});
after(() => app.stop());
beforeEach(() => prepare());

test('an active person is found with one call, with the manager and the last day', async () => {
  const before = tenant.calls.length;
  const person = got(await findPerson(config, leaver));
  assert.deepEqual(person, {
    oid: leaver,
    state: 'active',
    displayName: WORLD.leaver.displayName,
    userPrincipalName: WORLD.leaver.userPrincipalName,
    mail: WORLD.leaver.mail,
    manager: { displayName: WORLD.manager.displayName, mail: WORLD.manager.mail },
    leaveAt: leaveDateOf(now),
    userType: 'Member',
    givenName: 'Alex',
    familyName: 'Moreau',
    createdAt: new Date(now.getTime() - 900 * 86_400_000).toISOString(),
  });
  assert.equal(tenant.calls.length - before, 1);
});

test('of an account from a directory on premises it is known how it signs in there', async () => {
  state.users.patch(leaver, { onPremisesSamAccountName: 'am0042', onPremisesDomainName: 'ad.nordwind.local' });
  const person = got(await findPerson(config, leaver));
  state.users.patch(leaver, { onPremisesSamAccountName: '', onPremisesDomainName: '' });
  assert.deepEqual(person.onPremises, { samAccountName: 'am0042', domain: 'ad.nordwind.local' });
  assert.equal(got(await findPerson(config, leaver)).onPremises, undefined);
});

const ODD = ['soon', '2026-11-20T00:00:00', '2026-13-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];
for (const value of ODD) {
  test(`a date that is ${value} is left out, said to be, and breaks nothing that is asked of the person`, async () => {
    const alter = (body: unknown): unknown => ({
      ...(body as object),
      employeeLeaveDateTime: value,
      deletedDateTime: value,
      createdDateTime: value,
    });
    tenant.faults.add({ vendor: 'graph', path: /\/users\//, effect: { kind: 'alter', alter } });
    const person = got(await findPerson(config, leaver));
    assert.deepEqual([person.leaveAt, person.deletedAt, person.createdAt], [undefined, undefined, undefined]);
    assert.deepEqual(person.oddDates, ['employeeLeaveDateTime', 'deletedDateTime']);
    const { agent: _, ...known } = person;
    const filed = LeaverSchema.parse({ ...known, github: [], devops: [] });
    assert.equal(auditWindow(filed, now, 'Europe/Paris', 90).departure, undefined);
  });
}

test('a disabled account is told from an active one', async () => {
  await admin.updateUser(leaver, { accountEnabled: false });
  assert.equal(got(await findPerson(config, leaver)).state, 'disabled');
  await admin.updateUser(leaver, { accountEnabled: true });
});

test('a soft-deleted person keeps the original UPN, and the deletion’s instant is known', async () => {
  await admin.deleteUser(leaver);
  const mangled = state.deletedUsers.get(leaver)?.userPrincipalName;
  assert.equal(mangled, `${leaver.replaceAll('-', '')}${WORLD.leaver.userPrincipalName}`);
  const person = got(await findPerson(config, leaver));
  assert.equal(person.state, 'soft-deleted');
  assert.equal(person.userPrincipalName, WORLD.leaver.userPrincipalName);
  assert.ok(Date.parse(person.deletedAt ?? '') >= now.getTime());
});

test('a soft-deleted person is found too where deleted items have no cast for one object', async () => {
  await admin.deleteUser(leaver);
  state.switches.castOnDeletedItem = false;
  const person = got(await findPerson(config, leaver));
  state.switches.castOnDeletedItem = true;
  assert.deepEqual([person.state, person.userPrincipalName], ['soft-deleted', WORLD.leaver.userPrincipalName]);
});

test('an id that is in neither list is gone', async () => {
  const stranger = oidOf('01234567-89ab-4cde-8f01-23456789abcd');
  assert.deepEqual(got(await findPerson(config, stranger)), { oid: stranger, state: 'gone' });
});

test('without the permission for deleted items a deleted person is denied, never gone', async () => {
  await admin.deleteUser(leaver);
  tenant.faults.add({ vendor: 'graph', path: /deletedItems/, effect: { kind: 'answer', status: 403 } });
  assert.equal(failureOf(await findPerson(config, leaver)).kind, 'denied');
});

test('without the permission for the last day everything else is read, and the gap is marked', async () => {
  app.reader.graph.delete('User-LifeCycleInfo.Read.All');
  const living = got(await findPerson(config, leaver));
  await admin.deleteUser(leaver);
  const deleted = got(await findPerson(config, leaver));
  app.reader.graph.add('User-LifeCycleInfo.Read.All');
  for (const person of [living, deleted]) {
    assert.deepEqual([person.leaveAt, person.leaveAtUnread], [undefined, true]);
    assert.equal(person.userPrincipalName, WORLD.leaver.userPrincipalName);
  }
  assert.deepEqual([living.state, deleted.state], ['active', 'soft-deleted']);
});

test('a missing permission is named', async () => {
  app.reader.graph.delete('User-LifeCycleInfo.Read.All');
  const departed = (await listDepartedUsers(config, now)).failure;
  const { failure } = await listDeletedUsers(config);
  app.reader.graph.add('User-LifeCycleInfo.Read.All');
  assert.match(departed?.kind === 'denied' ? (departed.missingPermission ?? '') : '', /User-LifeCycleInfo\.Read\.All/);
  assert.equal(failure, undefined, 'the deleted ones need no such permission');
});

test('a UPN has one holder: its owner while they are here, nobody after the deletion, then whoever gets it', async () => {
  const upn = WORLD.leaver.userPrincipalName;
  assert.equal(got(await holderOfUpn(config, upn)), leaver);
  await admin.deleteUser(leaver);
  assert.equal(failureOf(await holderOfUpn(config, upn)).kind, 'not-found');
  const [colleague] = WORLD.colleagues;
  const before = state.users.get(colleague.oid)?.userPrincipalName ?? '';
  state.users.patch(colleague.oid, { userPrincipalName: upn });
  assert.equal(got(await holderOfUpn(config, upn)), colleague.oid);
  state.users.patch(colleague.oid, { userPrincipalName: before });
});

test('a 404 that is not Graph’s own word makes nobody gone', async () => {
  for (const body of ['', '<html>not here</html>', '{"error":"nope"}', '{"error":{"code":"UnknownError"}}']) {
    tenant.faults.clear();
    tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 404, body } });
    assert.equal(failureOf(await findPerson(config, leaver)).kind, 'unavailable', body);
  }
});

test('sessions are revoked whether Graph answers 200 or 204', async () => {
  for (const status of [200, 204] as const) {
    state.switches.revokeAnswers = status;
    const result = await revokeSignInSessions(config, leaver);
    assert.ok(result.ok && result.requestId !== undefined);
    const validFrom = state.users.get(leaver)?.signInSessionsValidFromDateTime ?? '';
    assert.ok(Date.parse(validFrom) >= now.getTime());
  }
  state.switches.revokeAnswers = 200;
});

test('a deleted user’s sessions cannot be revoked, and that is said', async () => {
  await admin.deleteUser(leaver);
  assert.equal(failureOf(await revokeSignInSessions(config, leaver)).kind, 'not-found');
});

test('the inactive are the deleted and those whose last day has passed, and nobody else', async () => {
  const guest = oidOf(ENTRA.guest.oid);
  await admin.deleteUser(guest);
  const inactive = await listInactiveUsers(config, now);
  await admin.restoreUser(guest);
  assert.deepEqual(
    inactive.deleted.items.map(({ oid, state }) => [oid, state]),
    [[guest, 'soft-deleted']],
  );
  assert.deepEqual(
    inactive.departed.items.map(({ oid, state }) => [oid, state]),
    [[leaver, 'active']],
  );
});

test('only the person’s own id without hyphens is stripped from a UPN', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), fc.stringMatching(/^[a-z0-9.]{1,20}@[a-z]{1,10}\.example$/), (id, other, upn) => {
      fc.pre(id !== other && !upn.startsWith(id.replaceAll('-', '')));
      assert.equal(originalUpn(`${id.replaceAll('-', '').toUpperCase()}${upn}`, id), upn);
      assert.equal(originalUpn(upn, id), upn);
      assert.equal(originalUpn(`${other.replaceAll('-', '')}${upn}`, id), `${other.replaceAll('-', '')}${upn}`);
    }),
  );
});

function got<T>(result: VendorResult<T>): T {
  assert.ok(result.ok, result.ok ? '' : result.failure.message);
  return result.value;
}
