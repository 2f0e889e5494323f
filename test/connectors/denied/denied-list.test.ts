import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { tableOf } from '../../../src/connectors/storage/base/tables.ts';
import { AT, caseOf, codesOf, type DeniedWorld, LATER, oidOf, startDenied, who } from './denied-world.ts';

let app: DeniedWorld['app'];
let config: DeniedWorld['config'];
let vendors: DeniedWorld['vendors'];
let denied: DeniedWorld['denied'];
let first: DeniedWorld['first'];
let second: DeniedWorld['second'];
let deny: DeniedWorld['deny'];
let listed: DeniedWorld['listed'];
let project: DeniedWorld['project'];
let prepare: DeniedWorld['prepare'];
before(async () => {
  ({ app, config, vendors, denied, first, second, deny, listed, project, prepare } = await startDenied());
});
after(() => app.stop());
beforeEach(() => prepare());

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
