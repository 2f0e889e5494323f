import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSchedule } from '../../../local/host/triggers/ncrontab.ts';
import { fc } from '../../support/properties.ts';

const next = (expression: string, after: string, zone?: string): string =>
  new Date(parseSchedule(expression, zone)(Date.parse(after))).toISOString();

for (const [expression, after, expected] of [
  ['0 */15 * * * *', '2026-01-01T00:00:00Z', '2026-01-01T00:15:00.000Z'],
  ['*/10 * * * * *', '2026-01-01T00:00:01Z', '2026-01-01T00:00:10.000Z'],
  ['0 30 9 * * Mon-Fri', '2026-01-02T10:00:00Z', '2026-01-05T09:30:00.000Z'],
  ['0 0 0 1 Jan,Jul *', '2026-01-01T00:00:00Z', '2026-07-01T00:00:00.000Z'],
  ['30 9 * * *', '2026-01-01T10:00:00Z', '2026-01-02T09:30:00.000Z'],
  ['0 0 12 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T12:00:00.000Z'],
  ['00:05:00', '2026-01-01T00:00:07Z', '2026-01-01T00:05:07.000Z'],
] as const) {
  test(`after ${after} the schedule ${expression} is next due at ${expected}`, () => {
    assert.equal(next(expression, after), expected);
  });
}

test('where both day fields are set, both must hold', () => {
  assert.equal(next('0 0 0 13 * Fri', '2026-01-01T00:00:00Z'), '2026-02-13T00:00:00.000Z');
});

test('a schedule follows the time zone, and skips with its summer time', () => {
  assert.equal(next('0 0 9 * * *', '2026-01-01T00:00:00Z', 'Europe/Berlin'), '2026-01-01T08:00:00.000Z');
  assert.equal(next('0 0 9 * * *', '2026-07-01T00:00:00Z', 'Europe/Berlin'), '2026-07-01T07:00:00.000Z');
});

for (const expression of ['', '* * * *', '0 0 0 0 0 0 0', '0 61 * * * *', '0 0 0 L * *', '0 0 ? * * *', 'hourly']) {
  test(`"${expression}" is refused`, () => {
    assert.throws(() => parseSchedule(expression));
  });
}

test('the next occurrence always lies ahead and matches the minute', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 59 }),
      fc.date({ min: new Date('2000-01-01'), max: new Date('2050-01-01'), noInvalidDate: true }),
      (minute, date) => {
        const due = parseSchedule(`0 ${minute} * * * *`)(date.getTime());
        assert.ok(due > date.getTime() && due <= date.getTime() + 3_600_000);
        assert.equal(new Date(due).getUTCMinutes(), minute);
      },
    ),
  );
});
