import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { ArmNamedValue } from '../../../local/tenant/arm/state.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import { openDenied } from '../../../src/connectors/denied/index.ts';
import type { Projected } from '../../../src/connectors/denied/project.ts';
import type { VendorResult } from '../../../src/connectors/result.ts';
import { tableOf } from '../../../src/connectors/storage/base/tables.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import { seedContext } from '../../support/seed-context.ts';

const state = seedArm(seedContext());
const app = await startApp({ vendors: (core) => [makeArm(core, state)], storage: true });
after(() => app.stop());
const { config, tenant } = app;
const vendors = openVendors(config);
const denied = openDenied({ ...vendors, restMs: 0 });
const [first, second] = state.namedValues.all() as [ArmNamedValue, ArmNamedValue];

const oidOf = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const caseOf = (n: number, count = 1): CaseId => makeCaseId(oidOf(n), count);
const AT = '2026-11-28T09:00:00.000Z';
const LATER = new Date('2026-11-28T10:00:00.000Z');
const deny = (n: number, count = 1) =>
  denied.deny({ oid: oidOf(n), kind: 'person', caseId: caseOf(n, count), why: 'left', at: AT });
const listed = (): string[] =>
  [first, second].flatMap(({ value }) => value.split(',').filter((each) => each.length === 36)).sort();
const who = (...numbers: readonly number[]): string[] => numbers.map(oidOf).sort();
const codesOf = (projected: VendorResult<Projected>): string[] => {
  assert.ok(projected.ok);
  return projected.value.faults.map(({ code }) => code);
};
const project = async (): Promise<string[]> => codesOf(await denied.project(LATER));

beforeEach(async () => {
  tenant.faults.clear();
  for (const row of [first, second]) row.value = ',none,';
  await forgetDenied(config);
});

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

test('an apply that emptied the list is repaired and told', async () => {
  for (const n of [1, 2, 3]) await deny(n);
  for (const row of [first, second]) row.value = ',none,';
  assert.deepEqual(await project(), ['deny-list-drifted']);
  assert.deepEqual(listed(), who(1, 2, 3));
  assert.deepEqual(await project(), []);
});

test('an id that somebody put on the list by hand stays, is told once, and has a row from then on', async () => {
  await deny(1);
  first.value = `,none,${oidOf(1)},${oidOf(7)},`;
  assert.deepEqual(await project(), ['deny-list-adopted']);
  assert.deepEqual(listed(), who(1, 7));
  assert.equal((await vendors.storage.getDenied(oidOf(7)))?.kind, 'unknown');
  assert.deepEqual(await project(), []);
  await deny(7);
  const row = await vendors.storage.getDenied(oidOf(7));
  assert.deepEqual([row?.kind, row?.caseId], ['person', caseOf(7)]);
});

async function loseRows(...numbers: readonly number[]): Promise<void> {
  for (const n of numbers) await tableOf(config, 'denied').deleteEntity('denied', oidOf(n));
}

test('a table that was lost takes nobody off the list, is told by every run, and the next leaver is denied all the same', async () => {
  for (const n of [1, 2, 3]) await deny(n);
  await loseRows(1, 2, 3);
  assert.deepEqual(await project(), ['deny-list-blocked']);
  assert.deepEqual(await project(), ['deny-list-blocked']);
  const next = await deny(4);
  assert.ok(next.kind === 'denied');
  assert.deepEqual(codesOf(next.projected), ['deny-list-blocked']);
  assert.deepEqual(listed(), who(1, 2, 3, 4));
});

test('a table that was restored from before a release does not deny again whom it has forgotten to have released', async () => {
  for (const n of [1, 2]) await deny(n);
  const old = await vendors.storage.getDenied(oidOf(1));
  await denied.release({ oid: oidOf(1), at: AT, by: 'operator', why: 'by mistake' });
  await vendors.storage.changeDenied(oidOf(1), () => old);
  assert.deepEqual(await project(), ['deny-list-blocked']);
  assert.deepEqual(listed(), who(2));
  await deny(3);
  await deny(4);
  assert.deepEqual(listed(), who(2, 3, 4), 'new rows do not make up for lost ones');
});

const laterChanges: Readonly<Record<string, () => Promise<unknown>>> = {
  'a new denial': () => deny(3),
  'a release': () => denied.release({ oid: oidOf(2), at: AT, by: 'operator', why: 'came back' }),
  'a denial that ends by itself': () => project(),
};
for (const [name, change] of Object.entries(laterChanges))
  test(`a lost release is noticed although ${name} comes first`, async () => {
    for (const n of [1, 2]) await deny(n);
    const about = { oid: oidOf(5), kind: 'identity', caseId: caseOf(2), why: 'x', at: AT } as const;
    await denied.deny({ ...about, until: LATER.toISOString() });
    const old = await vendors.storage.getDenied(oidOf(1));
    await denied.release({ oid: oidOf(1), at: AT, by: 'operator', why: 'by mistake' });
    await vendors.storage.changeDenied(oidOf(1), () => old);
    await change();
    assert.deepEqual(await project(), ['deny-list-blocked']);
    assert.ok(!listed().includes(oidOf(1)), 'nobody denies the released person again');
  });

test('who accepts a table takes nobody off the list, and from then on it is projected again', async () => {
  for (const n of [1, 2]) await deny(n);
  await loseRows(1, 2);
  await project();
  assert.deepEqual(codesOf(await denied.accept('operator', LATER)), []);
  assert.deepEqual(listed(), who(1, 2));
  assert.match((await vendors.storage.getDenied(oidOf(1)))?.why ?? '', /operator accepted/);
  await denied.release({ oid: oidOf(1), at: AT, by: 'operator', why: 'by mistake' });
  assert.deepEqual(listed(), who(2));
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

test('who stands on the list in a form that the gateway does not read is refused once somebody is denied, and it is told', async () => {
  first.value = `none, ${oidOf(1)}`;
  second.value = `{${oidOf(2).toUpperCase()}};${oidOf(3)}\n`;
  assert.deepEqual(await vendors.gateway.isDenied(oidOf(1)), { ok: true, value: false }, 'the policy lets them in');
  const result = await deny(1);
  assert.ok(result.kind === 'denied' && result.projected.ok && result.projected.value.holds.has(oidOf(1)));
  assert.deepEqual(listed(), who(1, 2, 3));
  const told = result.projected.value.faults.filter(({ code }) => code === 'deny-list-rewritten');
  assert.deepEqual(
    told.map(({ message }) => who(1, 2, 3).filter((oid) => message.includes(oid))),
    [who(1), who(2, 3)],
  );
  assert.deepEqual(await vendors.gateway.isDenied(oidOf(1)), { ok: true, value: true });
});

test('the timer puts the list into the form that the gateway reads, and says so once', async () => {
  await deny(1);
  first.value = `none, ${oidOf(1)} `;
  assert.deepEqual(await project(), ['deny-list-rewritten']);
  assert.deepEqual([first.value, await project()], [`,none,${oidOf(1)},`, []]);
});

test('who was released leaves the list in whatever form they stand on it', async () => {
  await deny(1);
  await deny(2);
  await denied.release({ oid: oidOf(1), at: AT, by: 'operator', why: 'by mistake' });
  first.value = `,none, ${oidOf(1)}, ${oidOf(2)},`;
  await project();
  assert.deepEqual(listed(), who(2));
});
