import assert from 'node:assert/strict';
import { test } from 'node:test';
import { worstCoverage } from '../../../src/cases/coverage/coverage.ts';
import type { Period } from '../../../src/connectors/audit-log/activity.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { auditFindings } from '../../../src/steps/activity-audit/rules/audit-findings.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { addDays, weekday } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import { judgeActivity } from '../../../src/steps/activity-audit/rules/verdict/judge-activity.ts';
import { weighed } from '../../../src/steps/activity-audit/rules/verdict/weighed-reading.ts';
import { fc } from '../../support/properties.ts';
import { activity, coverageOf, DELETED, judge, NOBODY, now, type Told, whole, window } from './judge-activity/world.ts';

const signsOf = (final: Told, baseline: Told = { calls: 550 }) =>
  judge({ activity: activity({ baseline, final }) }).signs.map(({ kind }) => kind);

test('the same pace to the end, and nothing after it, is as expected', () => {
  const { facts } = judge();
  assert.equal(facts.verdict, 'as-expected');
  assert.match(
    facts.reasons.join(' '),
    /In the final 14 days 140 calls were made, 10 a day, against 10 a day in the 55 days before\./,
  );
  assert.equal(worstCoverage(coverageOf().map(({ state }) => state)), 'complete');
});

test('one call after the departure is an incident', () => {
  const judgement = judge({
    activity: activity({ baseline: { calls: 550 }, final: { calls: 140 }, after: { calls: 1 } }),
  });
  assert.equal(judgement.facts.verdict, 'after-departure');
  assert.match(judgement.facts.reasons[0] ?? '', /^1 call was made after the departure \(last day 2026-11-02\)/);
  const oid = parseOid('3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35');
  assert.ok(oid);
  const [finding, ...more] = auditFindings(judgement, { oid, state: 'soft-deleted', github: [], devops: [] }, 'w');
  assert.deepEqual(
    [finding?.kind, finding?.severity, finding?.status],
    ['after-departure', 'critical', 'manual-action'],
  );
  assert.deepEqual(more, []);
});

test('fewer calls in the final days are not unusual', () => assert.deepEqual(signsOf({ calls: 0 }), []));

test('twice the calls are not unusual, more than twice are', () => {
  assert.deepEqual(signsOf({ calls: 280 }), []);
  assert.deepEqual(signsOf({ calls: 281 }), ['more-calls']);
});

test('a few calls more than next to none are not unusual', () => {
  assert.deepEqual(signsOf({ calls: 49 }, { calls: 0 }), []);
  assert.deepEqual(signsOf({ calls: 50 }, { calls: 0 }), ['more-calls']);
});

test('five directories more than in all the days before are unusual', () => {
  assert.deepEqual(signsOf({ calls: 140, directories: 7 }), []);
  assert.deepEqual(signsOf({ calls: 140, directories: 8 }), ['more-directories']);
});

test('calls that move into the night are unusual', () => {
  assert.deepEqual(signsOf({ calls: 140, late: 14 }), []);
  assert.deepEqual(signsOf({ calls: 140, late: 15 }), ['new-hours']);
  assert.deepEqual(signsOf({ calls: 140, late: 60 }, { calls: 550, late: 250 }), []);
});

test('a detection before the departure is unusual, one after it belongs to the incident', () => {
  const hit = { detection: 'file-system-volume', calls: 180, directories: 8 } as const;
  const detections = [new Date('2026-10-20T10:00:00Z'), new Date('2026-11-10T01:00:00Z')].map((at) => ({ ...hit, at }));
  const { facts, signs } = judge({ activity: { ...whole.activity, detections } });
  assert.deepEqual(
    signs.map(({ kind }) => kind),
    ['file-system-volume'],
  );
  assert.match(signs[0]?.sentence ?? '', /^In one hour before the departure .* 180 calls in the busiest\.$/);
  assert.deepEqual(
    facts.detections.map(({ afterDeparture }) => afterDeparture),
    [false, true],
  );
  assert.equal(facts.detections[1]?.local, '2026-11-10 02:00');
});

test('a working day without rows from anybody is a gap, named in the coverage; a weekend is one only if weekends usually have rows', () => {
  const without = (test: (date: string) => boolean) => (whole.rowsByHour ?? []).filter(({ date }) => !test(date));
  const holiday = without((date) => date === '2026-11-11');
  const [gap] = coverageOf({ rowsByHour: holiday }).filter(({ state }) => state !== 'complete');
  assert.deepEqual([gap?.source, gap?.state], ['log-analytics/days-with-rows', 'partial']);
  assert.match(gap?.detail ?? '', /On 1 day .*\(2026-11-11\)/);
  assert.equal(judge({ rowsByHour: holiday }).facts.verdict, 'not-established');

  const noWeekends = without((date) => weekday(date) > 4);
  assert.deepEqual(judge({ rowsByHour: noWeekends }).facts.coverage.gapDays, []);
  const oneSunday = without((date) => date === '2026-11-22');
  assert.deepEqual(judge({ rowsByHour: oneSunday }).facts.coverage.gapDays, ['2026-11-22']);
});

test('today is never a gap: it is not over', () => {
  const rowsByHour = whole.rowsByHour?.slice(0, -1) ?? [];
  assert.deepEqual(judge({ rowsByHour }).facts.coverage.gapDays, []);
});

test('a table that keeps 30 days covers 30 of 90, and the days before are not gaps', () => {
  const kept = { retentionInDays: 30, rowsByHour: whole.rowsByHour?.slice(-30) ?? [] };
  const { facts } = judge({ ...kept, activity: activity({ after: { calls: 0 } }) });
  assert.deepEqual([facts.verdict, facts.coverage.retainedDays, facts.coverage.gapDays], ['not-established', 30, []]);
  assert.equal(facts.days.filter(({ evidence }) => evidence === 'not-retained').length, 60);
  const line = coverageOf(kept).find(({ source }) => source === 'log-analytics/retention');
  assert.deepEqual([line?.state, line?.looked.count], ['partial', 30]);
  assert.match(line?.detail ?? '', /keeps 30 of 90 days/);
});

test('89 days are not 90', () => {
  assert.equal(judge({ retentionInDays: 89 }).facts.verdict, 'not-established');
  assert.equal(judge({ retentionInDays: 730 }).facts.verdict, 'as-expected');
});

test('without days to compare with, nothing is called expected', () => {
  const early = auditWindow({ leaveAt: '2026-09-12T12:00:00Z' }, now, 'Europe/Paris', 90);
  const change = { window: early, activity: NOBODY };
  assert.equal(judge(change).facts.verdict, 'not-established');
  assert.equal(judge(change).facts.comparison, undefined);
  assert.ok(coverageOf(change).some(({ source, state }) => source === 'log-analytics/baseline' && state === 'partial'));
});

test('somebody who left at a time that nobody recorded cannot be called expected', () => {
  const change = { window: DELETED };
  assert.equal(judge(change).facts.verdict, 'not-established');
  assert.ok(coverageOf(change).some(({ source, state }) => source === 'entra/departure' && state === 'partial'));
});

test('tokens in resources do not reach the report', () => {
  const secret = `gh${'p'}_${'a1'.repeat(18)}`;
  const call = { at: now, server: 's', tool: 't', resource: `/r?token=${secret}`, status: 200 };
  assert.doesNotMatch(
    JSON.stringify(judge({ activity: { ...whole.activity, calls: [call] } }).facts),
    new RegExp(secret),
  );
});

test('the series has every day of the window once, and loses no call', () => {
  const calls = fc.integer({ min: 0, max: 500 });
  const hour = fc.record({
    date: fc.integer({ min: 0, max: 89 }).map((index) => addDays('2026-08-26', index)),
    hour: fc.integer({ min: 0, max: 23 }),
    period: fc.constantFrom<Period>('baseline', 'final', 'after'),
    calls,
  });
  fc.assert(
    fc.property(fc.array(hour, { maxLength: 50 }), (hours) => {
      const { facts } = judge({ activity: { ...NOBODY, hours } });
      const expected = hours.reduce((sum, row) => sum + row.calls, 0);
      const cells = [...facts.hourOfWeek.before, ...facts.hourOfWeek.after].flat();
      assert.deepEqual(
        facts.days.map(({ date }) => date),
        window.dates,
      );
      assert.equal(
        facts.days.reduce((sum, day) => sum + day.calls, 0),
        expected,
      );
      assert.equal(
        cells.reduce((sum, cell) => sum + cell, 0),
        expected,
      );
    }),
  );
});

test('as expected is said only of a complete reading without calls after the departure', () => {
  const days = fc.subarray([...(whole.rowsByHour ?? [])], { minLength: 80 });
  const reading = fc.record({
    after: fc.integer({ min: 0, max: 2 }),
    activityComplete: fc.boolean(),
    hoursComplete: fc.boolean(),
    departureKnown: fc.boolean(),
    retentionInDays: fc.option(fc.integer({ min: 30, max: 120 }), { nil: undefined }),
    rowsByHour: fc.option(days, { nil: undefined }),
  });
  fc.assert(
    fc.property(reading, ({ after, retentionInDays, rowsByHour, departureKnown, ...flags }) => {
      const { retentionInDays: _r, rowsByHour: _d, ...rest } = whole;
      const told = {
        baseline: { calls: 550 },
        final: { calls: 140 },
        ...(after > 0 ? { after: { calls: after } } : {}),
      };
      const { facts } = judgeActivity(
        weighed({
          ...rest,
          ...flags,
          window: departureKnown ? window : DELETED,
          activity: activity(told),
          ...(retentionInDays === undefined ? {} : { retentionInDays }),
          ...(rowsByHour === undefined ? {} : { rowsByHour }),
        }),
        'MCPAuditLog_CL',
      );
      if (after > 0) assert.equal(facts.verdict, 'after-departure');
      if (facts.verdict !== 'as-expected') return;
      assert.deepEqual(facts.coverage, {
        retainedDays: 90,
        gapDays: [],
        silences: [],
        unattributed: 0,
        queriesComplete: true,
      });
      assert.ok(departureKnown && facts.comparison !== undefined && facts.afterDeparture.calls === 0);
    }),
    { numRuns: 300 },
  );
});
