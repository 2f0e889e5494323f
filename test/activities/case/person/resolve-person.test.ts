import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { resolvePerson } from '../../../../activities/case/person/resolve-person.ts';
import { findPerson } from '../../../../src/connectors/graph/people/users.ts';
import { openVendors } from '../../../../src/connectors/vendors.ts';
import type { Answer } from '../../../../src/people/answers/answers.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { startIntakeApp } from '../../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
afterEach(() => app.tenant.faults.clear());

const PARIS = 'Europe/Paris';

async function personOf(oid: Oid): Promise<Leaver> {
  const found = await findPerson(app.config, oid);
  assert.ok(found.ok);
  return { ...found.value, github: [], devops: [] };
}
/** Nobody has said when these people’s last day was. */
const read = { 'entra/users': 'complete', 'entra/leave-date': 'partial' };
const statesOf = (known: Awaited<ReturnType<typeof resolvePerson>>): Record<string, string> =>
  Object.fromEntries(known.coverage.map(({ source, state }) => [source, state]));

test('a UPN that somebody else has by now is not used to look up the leaver', async () => {
  const oid = app.hire();
  const upn = (await personOf(oid)).userPrincipalName ?? '';
  await app.administrator.deleteUser(oid);
  const deleted = await personOf(oid);
  const free = await resolvePerson(openVendors(app.config), deleted, new Date(), PARIS);
  assert.equal(free.person.userPrincipalName, upn);
  assert.deepEqual(statesOf(free), { ...read, 'entra/user-principal-name': 'complete' });

  const successor = app.hire({ userPrincipalName: upn });
  const taken = await resolvePerson(openVendors(app.config), deleted, new Date(), PARIS);
  assert.equal(taken.person.userPrincipalName, undefined);
  assert.equal(statesOf(taken)['entra/user-principal-name'], 'partial');
  assert.ok(taken.coverage.some(({ detail }) => detail?.includes(successor)));
});

test('nor is one of which nobody can say whose it is, unless it was freed a moment ago', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const deleted = await personOf(oid);
  app.tenant.faults.add({ vendor: 'graph', path: /\/users\//, effect: { kind: 'answer', status: 503 } });
  const tomorrow = await resolvePerson(openVendors(app.config), deleted, new Date(Date.now() + 86_400_000), PARIS);
  assert.equal(tomorrow.person.userPrincipalName, undefined);
  const atOnce = await resolvePerson(openVendors(app.config), deleted, new Date(), PARIS);
  assert.equal(atOnce.person.userPrincipalName, deleted.userPrincipalName);
  for (const known of [tomorrow, atOnce])
    assert.deepEqual([statesOf(known)['entra/user-principal-name'], known.failures.length], ['unavailable', 1]);
});

test('somebody whom Entra did not know at first is read again, and the report says where that failed too', async () => {
  const oid = app.hire();
  const opened: Leaver = { oid, state: 'unreadable', github: [], devops: [] };
  const known = await resolvePerson(openVendors(app.config), opened, new Date(), PARIS);
  assert.deepEqual([known.person.state, statesOf(known)], ['active', read]);

  const body = '{"error":{"code":"Authorization_RequestDenied"}}';
  app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 403, body } });
  const unknown = await resolvePerson(openVendors(app.config), opened, new Date(), PARIS);
  assert.deepEqual(
    [unknown.person.state, unknown.person.blockedBy?.person, statesOf(unknown)],
    ['unreadable', 'User.Read.All', { 'entra/users': 'denied', 'entra/leave-date': 'denied' }],
  );
});

test('a last day that may not be read is a gap with the permission that closes it', async () => {
  const oid = app.hire();
  const { coverage } = await resolvePerson(
    openVendors(app.config),
    { ...(await personOf(oid)), leaveAtUnread: true },
    new Date(),
    PARIS,
  );
  assert.deepEqual(
    coverage.map(({ state, missingPermission }) => [state, missingPermission]),
    [
      ['complete', undefined],
      ['denied', 'User-LifeCycleInfo.Read.All'],
    ],
  );
});

test('a last day is known from whoever asked or from Entra; where neither tells it, that is a gap', async () => {
  const oid = app.hire();
  const person = await personOf(oid);
  const dateLine = async (known: Partial<Leaver>) => {
    const { coverage } = await resolvePerson(openVendors(app.config), { ...person, ...known }, new Date(), PARIS);
    return coverage.find(({ source }) => source === 'entra/leave-date');
  };
  const unknown = await dateLine({});
  assert.equal(unknown?.state, 'partial');
  assert.match(unknown?.detail ?? '', /Neither the request nor Entra/);
  assert.equal((await dateLine({ lastDay: '2026-11-02' }))?.state, 'complete');
  assert.equal((await dateLine({ leaveAt: '2026-11-02T12:00:00Z' }))?.state, 'complete');
  assert.equal((await dateLine({ leaveAtUnread: true, lastDay: '2026-11-02' }))?.state, 'complete');
  const contract = { leaveAt: new Date(Date.now() + 400 * 86_400_000).toISOString() };
  assert.equal((await dateLine({ ...contract, state: 'active' }))?.state, 'complete', 'nobody has left yet');
  const ended = await dateLine({ ...contract, state: 'disabled' });
  assert.equal(ended?.state, 'partial');
  assert.match(
    ended?.detail ?? '',
    /^Entra says .* still to come, although the account is disabled\. .*Answer it on the case: offboard case answer <case> last-day/,
  );
  assert.equal((await dateLine({ ...contract, state: 'disabled', lastDay: '2026-11-02' }))?.state, 'complete');
  const deletedAt = new Date().toISOString();
  const deleted = await dateLine({ ...contract, state: 'soft-deleted', deletedAt });
  assert.match(deleted?.detail ?? '', /which is after the account was deleted/);
});

test('one person’s last day is used, and closes the gap only once a second person confirms it', async () => {
  const person = await personOf(app.hire());
  const said = { kind: 'last-day', statement: 'is', day: '2026-11-02', reason: 'Told.', by: 'a1' } as const;
  const at = '2026-11-20T10:00:00Z';
  const answer: Answer = { ...said, oid: person.oid, n: 1, at, shown: '0'.repeat(64), filed: [] };
  const stateBy = async (answers: readonly Answer[]) => {
    const resolved = await resolvePerson(openVendors(app.config), person, new Date(), PARIS, answers);
    return [resolved.person.answeredLastDay?.day, statesOf(resolved)['entra/leave-date']];
  };
  assert.deepEqual(await stateBy([answer]), ['2026-11-02', 'partial']);
  const confirmed = { by: 'b2', at, reason: 'Seen.' };
  assert.deepEqual(await stateBy([{ ...answer, confirmed }]), ['2026-11-02', 'complete']);
});

test('a date of the directory that is no instant is a gap, however well the day is known', async () => {
  const person = await personOf(app.hire());
  const lines = async (known: Partial<Leaver>) => {
    const { coverage } = await resolvePerson(openVendors(app.config), { ...person, ...known }, new Date(), PARIS);
    return Object.fromEntries(coverage.map(({ source, state, detail }) => [source, `${state} ${detail}`]));
  };
  const leave = await lines({ lastDay: '2026-11-02', oddDates: ['employeeLeaveDateTime'] });
  assert.match(leave['entra/leave-date'] ?? '', /^partial Entra’s employeeLeaveDateTime is not an instant/);
  const deletion = await lines({ lastDay: '2026-11-02', oddDates: ['deletedDateTime'] });
  assert.match(deletion['entra/users'] ?? '', /^partial Entra’s deletedDateTime is not an instant/);
});
