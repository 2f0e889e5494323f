import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysUntil } from '../../../local/tenant/logs/seed-calls.ts';
import { leaveDateOf } from '../../../local/tenant/seeds/last-day.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { recordedDay } from '../../../src/steps/activity-audit/rules/calendar/last-days.ts';

test('in whatever minute a firm is seeded, the last day that the directory records is the one on which its log ends', () => {
  const start = Date.parse('2026-11-29T12:00:30Z');
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const now = new Date(start + minute * 60_000);
    assert.equal(recordedDay(leaveDateOf(now), WORLD.timeZone), daysUntil(now).lastDay, now.toISOString());
  }
});
