import assert from 'node:assert/strict';
import { test } from 'node:test';
import { worstCoverage } from '../../../src/cases/coverage/coverage.ts';
import type { CallerActivity, HourOfRows, Period } from '../../../src/connectors/audit-log/activity.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { auditCoverage } from '../../../src/steps/activity-audit/rules/audit-coverage.ts';
import { auditFindings } from '../../../src/steps/activity-audit/rules/audit-findings.ts';
import type { AuditReading } from '../../../src/steps/activity-audit/rules/audit-reading.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { addDays, weekday } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import type { Leaving } from '../../../src/steps/activity-audit/rules/calendar/last-days.ts';
import { judgeActivity } from '../../../src/steps/activity-audit/rules/verdict/judge-activity.ts';
import { weighed } from '../../../src/steps/activity-audit/rules/verdict/weighed-reading.ts';
import { fc } from '../../support/properties.ts';

const now = new Date('2026-11-23T12:00:00Z');
const window = auditWindow({ leaveAt: '2026-11-02T12:00:00Z' }, now, 'Europe/Paris', 90);
const NOBODY: CallerActivity = { hours: [], relatedHours: [], totals: [], detections: [], calls: [] };

interface Told {
  readonly calls: number;
  readonly directories?: number;
  /** How many of the calls fall outside of business hours. */
  readonly late?: number;
}

/** Activity with so many calls in each period. */
function activity(told: Partial<Record<Period, Told>>): CallerActivity {
  const dates: Record<Period, string> = { baseline: '2026-09-01', final: '2026-10-26', after: '2026-11-03' };
  const periods = Object.entries(told) as [Period, Told][];
  const total = (period: Period | 'all', calls: number, directories: number) => ({
    caller: 'leaver',
    period,
    calls,
    resources: calls,
    directories,
    firstCall: new Date('2026-09-01T10:00:00Z'),
    lastCall: new Date('2026-11-03T01:30:00Z'),
  });
  const all = periods.reduce((sum, [, { calls }]) => sum + calls, 0);
  return {
    ...NOBODY,
    hours: periods.flatMap(([period, { calls, late = 0 }]) => [
      { date: dates[period], hour: 10, period, calls: calls - late },
      { date: dates[period], hour: 2, period, calls: late },
    ]),
    totals: [
      ...periods.map(([period, { calls, directories = 3 }]) => total(period, calls, directories)),
      ...(all === 0 ? [] : [total('all', all, 5)]),
    ],
  };
}

/** Deleted on the same day, and nobody says when the last day was. */
const DELETED = auditWindow({ deletedAt: '2026-11-02T21:45:00Z' }, now, 'Europe/Paris', 90);

/** Rows of an hour of a day, by default of others and all of them named. */
function rowsOn(date: string, hour = 10, more: Partial<HourOfRows> = {}): HourOfRows {
  return { date, hour, server: 'github', rows: 10, byOthers: 10, unattributed: 0, ...more };
}

/** Everything was read, and every day has rows from somebody. */
const whole: AuditReading = {
  window,
  activity: activity({ baseline: { calls: 550 }, final: { calls: 140 } }),
  activityComplete: true,
  rowsByHour: window.dates.map((date) => rowsOn(date)),
  hoursComplete: true,
  retentionInDays: 90,
  relatedPrincipals: [],
};
const judge = (change: Partial<AuditReading> = {}) => judgeActivity(weighed({ ...whole, ...change }), 'MCPAuditLog_CL');
const coverageOf = (change: Partial<AuditReading> = {}) => auditCoverage(weighed({ ...whole, ...change }), {});
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

/** Rows of every hour of every day, but where `silent` says that there are none. */
const aroundTheClock = (silent: (date: string, hour: number) => boolean = () => false, server = 'github') =>
  window.dates.flatMap((date) =>
    Array.from({ length: 24 }, (_, hour) => rowsOn(date, hour, { server })).filter((row) => !silent(date, row.hour)),
  );
const daysCoverage = (rowsByHour: readonly HourOfRows[]) =>
  coverageOf({ rowsByHour }).find(({ source }) => source === 'log-analytics/days-with-rows');

test('ten nights without rows where nights usually have some are a gap, although every day has rows', () => {
  const nights = aroundTheClock((date, hour) => {
    const at = `${date} ${String(hour).padStart(2, '0')}`;
    return at >= '2026-10-05 20' && at < '2026-10-15 07' && (hour < 7 || hour >= 20);
  });
  const line = daysCoverage(nights);
  assert.equal(line?.state, 'partial');
  assert.match(
    line?.detail ?? '',
    /10 times no row in the hours from 20:00, 21:00, 22:00, 23:00 \(2026-10-0\d to 2026-10-1\d\)/,
  );
  const { facts } = judge({ rowsByHour: nights });
  assert.deepEqual([facts.verdict, facts.coverage.gapDays], ['not-established', []]);
  assert.match(facts.basis, /against it stand \d silences of the log/);
});

test('one hour of the day that falls silent for ten days is a gap, and so are eight hours of one day', () => {
  const hour = aroundTheClock((date, hour) => date >= '2026-10-05' && date < '2026-10-15' && hour === 2);
  assert.match(daysCoverage(hour)?.detail ?? '', /10 times no row in the hours from 02:00/);
  const stretch = aroundTheClock((date, hour) => date === '2026-10-07' && hour >= 9 && hour < 17);
  assert.match(daysCoverage(stretch)?.detail ?? '', /8 hours in a row without a row, from 09:00 \(2026-10-07\)/);
});

test('nights on which a job alone leaves rows are a gap once the job is silent', () => {
  const job = window.dates.flatMap((date) => [
    ...(date >= '2026-10-05' && date < '2026-10-20' ? [] : [rowsOn(date, 2)]),
    ...[9, 10, 11, 14, 15, 16].map((hour) => rowsOn(date, hour)),
  ]);
  assert.match(
    daysCoverage(job)?.detail ?? '',
    /15 times no row in the night from 20:00 to 07:00 \(2026-10-04 to 2026-10-18\)/,
  );
});

test('what runs by UTC, an hour later on the business’s clock in summer, is no gap', () => {
  const byUtc = window.dates.flatMap((date) => {
    const shift = date < '2026-10-25' ? 2 : 1;
    return [5, 8, 13].map((hour) => rowsOn(date, hour + shift));
  });
  assert.equal(daysCoverage(byUtc)?.state, 'complete');
});

test('a workload that begins in the middle of the window is no silence before it', () => {
  const begins = window.dates.flatMap((date) => [
    rowsOn(date, 14),
    ...(date >= '2026-10-05' ? [rowsOn(date, 10), rowsOn(date, 3)] : []),
  ]);
  assert.equal(daysCoverage(begins)?.state, 'complete');
});

test('a server that falls silent while others go on is a gap', () => {
  const both = [
    ...aroundTheClock(undefined, 'github'),
    ...aroundTheClock((date) => date >= '2026-11-01', 'filesystem'),
  ];
  assert.match(
    daysCoverage(both)?.detail ?? '',
    /no row of the server filesystem on 22 days \(2026-11-01 to 2026-11-22\)/,
  );
});

test('an hour that is quiet now and then, a server that is new, and the leaver who stopped calling are no gaps', () => {
  const calm = aroundTheClock((date, hour) => hour < 6 && (Number(date.slice(8)) + hour) % 3 !== 0);
  assert.equal(daysCoverage(calm)?.state, 'complete');
  const fresh = [...aroundTheClock(), ...aroundTheClock((date) => date < '2026-11-01', 'filesystem')];
  assert.equal(daysCoverage(fresh)?.state, 'complete');
  // Only the leaver worked at night.
  const own = aroundTheClock((date, hour) => hour < 7 && date > '2026-11-02').map((row) =>
    row.hour < 7 ? { ...row, byOthers: 0 } : row,
  );
  assert.equal(daysCoverage(own)?.state, 'complete');
});

test('rows that name no caller may be the leaver’s: nothing is called expected', () => {
  const rowsByHour = [...(whole.rowsByHour ?? []), rowsOn('2026-10-05', 3, { unattributed: 1_080, rows: 1_080 })];
  const line = coverageOf({ rowsByHour }).find(({ source }) => source === 'log-analytics/calls');
  assert.equal(line?.state, 'partial');
  assert.match(line?.detail ?? '', /^1080 rows of the log name no caller/);
  assert.equal(judge({ rowsByHour }).facts.verdict, 'not-established');
});

const leaver = {
  oid: parseOid('3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35') ?? assert.fail(),
  state: 'soft-deleted',
  displayName: 'Alex',
  github: [],
  devops: [],
} as const;
const PIPELINE = '9a1b2c3d-0000-4000-8000-00000000aa01';
const relatedPrincipals = [{ oid: PIPELINE, name: 'id-sync' }];

/** A pipeline's calls: so many a day at an hour, up to the last day and after it. */
function pipelineCalls(before: { calls: number; hour: number }, after: { calls: number; hour: number }) {
  const relatedHours = window.dates.map((date) => {
    const period: Period = date > '2026-11-02' ? 'after' : 'baseline';
    return { oid: PIPELINE, date, period, ...(period === 'after' ? after : before) };
  });
  const total = (period: Period | 'all') => ({
    caller: PIPELINE,
    period,
    calls: relatedHours
      .filter((row) => period === 'all' || row.period === period)
      .reduce((sum, row) => sum + row.calls, 0),
    resources: 1,
    directories: 1,
    firstCall: new Date('2026-09-01T10:00:00Z'),
    lastCall: new Date('2026-11-22T01:30:00Z'),
  });
  return { ...whole.activity, relatedHours, totals: [...whole.activity.totals, total('all'), total('after')] };
}

test('an identity that trusted the leaver and calls at night only since the departure is an incident', () => {
  const judgement = judge({
    relatedPrincipals,
    activity: pipelineCalls({ calls: 10, hour: 11 }, { calls: 10, hour: 2 }),
  });
  const [finding] = auditFindings(judgement, leaver, 'workspace');
  assert.deepEqual([finding?.kind, finding?.severity], ['related-after-departure', 'critical']);
  assert.match(finding?.reason ?? '', /\(100 %\) outside of 07:00 to 20:00, against 0 % before/);
  assert.equal(judgement.facts.related[0]?.after, 'changed');
});

test('an identity that trusted the leaver and never called before the departure is an incident with one call by day', () => {
  const called = pipelineCalls({ calls: 0, hour: 11 }, { calls: 0, hour: 11 });
  const once = called.totals.map((each) =>
    each.caller === PIPELINE && ['all', 'after'].includes(each.period) ? { ...each, calls: 1 } : each,
  );
  const judgement = judge({ relatedPrincipals, activity: { ...called, totals: once } });
  const [finding] = auditFindings(judgement, leaver, 'workspace');
  assert.deepEqual([finding?.kind, finding?.severity], ['related-after-departure', 'critical']);
  assert.match(finding?.reason ?? '', /1 call after the departure, and none before/);
});

test('an identity that trusted the leaver and goes on as ever needs a word of its owner', () => {
  const same = { calls: 24, hour: 3 };
  const judgement = judge({ relatedPrincipals, activity: pipelineCalls(same, same) });
  const [finding] = auditFindings(judgement, leaver, 'workspace');
  assert.deepEqual(
    [finding?.kind, finding?.severity, finding?.status],
    ['related-after-departure', 'medium', 'manual-action'],
  );
  const silent = judge({ relatedPrincipals, activity: pipelineCalls(same, { calls: 0, hour: 3 }) });
  assert.deepEqual(auditFindings(silent, leaver, 'workspace'), []);
});

/** What a window of somebody with these dates comes to, where everything was read and they called to the end. */
function judgedWith(leaver: Leaving, calls: readonly { readonly date: string; readonly calls: number }[] = []) {
  const window = auditWindow(leaver, now, 'Europe/Paris', 90);
  const after = calls.filter(({ date }) => date > (window.lastDay ?? '9999'));
  const known = activity({
    baseline: { calls: 550 },
    final: { calls: 140 },
    ...(after.length > 0 ? { after: { calls: after.reduce((sum, each) => sum + each.calls, 0) } } : {}),
  });
  const reading = weighed({ ...whole, window, activity: known });
  const gaps = auditCoverage(reading, {}).filter(({ state }) => state !== 'complete');
  return { judgement: judgeActivity(reading, 'T'), gaps };
}
const DELETED_TODAY = { state: 'soft-deleted', deletedAt: '2026-11-23T09:00:00Z' } as const;
const NO_DEPARTURE: readonly (readonly [string, Leaving, RegExp])[] = [
  [
    'the end of a contract in 2099, deleted today',
    { ...DELETED_TODAY, leaveAt: '2099-12-31T00:00:00Z' },
    /Entra says 2099-12-31, which is after the account was deleted \(2026-11-23\)/,
  ],
  [
    'a day in a month, deleted today',
    { ...DELETED_TODAY, leaveAt: '2026-12-23T00:00:00Z' },
    /2026-12-23, which is after/,
  ],
  [
    'yesterday, deleted a week before',
    { state: 'soft-deleted', deletedAt: '2026-11-15T09:00:00Z', leaveAt: '2026-11-22T12:00:00Z' },
    /2026-11-22, which is after/,
  ],
  [
    'a day that HR told, deleted before it',
    { state: 'soft-deleted', deletedAt: '2026-11-15T09:00:00Z', lastDay: '2026-11-22' },
    /Whoever asked for the case says 2026-11-22, which is after/,
  ],
  [
    'the end of a contract in a year, disabled',
    { state: 'disabled', leaveAt: '2027-11-30T00:00:00Z' },
    /2027-11-30, which is still to come, although the account is disabled/,
  ],
  ['none, disabled', { state: 'disabled' }, /^Neither HR nor Entra/],
];
for (const [what, leaver, why] of NO_DEPARTURE) {
  test(`when somebody left is not known where the last day is ${what}`, () => {
    const { judgement, gaps } = judgedWith(leaver);
    assert.equal(judgement.facts.verdict, 'not-established');
    const line = gaps.find(({ source }) => source === 'entra/departure');
    assert.match(line?.detail ?? '', why);
    assert.doesNotMatch(judgement.facts.basis, /told by/);
  });
}

const DEPARTURE: readonly (readonly [string, Leaving, RegExp])[] = [
  [
    'Entra’s past day',
    { ...DELETED_TODAY, leaveAt: '2026-11-02T12:00:00Z' },
    /^The last day is 2026-11-02, told by Entra, so a call/,
  ],
  [
    'HR’s day, where Entra’s is still to come',
    { state: 'disabled', lastDay: '2026-11-02', leaveAt: '2027-01-31T00:00:00Z' },
    /^The last day is 2026-11-02, told by whoever asked for the case.* Entra says 2027-01-31, which is still to come/,
  ],
  [
    'Entra’s day, where HR’s is later',
    { state: 'disabled', lastDay: '2026-11-20', leaveAt: '2026-11-02T12:00:00Z' },
    /^The last day is 2026-11-02, told by Entra.* Whoever asked for the case says 2026-11-20\. The earliest counts/,
  ],
  [
    'HR’s day, where Entra’s is later',
    { state: 'active', lastDay: '2026-11-02', leaveAt: '2026-11-20T12:00:00Z' },
    /told by whoever asked for the case.* Entra says 2026-11-20\. The earliest counts/,
  ],
  [
    'Entra’s day, where HR’s is after the deletion',
    {
      state: 'soft-deleted',
      deletedAt: '2026-11-15T09:00:00Z',
      lastDay: '2026-11-20',
      leaveAt: '2026-11-02T12:00:00Z',
    },
    /^The last day is 2026-11-02, told by Entra/,
  ],
  [
    'the day of the deletion itself',
    { ...DELETED_TODAY, leaveAt: '2026-11-23T12:00:00Z' },
    /^The last day is 2026-11-23, told by Entra, and the account was deleted on it, so a call counts as after the departure from 2026-11-23 11:30/,
  ],
  [
    'still to come, the account enabled',
    { state: 'active', leaveAt: '2027-01-31T12:00:00Z' },
    /^The last day is still to come \(2027-01-31, told by Entra\), so no call is after it\./,
  ],
];
for (const [what, leaver, basis] of DEPARTURE) {
  test(`the departure is ${what}, and the report says who says otherwise`, () => {
    const { judgement, gaps } = judgedWith(leaver);
    assert.match(judgement.facts.basis, basis);
    assert.deepEqual(gaps, []);
    assert.equal(judgement.facts.verdict, 'as-expected');
  });
}

test('calls between Entra’s last day and HR’s later one are an incident that names both', () => {
  const dates = { state: 'disabled', lastDay: '2026-11-20', leaveAt: '2026-11-02T12:00:00Z' } as const;
  const { judgement } = judgedWith(dates, [{ date: '2026-11-10', calls: 40 }]);
  assert.equal(judgement.facts.verdict, 'after-departure');
  const [finding] = auditFindings(judgement, leaver, 'workspace');
  assert.match(
    finding?.reason ?? '',
    /Whoever asked for the case says 2026-11-20\. The earliest counts: find out which is right\./,
  );
});

const CONTRADICTED: readonly (readonly [string, Partial<AuditReading>, string])[] = [
  [
    'no call at all, while everybody’s hours have rows of the leaver',
    { activity: NOBODY, rowsByHour: window.dates.map((date) => rowsOn(date, 10, { rows: 50 })) },
    'log-analytics/calls',
  ],
  [
    'hours after the departure that its sums lack',
    {
      activity: {
        ...whole.activity,
        hours: [...whole.activity.hours, { date: '2026-11-10', hour: 2, period: 'after', calls: 40 }],
      },
    },
    'log-analytics/calls',
  ],
  [
    'hours after the departure that count as before it',
    {
      activity: {
        ...whole.activity,
        hours: whole.activity.hours.map((row) => (row.period === 'final' ? { ...row, date: '2026-11-10' } : row)),
      },
    },
    'log-analytics/calls',
  ],
  [
    'newest calls after the departure that its sums lack',
    {
      activity: {
        ...whole.activity,
        calls: [{ at: new Date('2026-11-20T01:00:00Z'), server: 's', tool: 't', resource: '', status: 200 }],
      },
    },
    'log-analytics/calls',
  ],
  [
    'hours of an identity that its sums lack',
    {
      relatedPrincipals,
      activity: { ...pipelineCalls({ calls: 10, hour: 11 }, { calls: 10, hour: 2 }), totals: whole.activity.totals },
    },
    'log-analytics/calls',
  ],
  [
    'calls on a day on which nobody has a row',
    { rowsByHour: (whole.rowsByHour ?? []).filter(({ date }) => date !== '2026-09-01') },
    'log-analytics/days-with-rows',
  ],
];
for (const [what, change, source] of CONTRADICTED) {
  test(`two readings of the log that contradict each other leave nothing as expected: ${what}`, () => {
    const { facts } = judge(change);
    assert.deepEqual([facts.verdict, facts.coverage.queriesComplete], ['not-established', false]);
    const line = coverageOf(change).find((each) => each.source === source);
    assert.equal(line?.state, 'partial');
    assert.match(line?.detail ?? '', /Two readings of the log contradict each other: /);
    assert.match(facts.basis, /readings of the log that contradict each other/);
  });
}

test('the basis names the day, whose word it is, and what speaks against it', () => {
  assert.match(
    judge().facts.basis,
    /^The last day is 2026-11-02, told by Entra, so a call .*\. The verdict rests on .* no gap was found in the log\.$/,
  );
  assert.match(
    judge({ window: DELETED }).facts.basis,
    /^The account was deleted on 2026-11-02, and nobody says when the person left/,
  );
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
