import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openDenied } from '../../../src/connectors/denied/index.ts';
import { tableOf } from '../../../src/connectors/storage/base/tables.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { AT, caseOf, type DeniedWorld, LATER, oidOf, startDenied, who } from './denied-world.ts';

let app: DeniedWorld['app'];
let config: DeniedWorld['config'];
let tenant: DeniedWorld['tenant'];
let vendors: DeniedWorld['vendors'];
let denied: DeniedWorld['denied'];
let first: DeniedWorld['first'];
let second: DeniedWorld['second'];
let deny: DeniedWorld['deny'];
let listed: DeniedWorld['listed'];
let project: DeniedWorld['project'];
let prepare: DeniedWorld['prepare'];
before(async () => {
  ({ app, config, tenant, vendors, denied, first, second, deny, listed, project, prepare } = await startDenied());
});
after(() => app.stop());
beforeEach(() => prepare());

test('who is denied has a row and is on the list; whoever is released leaves it, and the row says who, when and why', async () => {
  const result = await deny(1);
  assert.ok(result.kind === 'denied' && result.projected.ok && result.projected.value.holds.has(oidOf(1)));
  assert.deepEqual(listed(), who(1));
  const { row } = await denied.release({ oid: oidOf(1), at: AT, by: 'operator', why: 'by mistake' });
  assert.deepEqual([row?.state, row?.released], ['released', { at: AT, by: 'operator', why: 'by mistake' }]);
  assert.deepEqual(listed(), []);
  assert.equal((await vendors.storage.getDenied(oidOf(1)))?.state, 'released');
});

test('a gateway that does not answer loses nothing: the row is there, and the next run writes it', async () => {
  const lift = tenant.faults.add({ vendor: 'arm', effect: { kind: 'answer', status: 503 } });
  const result = await deny(1);
  assert.ok(result.kind === 'denied' && !result.projected.ok);
  lift();
  await project();
  assert.deepEqual(listed(), who(1));
  const away = tenant.faults.add({ vendor: 'arm', effect: { kind: 'answer', status: 503 } });
  await denied.release({ oid: oidOf(1), at: AT, by: 'operator', why: 'by mistake' });
  away();
  await project();
  assert.deepEqual(listed(), []);
});

test('many leavers at once, in several processes, are all denied, with a tenth as many writes as leavers', async () => {
  const crowd = Array.from({ length: 150 }, (_, n) => n + 1);
  const processes = [vendors, vendors, vendors].map((stores) => openDenied({ ...stores, restMs: 500 }));
  tenant.calls.length = 0;
  const results = await Promise.all(
    crowd.map(async (n) => {
      const about = { oid: oidOf(n), kind: 'person', caseId: caseOf(n), why: 'left', at: AT } as const;
      return processes[n % processes.length]?.deny(about);
    }),
  );
  for (const [index, result] of results.entries())
    assert.ok(result?.kind === 'denied' && result.projected.ok && result.projected.value.holds.has(oidOf(index + 1)));
  assert.deepEqual(listed(), who(...crowd));
  const written = tenant.calls.filter(({ method }) => method === 'PATCH');
  assert.ok(written.length <= crowd.length / 10, `${written.length} writes, those that lost a race included`);
});

test('a turn that was never given back keeps nobody from being denied', async () => {
  // The one before may be resting.
  await tableOf(config, 'caseindex')
    .deleteEntity('mark', 'turn')
    .catch(() => undefined);
  const taken = await vendors.storage.takeTurn(300);
  assert.ok('giveBack' in taken);
  await deny(1);
  assert.deepEqual(listed(), who(1));
  await taken.giveBack(60_000);
  assert.ok('giveBack' in (await vendors.storage.takeTurn(1)), 'whoever was late with it holds up nobody');
});

test('a table that does not answer writes nothing', async () => {
  for (const n of [1, 2]) await deny(n);
  const away = openDenied(openVendors({ ...config, TABLE_ENDPOINT: 'https://127.0.0.1:1/none' }));
  tenant.calls.length = 0;
  await assert.rejects(away.project(LATER));
  assert.deepEqual(
    tenant.calls.filter(({ vendor }) => vendor === 'arm'),
    [],
  );
});

test('a denial with an end is released by itself, on record', async () => {
  await denied.deny({
    oid: oidOf(1),
    kind: 'identity',
    caseId: caseOf(1),
    why: 'x',
    at: AT,
    until: LATER.toISOString(),
  });
  await denied.project(new Date(LATER.getTime() - 1));
  assert.deepEqual(listed(), who(1));
  await project();
  assert.deepEqual(listed(), []);
  assert.equal((await vendors.storage.getDenied(oidOf(1)))?.released?.by, 'expiry');
});

test('at four fifths of the room people are told, and whom no named value has room for is told by name', async () => {
  const fill = (from: number, count: number): string =>
    `,none,${Array.from({ length: count }, (_, n) => oidOf(from + n)).join(',')},`;
  first.value = fill(1_000, 110);
  second.value = fill(2_000, 65);
  await denied.accept('operator', LATER);
  assert.deepEqual(await project(), []);
  second.value = fill(2_000, 110);
  await denied.accept('operator', LATER);
  assert.deepEqual(await project(), ['deny-list-nearly-full']);
  const result = await deny(1);
  assert.ok(result.kind === 'denied' && result.projected.ok);
  const [fault] = result.projected.value.faults;
  assert.equal(fault?.code, 'deny-list-full');
  assert.ok(fault?.message.includes(oidOf(1)));
  assert.equal(result.projected.value.holds.has(oidOf(1)), false);
});

test('what was asked for under an older generation is late: nothing is written, on the table or on the list', async () => {
  const before = await deny(1);
  assert.ok(before.kind === 'denied');
  await denied.release({ oid: oidOf(1), caseId: caseOf(1), at: AT, by: 'entra', why: 'restored' });
  const { generation } = before.row;
  tenant.calls.length = 0;
  const denial = { oid: oidOf(1), kind: 'person', caseId: caseOf(1), why: 'left', at: AT } as const;
  assert.equal((await denied.deny(denial, { generation })).kind, 'late');
  assert.equal((await denied.deny(denial)).kind, 'late');
  assert.deepEqual([listed(), tenant.calls.length], [[], 0]);
  assert.equal((await deny(1, 2)).kind, 'denied', 'another leaving denies again');
  assert.deepEqual(listed(), who(1));
});

test('an older case that is delivered late neither takes the row of a newer one nor denies again whom that has released', async () => {
  const first = await deny(1);
  assert.ok(first.kind === 'denied');
  const late = () =>
    denied.deny(
      { oid: oidOf(1), kind: 'person', caseId: caseOf(1), why: 'left', at: AT },
      { generation: first.row.generation },
    );
  await deny(1, 2);
  assert.equal((await late()).kind, 'late');
  assert.equal((await vendors.storage.getDenied(oidOf(1)))?.caseId, caseOf(1, 2));
  await denied.release({ oid: oidOf(1), at: AT, by: 'operator', why: 'back' });
  assert.equal((await late()).kind, 'late');
  assert.deepEqual(listed(), []);
});

test('a release for one case leaves the denial of a later one alone', async () => {
  await deny(1);
  await deny(1, 2);
  const { changed } = await denied.release({ oid: oidOf(1), caseId: caseOf(1), at: AT, by: 'entra', why: 'restored' });
  assert.deepEqual([changed, listed()], [false, who(1)]);
});
