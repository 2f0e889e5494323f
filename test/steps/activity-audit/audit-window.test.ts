import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';

const now = new Date('2026-11-23T12:00:00Z');
const windowOf = (leaver: Parameters<typeof auditWindow>[0]) => auditWindow(leaver, now, 'Europe/Paris', 90);

test('the window is 90 calendar days of the business, today included', () => {
  const { dates, from } = windowOf({});
  assert.deepEqual([dates.length, dates[0], dates.at(-1)], [90, '2026-08-26', '2026-11-23']);
  assert.equal(from.toISOString(), '2026-08-25T22:00:00.000Z');
});

test('the window is never longer than a table reaches back that keeps 90 days: not on an evening after clocks went back', () => {
  const evening = new Date('2026-11-23T22:30:00Z');
  const { dates, from } = auditWindow({}, evening, 'Europe/Paris', 90);
  assert.equal(dates[0], '2026-08-26');
  assert.equal(from.toISOString(), '2026-08-25T22:30:00.000Z');
  const spring = auditWindow({}, new Date('2026-04-23T22:30:00Z'), 'Europe/Paris', 90);
  assert.deepEqual([spring.dates[0], spring.from.toISOString()], ['2026-01-25', '2026-01-24T23:00:00.000Z']);
});

test('a recorded last day is good to its end on the business’s clock', () => {
  const { lastDay, departure, final } = windowOf({ leaveAt: '2026-11-02T23:30:00Z' });
  assert.equal(lastDay, '2026-11-03');
  assert.equal(departure?.toISOString(), '2026-11-03T23:00:00.000Z');
  assert.deepEqual([final.first, final.last], ['2026-10-21', '2026-11-03']);
});

test('a deletion is an instant, after which issued tokens live on for their time', () => {
  const { lastDay, departure } = windowOf({ deletedAt: '2026-11-20T10:00:00Z' });
  assert.equal(lastDay, '2026-11-20');
  assert.equal(departure?.toISOString(), '2026-11-20T11:30:00.000Z');
});

test('of a recorded last day and a deletion the earlier counts', () => {
  const deletedAt = '2026-11-20T10:00:00Z';
  assert.equal(windowOf({ leaveAt: '2026-11-02T12:00:00Z', deletedAt }).lastDay, '2026-11-02');
  assert.equal(windowOf({ leaveAt: '2026-12-31T12:00:00Z', deletedAt }).lastDay, '2026-11-20');
});

test('a last day that is still to come is none, and the final days end today', () => {
  const { lastDay, departure, final } = windowOf({ leaveAt: '2026-11-30T12:00:00Z' });
  assert.deepEqual([lastDay, departure, final.last], [undefined, undefined, '2026-11-23']);
});

test('the last day that came with the request is a date of the business', () => {
  const deletedAt = '2026-11-23T10:00:00Z';
  const { lastDay, departure } = windowOf({ lastDay: '2026-11-02', leaveAt: '2026-11-20T12:00:00Z', deletedAt });
  assert.equal(lastDay, '2026-11-02');
  assert.equal(departure?.toISOString(), '2026-11-02T23:00:00.000Z');
  assert.equal(windowOf({ lastDay: '2026-11-25', deletedAt }).lastDay, '2026-11-23');
});

test('of the request’s last day and Entra’s the earlier counts', () => {
  assert.equal(windowOf({ lastDay: '2026-11-20', leaveAt: '2026-11-02T12:00:00Z' }).lastDay, '2026-11-02');
  assert.equal(windowOf({ lastDay: '2026-11-02', leaveAt: '2026-11-20T12:00:00Z' }).lastDay, '2026-11-02');
  assert.equal(windowOf({ lastDay: '2026-11-02', leaveAt: '2099-12-31T00:00:00Z' }).lastDay, '2026-11-02');
});

const ZONES: readonly (readonly [string, string, string])[] = [
  // The last minute of a day is how systems that know only days write one; east of it, that is tomorrow.
  ['2026-11-20T23:59:59Z', 'Asia/Tokyo', '2026-11-20'],
  ['2026-11-20T23:59:00Z', 'Europe/Paris', '2026-11-20'],
  ['2026-11-20T23:59:59Z', 'America/New_York', '2026-11-20'],
  ['2026-11-20T23:59:59-05:00', 'Europe/Paris', '2026-11-20'],
  // The first instant of a day, written by a system of the same zone.
  ['2026-11-19T15:00:00Z', 'Asia/Tokyo', '2026-11-20'],
  ['2026-11-19T23:00:00Z', 'Europe/Paris', '2026-11-20'],
  ['2026-10-24T22:00:00Z', 'Europe/Paris', '2026-10-25'],
  ['2026-11-20T05:00:00Z', 'America/New_York', '2026-11-20'],
  // Midnight in UTC: west of it the day before counts, which hides no call.
  ['2026-11-20T00:00:00Z', 'Asia/Tokyo', '2026-11-20'],
  ['2026-11-20T00:00:00Z', 'America/New_York', '2026-11-19'],
];
for (const [leaveAt, zone, expected] of ZONES) {
  test(`${leaveAt} in Entra is ${expected} in ${zone}`, () => {
    assert.equal(auditWindow({ leaveAt }, now, zone, 90).lastDay, expected);
  });
}

for (const [day, midnight] of [
  ['2026-03-29', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', '2026-10-25T23:00:00.000Z'],
] as const) {
  test(`a last day on which clocks change (${day}) ends at the business’s midnight`, () => {
    assert.equal(windowOf({ lastDay: day }).departure?.toISOString(), midnight);
  });
}
