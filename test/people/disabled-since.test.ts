import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DisabledSighting,
  disabledAt,
  disabledByChange,
  isDisabledFor,
  isNewSighting,
  newlyLeft,
} from '../../src/people/disabled-since.ts';
import type { Oid } from '../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const day = (n: number, ms = 0): string =>
  new Date(Date.parse('2026-11-01T00:00:00.000Z') + n * 86_400_000 + ms).toISOString();
const seen = (from: number, to: number, more: Partial<DisabledSighting> = {}): DisabledSighting => ({
  oid: oid(1),
  from: day(from),
  to: day(to),
  ...more,
});

test('an account stays disabled since the first sweep that saw it, unless no sweep looked for more than two days', () => {
  assert.deepEqual(disabledAt([oid(1)], [seen(0, 3, { worked: true })], day(4)), [seen(0, 4, { worked: true })]);
  assert.deepEqual(disabledAt([oid(1)], [seen(0, 3)], day(5)), [seen(0, 5)]);
  assert.deepEqual(disabledAt([oid(1)], [seen(0, 3)], day(5, 1)), [{ oid: oid(1), from: day(5, 1), to: day(5, 1) }]);
  assert.deepEqual(disabledAt([oid(2)], [seen(0, 3)], day(4)), [{ oid: oid(2), from: day(4), to: day(4) }]);
});

test('a change shows that an account worked before only where it was made more than a day earlier', () => {
  const changed = (createdAt: string | undefined, known?: DisabledSighting) =>
    disabledByChange({ oid: oid(1), ...(createdAt && { createdAt }) }, known, day(9), day(10));
  assert.deepEqual(changed(day(1)), seen(9, 10, { worked: true }));
  assert.deepEqual(changed(day(8)), seen(9, 10));
  assert.deepEqual(changed(day(8, -1)), seen(9, 10, { worked: true }));
  assert.deepEqual(changed(undefined), seen(9, 10));
  assert.deepEqual(changed(day(1), seen(4, 9)), seen(4, 10, { worked: true }));
});

test('somebody has newly left whose account worked, is disabled for the days, and was not asked about', () => {
  const left = (sighting: DisabledSighting, days = 3) => newlyLeft([sighting], days, day(5)).length;
  assert.equal(left(seen(2, 4, { worked: true })), 1);
  assert.equal(left(seen(3, 4, { worked: true })), 0);
  assert.equal(left(seen(2, 4)), 0);
  assert.equal(left(seen(2, 4, { worked: true, asked: true })), 0);
  assert.equal(left(seen(0, 1, { worked: true })), 0, 'nobody looked since');
  assert.ok(isDisabledFor(seen(0, 3), 3));
  assert.ok(!isDisabledFor(seen(0, 3), 4));
});

test('a sighting is written anew when it begins, and once a day while it goes on', () => {
  assert.ok(isNewSighting(seen(0, 0), undefined));
  assert.ok(isNewSighting(seen(1, 1), seen(0, 1)));
  assert.ok(!isNewSighting({ ...seen(0, 1), to: day(1, -1) }, seen(0, 0)));
  assert.ok(isNewSighting(seen(0, 1), seen(0, 0)));
});
