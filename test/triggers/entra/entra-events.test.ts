import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { casesOf, updateCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { getText } from '../../../src/connectors/storage/evidence/evidence.ts';
import { listRefs } from '../../../src/connectors/storage/evidence/list-evidence.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { receiveEntraEvent } from '../../../src/triggers/entra/entra-events.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());

const receive = (event: unknown, start = app.start): Promise<void> =>
  receiveEntraEvent(openVendors(app.config), app.config, event, start, app.log);
const statesOf = async (oid: Oid): Promise<string[]> => (await casesOf(app.config, oid)).map(({ row }) => row.state);

test('a deleted user becomes one running case, which knows the original user principal name', async () => {
  const oid = app.hire({ userPrincipalName: 'sam@northwind-capital.example' });
  await app.administrator.deleteUser(oid);
  await receive(app.updated(oid));
  const [stored] = await casesOf(app.config, oid);
  assert.equal(stored?.row.state, 'running');
  assert.ok(stored.row.deletedAt);
  const [started] = app.started.filter(({ instanceId }) => instanceId === `case-${oid}-1`);
  assert.equal(started?.input.person.userPrincipalName, 'sam@northwind-capital.example');
  assert.deepEqual(started.input.person.github, []);
  assert.equal(started.input.row.trigger, 'entra-event');
});

test('a user who is only updated, or only disabled, is no case', async () => {
  const oid = app.hire();
  await app.administrator.updateUser(oid, { accountEnabled: false });
  await receive(app.updated(oid));
  assert.deepEqual(await statesOf(oid), []);
  assert.deepEqual(app.startsOf(oid), []);
});

test('an event that comes twice, and another about the same deletion, make no second case', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const [first, second] = [app.updated(oid), app.updated(oid)];
  for (const event of [second, first, second, first]) await receive(event);
  const stored = await casesOf(app.config, oid);
  assert.deepEqual(
    stored.map(({ row }) => row.merged.length),
    [1],
  );
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
});

test('many events at the same moment make one case, started once', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  await Promise.all(Array.from({ length: 6 }, () => receive(app.updated(oid))));
  const stored = await casesOf(app.config, oid);
  assert.deepEqual(
    stored.map(({ row }) => [row.state, row.merged.length]),
    [['running', 5]],
  );
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
});

test('deleted, restored and deleted again later: the second case', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  await receive(app.updated(oid));
  await updateCase(app.config, makeCaseId(oid, 1), (row) => ({ ...row, state: 'filed' }));
  await app.administrator.restoreUser(oid);
  await receive(app.updated(oid));
  assert.deepEqual(await statesOf(oid), ['filed']);
  await app.administrator.deleteUser(oid);
  await receive(app.updated(oid));
  assert.deepEqual(await statesOf(oid), ['filed', 'running']);
});

test('a permanent deletion joins the case of the soft one', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  await receive(app.updated(oid));
  await app.administrator.deletePermanently(oid);
  await receive(app.deleted(oid));
  const stored = await casesOf(app.config, oid);
  assert.deepEqual(
    stored.map(({ row }) => row.merged.map(({ reason }) => reason)),
    [['Entra reported a permanent deletion.']],
  );
});

test('somebody of whom the directory knows nothing is a case about an id', async () => {
  const oid = parseOid(randomUUID()) as Oid;
  await receive(app.deleted(oid));
  const started = app.started.find(({ instanceId }) => instanceId === `case-${oid}-1`);
  assert.equal(started?.input.person.state, 'gone');
});

test('a new colleague whom a replica does not know yet is not taken for gone', async () => {
  const oid = parseOid(randomUUID()) as Oid;
  const slow = { ...app.config, REPLICATION_SECONDS: 120 };
  await assert.rejects(
    receiveEntraEvent(openVendors(slow), slow, app.updated(oid), app.start, app.log),
    /knows nobody/,
  );
  assert.deepEqual(await statesOf(oid), []);
  const later = (): Date => new Date(Date.now() + 125_000);
  await receiveEntraEvent(openVendors(slow), slow, app.updated(oid), app.start, app.log, later);
  assert.deepEqual(await statesOf(oid), ['running']);
});

test('a directory that does not answer loses nothing: the event is delivered again', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const event = app.updated(oid);
  for (const status of [403, 429, 503]) {
    const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status } });
    const before = app.logged.length;
    await assert.rejects(receive(event), /no case was opened/);
    lift();
    assert.ok(
      app.logged.slice(before).some((line) => line.startsWith('the directory cannot be read') && line.includes(oid)),
    );
  }
  assert.deepEqual(await statesOf(oid), []);
  await receive(event);
  assert.deepEqual(await statesOf(oid), ['running']);
});

test('a process that dies between the row and the start leaves a case that the next delivery starts', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const event = app.updated(oid);
  const dies = (): Promise<void> => Promise.reject(new Error('killed'));
  await assert.rejects(receive(event, dies), /killed/);
  assert.deepEqual(await statesOf(oid), ['open']);
  await receive(event);
  assert.deepEqual(await statesOf(oid), ['running']);
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
});

test('a protected account is refused, visibly, and never started', async () => {
  const oid = parseOid(WORLD.breakGlass.oid) as Oid;
  app.hire({ id: oid });
  await app.administrator.deleteUser(oid);
  await receive(app.updated(oid));
  await receive(app.updated(oid));
  const stored = await casesOf(app.config, oid);
  assert.deepEqual(
    stored.map(({ row }) => [row.state, row.merged.length]),
    [['refused', 1]],
  );
  assert.match(stored[0]?.row.refusal ?? '', /protected/);
  assert.deepEqual(app.startsOf(oid), []);
  assert.ok(app.logged.some((line) => line.includes('refused') && line.includes(oid)));
});

test('what is no event of this tenant is kept with the reason, acknowledged, and makes no case', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const good = app.updated(oid);
  const bad: readonly (readonly [unknown, RegExp])[] = [
    ['not even an object', /not a CloudEvent/],
    [{ ...good, specversion: undefined, eventType: 'x' }, /specversion/],
    [{ ...good, data: { ...good.data, tenantId: randomUUID() } }, /another tenant/],
    [{ ...good, source: `/tenants/${randomUUID()}/applications/x` }, /another tenant/],
    [{ ...good, type: 'Microsoft.Graph.GroupUpdated' }, /type/],
    [{ ...good, data: { ...good.data, resourceData: { ...good.data.resourceData, id: 'me' } } }, /object id/],
  ];
  const before = await rejected();
  for (const [event] of bad) await receive(event);
  // The same again is the same blob.
  await receive(bad[0]?.[0]);
  const kept = (await rejected()).filter((text) => !before.includes(text));
  assert.equal(kept.length, bad.length);
  for (const [, reason] of bad)
    assert.ok(kept.some((text) => reason.test((JSON.parse(text) as { reason: string }).reason)));
  assert.deepEqual(await statesOf(oid), []);
});

test('a credential inside a rejected event is not kept with it', async () => {
  const secret = await app.tenant.tokens.issue({ audience: 'x', oid: 'x', clientId: 'x' });
  await receive({ note: 'nonsense', authorization: `Bearer ${secret}` });
  const kept = await rejected();
  assert.ok(kept.some((text) => text.includes('nonsense')));
  assert.ok(kept.every((text) => !text.includes(secret.slice(-40))));
});

test('a subscription that is about to end is renewed, and a renewal that fails is asked for again', async () => {
  const event = { ...app.updated(app.hire()), type: 'Microsoft.Graph.SubscriptionReauthorizationRequired' };
  const path = new RegExp(`/v1.0/subscriptions/${event.data.subscriptionId}$`);
  const answer = { vendor: 'graph', method: 'PATCH', path, times: 1 } as const;
  app.tenant.faults.add({ ...answer, effect: { kind: 'answer', status: 503 } });
  await assert.rejects(receive(event), /not renewed/);
  const body = JSON.stringify({ expirationDateTime: '2026-12-21T00:00:00Z' });
  const headers = { 'content-type': 'application/json' };
  app.tenant.faults.add({ ...answer, effect: { kind: 'answer', status: 200, headers, body } });
  await receive(event);
  assert.ok(app.logged.some((line) => line.includes('renewed') && line.includes('2026-12-21')));
});

test('the type of an event is compared without case', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  await receive({ ...app.updated(oid), type: 'microsoft.graph.userUpdated' });
  assert.deepEqual(await statesOf(oid), ['running']);
});

async function rejected(): Promise<string[]> {
  const refs = await listRefs(app.config, 'work', 'rejected/');
  return Promise.all(refs.map(async ({ name }) => (await getText(app.config, 'work', name)) ?? ''));
}
