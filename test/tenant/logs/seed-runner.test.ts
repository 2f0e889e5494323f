import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysUntil } from '../../../local/tenant/logs/seed-calls.ts';
import { INCIDENT, runnersCalls } from '../../../local/tenant/logs/seed-runner.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { localClock } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';

const DAY = 86_400_000;
/** Clocks change at two, at three, at midnight, by half an hour, or never; offsets of a quarter hour, and of half a day. */
const ZONES = [
  'Europe/Paris',
  'America/New_York',
  'America/Santiago',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Auckland',
];
/** No whole number of days, so that every time of day has its turn. */
const STEP = 5 * DAY + 7 * 3_600_000 + 1_234_567;

for (const zone of ZONES) {
  test(`the runner's story is the same throughout two years in ${zone}`, () => {
    const end = Date.parse('2029-01-01T00:00:00Z');
    for (let at = Date.parse('2027-01-01T00:00:00Z'); at < end; at += STEP) {
      const now = new Date(at);
      const calls = runnersCalls(daysUntil(now, zone), now);
      const files = new Set(calls.filter(({ tool }) => tool === 'read_file').map(({ resource }) => resource));
      const directories = new Set([...files].map((file) => file.replace(/\/[^/]*$/, '')));
      assert.deepEqual([files.size, directories.size], [INCIDENT.files, INCIDENT.directories], now.toISOString());

      const leaveAt = new Date(at - WORLD.daysSinceLastDay * DAY).toISOString();
      const { departure } = auditWindow({ leaveAt }, now, zone, 0);
      assert.ok(calls.every((call) => departure !== undefined && call.at > departure && call.at <= now));

      const nights = Map.groupBy(calls, (call) => localClock(call.at, zone).slice(0, 13));
      for (const hour of nights.keys()) assert.match(hour, / 02$/, now.toISOString());
      // One night is beyond the alert's limit, the others are not.
      const heavy = [...nights.values()].filter(({ length }) => length > 100);
      assert.equal(heavy.length, 1, now.toISOString());
      assert.ok(nights.size >= WORLD.daysSinceLastDay - 2);
    }
  });
}
