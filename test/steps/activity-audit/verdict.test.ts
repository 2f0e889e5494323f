import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallerActivity, HourOfRows, Period } from '../../../src/connectors/audit-log/activity.ts';
import { AuditFactsSchema } from '../../../src/steps/activity-audit/rules/audit-facts.ts';
import type { AuditReading } from '../../../src/steps/activity-audit/rules/audit-reading.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { weekday } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import type { Leaving } from '../../../src/steps/activity-audit/rules/calendar/last-days.ts';
import { callTotals } from '../../../src/steps/activity-audit/rules/call-totals.ts';
import { auditVerdict } from '../../../src/steps/activity-audit/rules/verdict/audit-verdict.ts';
import { contradictions } from '../../../src/steps/activity-audit/rules/verdict/contradictions.ts';
import { judgeActivity } from '../../../src/steps/activity-audit/rules/verdict/judge-activity.ts';
import { verdictBasis } from '../../../src/steps/activity-audit/rules/verdict/verdict-basis.ts';
import { verdictReasons } from '../../../src/steps/activity-audit/rules/verdict/verdict-reasons.ts';
import { AUDIT_VERDICTS, AuditVerdictSchema } from '../../../src/steps/activity-audit/rules/verdict/verdicts.ts';
import { weighed } from '../../../src/steps/activity-audit/rules/verdict/weighed-reading.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const windowOf = (leaving: Leaving) => auditWindow(leaving, NOW, 'Europe/Paris', 90);
const window = windowOf({ leaveAt: '2026-11-02T12:00:00Z' });
const DATES: Readonly<Record<Period, string>> = { baseline: '2026-09-01', final: '2026-10-26', after: '2026-11-03' };

const total = (period: Period | 'all', calls: number, caller = 'leaver') => ({
  ...{ caller, period, calls, resources: calls, directories: 1 },
  ...{ firstCall: new Date('2026-09-01T08:00:00Z'), lastCall: new Date('2026-11-03T01:30:00Z') },
});
/** So many calls in each period, told alike by hours and by sums. */
function activity(told: Partial<Record<Period, number>>, more: Partial<CallerActivity> = {}): CallerActivity {
  const periods = Object.entries(told) as [Period, number][];
  const all = periods.reduce((sum, [, calls]) => sum + calls, 0);
  return {
    hours: periods.map(([period, calls]) => ({ date: DATES[period], hour: 10, period, calls })),
    totals: [...periods.map(([period, calls]) => total(period, calls)), ...(all === 0 ? [] : [total('all', all)])],
    ...{ relatedHours: [], detections: [], calls: [] },
    ...more,
  };
}
const rowsOn = (date: string, more: Partial<HourOfRows> = {}): HourOfRows => ({
  ...{ date, hour: 10, server: 'github', rows: 10, byOthers: 10, unattributed: 0 },
  ...more,
});
const EVERYBODY = window.dates.filter((date) => weekday(date) < 5).map((date) => rowsOn(date));
const reading = (told: CallerActivity, more: Partial<AuditReading> = {}): AuditReading => ({
  ...{ window, activity: told, activityComplete: true, rowsByHour: EVERYBODY, hoursComplete: true },
  ...{ retentionInDays: 90, relatedPrincipals: [] },
  ...more,
});
const verdictOf = (of: AuditReading) => judgeActivity(weighed(of), 'MCPAuditLog_CL').facts.verdict;
const USUAL = activity({ baseline: 55, final: 14 });

test('what was found counts however incomplete the reading; that nothing was counts only where it is complete', () => {
  const verdict = (callsAfterDeparture: number, signs: number, complete: boolean) =>
    auditVerdict({ callsAfterDeparture, unusualSigns: signs, complete });
  assert.equal(verdict(1, 1, true), 'after-departure');
  assert.equal(verdict(1, 0, false), 'after-departure');
  assert.equal(verdict(0, 1, false), 'unusual');
  assert.equal(verdict(0, 0, true), 'as-expected');
  assert.equal(verdict(0, 0, false), 'not-established');
  for (const each of AUDIT_VERDICTS) assert.ok(AuditVerdictSchema.safeParse(each).success);
  assert.ok(!AuditVerdictSchema.safeParse('clear').success);
});

const { rowsByHour: _rows, ...WITHOUT_ROWS } = reading(USUAL);
const { retentionInDays: _kept, ...WITHOUT_RETENTION } = reading(USUAL);
const EXPECTED: readonly (readonly [what: string, reading: AuditReading, verdict: string])[] = [
  ['all was read', reading(USUAL), 'as-expected'],
  ['the answer about their calls was cut short', reading(USUAL, { activityComplete: false }), 'not-established'],
  ['the answer about everybody was cut short', reading(USUAL, { hoursComplete: false }), 'not-established'],
  ['nobody’s hours could be read', WITHOUT_ROWS, 'not-established'],
  ['nobody knows how long rows are kept', WITHOUT_RETENTION, 'not-established'],
  ['the table keeps a day less', reading(USUAL, { retentionInDays: 89 }), 'not-established'],
  [
    'a working day has no row',
    reading(USUAL, { rowsByHour: EVERYBODY.filter(({ date }) => date !== '2026-11-18') }),
    'not-established',
  ],
  [
    'a row names no caller',
    reading(USUAL, { rowsByHour: [...EVERYBODY, rowsOn('2026-11-18', { unattributed: 1 })] }),
    'not-established',
  ],
  ['nobody says when they left', reading(USUAL, { window: windowOf({}) }), 'not-established'],
  [
    'only the deletion says it',
    reading(USUAL, { window: windowOf({ deletedAt: '2026-11-02T21:00:00Z', state: 'gone' }) }),
    'not-established',
  ],
  [
    'two readings contradict each other',
    reading({ ...USUAL, totals: [total('baseline', 55), total('final', 14), total('all', 70)] }),
    'not-established',
  ],
  [
    'calls came after',
    reading(activity({ baseline: 55, final: 14, after: 1 }), { activityComplete: false }),
    'after-departure',
  ],
  ['many more came in the last days', reading(activity({ baseline: 55, final: 200 })), 'unusual'],
];
for (const [what, of, verdict] of EXPECTED) {
  test(`the verdict where ${what}: ${verdict}`, () => assert.equal(verdictOf(of), verdict));
}

test('what is filed has the shape of the report', () => {
  const { facts } = judgeActivity(weighed(reading(activity({ baseline: 55, final: 14, after: 3 }))), 'MCPAuditLog_CL');
  assert.ok(AuditFactsSchema.safeParse(facts).success);
  assert.ok(facts.reasons.length > 0);
  assert.equal(facts.days.length, 90);
});

test('readings that agree contradict nothing', () => {
  assert.deepEqual(contradictions(reading(USUAL)), { calls: [], days: [] });
});

const CONTRADICTED: readonly (readonly [
  what: string,
  reading: AuditReading,
  calls: RegExp | undefined,
  days?: RegExp,
])[] = [
  [
    'sums and hours',
    reading({ ...USUAL, totals: [total('baseline', 55), total('final', 14), total('all', 70)] }),
    /^Of the leaver it lists 69 calls by hour, and 70 in its sums\.$/,
  ],
  [
    'sums and hours of an identity',
    reading(
      { ...USUAL, totals: [...USUAL.totals, total('all', 2, 'id-1')] },
      { relatedPrincipals: [{ oid: 'ID-1', name: 'ci' }] },
    ),
    /^Of the identity id-1 it lists 0 calls by hour, and 2 in its sums\.$/,
  ],
  [
    'an hour after the departure that is counted before it',
    reading({
      ...activity({}),
      hours: [{ date: '2026-11-10', hour: 10, period: 'final', calls: 2 }],
      totals: [total('final', 2), total('all', 2)],
    }),
    /^It has 2 calls after the departure among those before it\.$/,
  ],
  [
    'newest calls that the sums lack',
    reading({
      ...activity({}),
      calls: [{ at: new Date('2026-11-10T00:00:00Z'), server: 's', tool: 't', resource: 'r', status: 200 }],
    }),
    /^It shows 1 newest call \(1 after the departure\), more than its sums have\.$/,
  ],
  [
    'rows of theirs in an hour without a call',
    reading(USUAL, { rowsByHour: [...EVERYBODY, rowsOn('2026-11-18', { hour: 3, rows: 4, byOthers: 1 })] }),
    /^By everybody’s hours the leaver has 3 rows in hours in which it lists no call\.$/,
  ],
  [
    'calls on a day without a row',
    reading(USUAL, { rowsByHour: EVERYBODY.filter(({ date }) => date !== DATES.final) }),
    undefined,
    /^It has no row on 1 day on which those who are audited made calls\.$/,
  ],
];
for (const [what, of, calls, days] of CONTRADICTED) {
  test(`two readings contradict each other: ${what}`, () => {
    const said = contradictions(of);
    assert.deepEqual([said.calls.length, said.days.length], [calls === undefined ? 0 : 1, days === undefined ? 0 : 1]);
    if (calls !== undefined) assert.match(said.calls.join(' '), calls);
    if (days !== undefined) assert.match(said.days.join(' '), days);
  });
}

test('a day without a row is no contradiction where the answer about everybody was cut short', () => {
  const cut = reading(USUAL, { rowsByHour: [], hoursComplete: false });
  assert.deepEqual(contradictions(cut).days, []);
});

test('a reading is weighed once: its days, its comparison and the rows that name nobody', () => {
  const rows = [rowsOn('2026-11-18', { unattributed: 2 }), rowsOn('2026-11-19', { unattributed: 1 })];
  assert.equal(weighed(reading(USUAL, { rowsByHour: rows })).unattributed, 3);
  assert.equal(weighed(WITHOUT_ROWS).unattributed, 0);
  const { comparison, days } = weighed(reading(USUAL));
  assert.deepEqual([comparison?.final.days, comparison?.final.callsPerDay], [14, 1]);
  assert.equal(days.retainedDays, 90);
});

const basis = (of: AuditReading, against: readonly string[] = []) => verdictBasis(weighed(of), against);
test('what the verdict rests on: whose word the last day is, which rows, and what is missing', () => {
  assert.equal(
    basis(reading(USUAL)),
    'The last day is 2026-11-02, told by Entra, so a call counts as after the departure from 2026-11-03 00:00 Europe/Paris on. ' +
      'The verdict rests on the calls by the leaver’s object id (by name where no id was logged), in 90 of 90 days; no gap was found in the log.',
  );
  assert.match(basis(reading(USUAL, { window: windowOf({}) })), /^Nobody says when the last day was\./);
  assert.match(
    basis(reading(USUAL, { window: windowOf({ lastDay: '2026-12-01' }) })),
    /^The last day is still to come \(2026-12-01, told by whoever asked for the case\), so no call is after it\./,
  );
  assert.match(
    basis(reading(USUAL, { window: windowOf({ deletedAt: '2026-11-02T21:00:00Z', state: 'gone' }) })),
    /^The account was deleted on 2026-11-02, and nobody says when the person left/,
  );
  assert.match(
    basis(reading(USUAL, { rowsByHour: EVERYBODY.filter(({ date }) => date !== '2026-11-18') }), ['x']),
    /against it stand 1 day without any row, readings of the log that contradict each other\.$/,
  );
  assert.match(
    basis(reading(USUAL, { relatedPrincipals: [{ oid: 'id-1', name: 'ci' }] })),
    / and those of 1 identity that trusted the leaver, in 90/,
  );
});

test('the reasons have numbers, and the departure comes first', () => {
  const reasons = (of: CallerActivity, verdict: (typeof AUDIT_VERDICTS)[number], leaving = window) =>
    verdictReasons({
      ...{ verdict, window: leaving, totals: callTotals(of, 'leaver', 'all'), signs: [] },
      afterDeparture: callTotals(of, 'leaver', 'after'),
      comparison: weighed(reading(of)).comparison,
    });
  const [after] = reasons(activity({ baseline: 55, after: 3 }), 'after-departure');
  assert.match(
    after ?? '',
    /^3 calls were made after the departure \(last day 2026-11-02\), from .* Europe\/Paris; they reached 3 resources in 1 directory\.$/,
  );
  assert.deepEqual(reasons(USUAL, 'as-expected'), [
    'In the final 14 days 14 calls were made, 1 a day, against 1 a day in the 55 days before.',
    'The last call was at 2026-11-03 02:30; the last day was 2026-11-02.',
  ]);
  assert.match(
    reasons(USUAL, 'not-established')[0] ?? '',
    /^Nothing unusual was found in the 69 calls that were read, but not everything/,
  );
  assert.match(
    reasons(activity({}), 'as-expected').at(-1) ?? '',
    /^No call was made in the last 90 days; the last day was 2026-11-02\.$/,
  );
});

test('one of a thing is told in the singular', () => {
  const one = judgeActivity(weighed(reading(activity({ after: 1 }))), 'MCPAuditLog_CL').facts.reasons;
  assert.match(one[0] ?? '', /^1 call was made after the departure .*; it reached 1 resource in 1 directory\.$/);
  const period = { ...{ days: 1, calls: 1, callsPerDay: 1 }, ...{ distinctResources: 1, distinctDirectories: 1 } };
  const totals = callTotals(activity({ final: 1 }), 'leaver', 'all');
  const said = verdictReasons({
    ...{ verdict: 'not-established', window, totals, afterDeparture: totals, signs: [] },
    comparison: { final: period, baseline: period } as never,
  });
  assert.match(said[0] ?? '', /^Nothing unusual was found in the 1 call that was read/);
  assert.equal(said[1], 'In the final 1 day 1 call was made, 1 a day, against 1 a day in the 1 day before.');
  const bare = { verdict: 'as-expected', window: windowOf({}), totals, afterDeparture: totals, signs: [] } as const;
  assert.deepEqual(verdictReasons({ ...bare, comparison: undefined }), ['1 call was made in the last 90 days.']);
});
