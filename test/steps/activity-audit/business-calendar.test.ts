import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addDays,
  dateRanges,
  daysBetween,
  localClock,
  localDate,
  startOfDay,
  weekday,
} from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import { fc } from '../../support/properties.ts';

const zones = fc.constantFrom('UTC', 'Europe/Paris', 'America/Santiago', 'Asia/Kolkata', 'Pacific/Apia', 'Asia/Beirut');
const instants = fc.date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });

test('a day starts at its first instant, in any zone and on any day', () => {
  fc.assert(
    fc.property(instants, zones, (instant, zone) => {
      const date = localDate(instant, zone);
      const start = startOfDay(date, zone);
      assert.equal(localDate(start, zone), date);
      assert.ok(start <= instant);
      assert.ok(localDate(new Date(start.getTime() - 1), zone) < date);
    }),
  );
});

test('where clocks go forward at midnight, the day starts at one', () => {
  assert.equal(localClock(startOfDay('2026-09-06', 'America/Santiago'), 'America/Santiago'), '2026-09-06 01:00');
});

test('where clocks go back to midnight, the day starts at the first of both', () => {
  const start = startOfDay('2026-11-01', 'America/Havana');
  assert.equal(start.toISOString(), '2026-11-01T04:00:00.000Z');
});

test('a day that a zone left out starts where the next one does', () => {
  assert.equal(startOfDay('2011-12-30', 'Pacific/Apia').toISOString(), '2011-12-30T10:00:00.000Z');
  assert.equal(startOfDay('2011-12-31', 'Pacific/Apia').toISOString(), '2011-12-30T10:00:00.000Z');
});

test('days add and subtract as the calendar does', () => {
  assert.equal(addDays('2026-10-24', 2), '2026-10-26');
  assert.equal(addDays('2026-03-01', -1), '2026-02-28');
  fc.assert(
    fc.property(fc.integer({ min: -400, max: 400 }), (days) => {
      assert.equal(daysBetween('2026-10-24', addDays('2026-10-24', days)), days);
    }),
  );
});

test('the week starts on Monday', () => {
  assert.deepEqual(['2026-11-23', '2026-11-29'].map(weekday), [0, 6]);
});

test('neighbouring dates are told as one range', () => {
  assert.equal(
    dateRanges(['2026-11-09', '2026-10-31', '2026-11-01', '2026-11-02']),
    '2026-10-31 to 2026-11-02, 2026-11-09',
  );
});
