import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallerActivity } from '../../../src/connectors/audit-log/activity.ts';
import { AuditFactsSchema } from '../../../src/steps/activity-audit/rules/audit-facts.ts';
import type { AuditReading } from '../../../src/steps/activity-audit/rules/audit-reading.ts';
import { callTotals } from '../../../src/steps/activity-audit/rules/call-totals.ts';
import { auditVerdict } from '../../../src/steps/activity-audit/rules/verdict/audit-verdict.ts';
import { judgeActivity } from '../../../src/steps/activity-audit/rules/verdict/judge-activity.ts';
import { verdictBasis } from '../../../src/steps/activity-audit/rules/verdict/verdict-basis.ts';
import { verdictReasons } from '../../../src/steps/activity-audit/rules/verdict/verdict-reasons.ts';
import { AUDIT_VERDICTS, AuditVerdictSchema } from '../../../src/steps/activity-audit/rules/verdict/verdicts.ts';
import { weighed } from '../../../src/steps/activity-audit/rules/verdict/weighed-reading.ts';
import { activity, EVERYBODY, reading, rowsOn, total, USUAL, window, windowOf } from './verdict-world.ts';

const verdictOf = (of: AuditReading) => judgeActivity(weighed(of), 'MCPAuditLog_CL').facts.verdict;

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
  const { lastDay: _, ...unknown } = window;
  assert.match(reasons(activity({ after: 3 }), 'after-departure', unknown)[0] ?? '', /\(last day unknown\)/);
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
