import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditReading } from '../../../../src/steps/activity-audit/rules/audit-reading.ts';
import { coverageOf, judge, NOBODY, pipelineCalls, relatedPrincipals, rowsOn, whole, window } from './world.ts';

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
