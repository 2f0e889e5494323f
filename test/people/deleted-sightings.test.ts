import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeletedSighting, deletedAsLong, shownBefore, sightingsOf } from '../../src/people/deleted-sightings.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import type { Oid } from '../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const NOW = new Date('2026-06-30T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ago = (ms: number): string => new Date(NOW.getTime() - ms).toISOString();
const sighting = (change: Partial<DeletedSighting> = {}): DeletedSighting => ({
  list: 'consents',
  shown: true,
  oid: oid(2),
  at: ago(10 * DAY),
  deletedForMs: 5 * DAY,
  ...change,
});
const leaver = (deletedAgo: number): Pick<Leaver, 'oid' | 'state' | 'deletedAt'> => ({
  oid: oid(1),
  state: 'soft-deleted',
  deletedAt: ago(deletedAgo),
});

/** What is remembered of the list, for how long the leaver has been deleted, and the day that counts. */
const SITUATIONS: readonly (readonly [string, readonly DeletedSighting[], number, string | undefined])[] = [
  ['nothing is remembered', [], HOUR, undefined],
  ['it showed somebody who had been deleted for longer', [sighting()], HOUR, '2026-06-20'],
  ['it showed somebody who had been deleted for as long', [sighting()], 5 * DAY, '2026-06-20'],
  ['it showed somebody who had only just been deleted', [sighting({ deletedForMs: 60_000 })], DAY, undefined],
  ['both were only just deleted', [sighting({ deletedForMs: 30_000 })], 90_000, '2026-06-20'],
  ['that was more than ninety days ago', [sighting({ at: ago(91 * DAY) })], HOUR, undefined],
  ['of several the latest day counts', [sighting({ at: ago(40 * DAY) }), sighting()], HOUR, '2026-06-20'],
  ['it was the leaver’s own', [sighting({ oid: oid(1) })], HOUR, undefined],
  ['it was another list', [sighting({ list: 'roles' })], HOUR, undefined],
  ['it left something out since', [sighting(), sighting({ shown: false, at: ago(DAY) })], HOUR, undefined],
  ['it left something out before', [sighting(), sighting({ shown: false, at: ago(20 * DAY) })], HOUR, undefined],
  ['it left something out long ago', [sighting(), sighting({ shown: false, at: ago(91 * DAY) })], HOUR, '2026-06-20'],
];
for (const [name, sightings, deletedAgo, expected] of SITUATIONS) {
  test(`what a list shows of the deleted: ${name}`, () => {
    assert.equal(shownBefore('consents', sightings, leaver(deletedAgo), NOW), expected);
  });
}

for (const state of ['gone', 'unreadable', 'active', 'disabled'] as const) {
  test(`of somebody ${state} nobody knows for how long, so that nothing remembered counts`, () => {
    assert.equal(shownBefore('consents', [sighting()], { ...leaver(HOUR), state }, NOW), undefined);
  });
}

test('a reading is a sighting of each deleted person in it whose deletion has a date, in whatever case', () => {
  const deleted = [
    { oid: oid(2), deletedAt: ago(DAY) },
    { oid: oid(3), deletedAt: ago(DAY) },
    { oid: oid(4) },
    { oid: oid(5), deletedAt: ago(-DAY) },
  ];
  const shown = [oid(2), oid(4), oid(5), oid(6)].map((id) => id.toUpperCase());
  assert.deepEqual(sightingsOf('consents', shown, deleted, NOW), [
    { list: 'consents', shown: true, oid: oid(2), at: NOW.toISOString(), deletedForMs: DAY },
  ]);
});

test('somebody is deleted for as long as the person where both have a date, by clocks ten minutes apart', () => {
  const asLong = (other: number | undefined, person: Partial<Pick<Leaver, 'state' | 'deletedAt'>> = {}) =>
    deletedAsLong(other === undefined ? {} : { deletedAt: ago(other) }, { ...leaver(DAY), ...person }, NOW);
  assert.ok(asLong(2 * DAY) && asLong(DAY) && asLong(DAY - 600_000));
  assert.ok(!asLong(DAY - 600_001) && !asLong(HOUR) && !asLong(undefined));
  assert.ok(!asLong(2 * DAY, { state: 'disabled' }));
  assert.ok(!deletedAsLong({ deletedAt: ago(DAY) }, { state: 'soft-deleted' }, NOW));
});
