import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallerActivity } from '../../../../src/connectors/audit-log/activity.ts';
import { daysOfEvidence } from '../../../../src/steps/activity-audit/rules/calendar/days-of-evidence.ts';
import { judgeRelated } from '../../../../src/steps/activity-audit/rules/related-activity.ts';
import { PIPELINE, whole, window } from './world.ts';

/** An identity's calls before and after, so many of them at night, and another's that only called at night. */
function calls(
  before: number,
  after: number,
  nights: readonly [before: number, after: number] = [0, 0],
): CallerActivity {
  const times = { firstCall: new Date('2026-09-01T08:00:00Z'), lastCall: new Date('2026-11-03T01:30:00Z') };
  const row = (oid: string, date: string, hour: number, period: 'baseline' | 'after', count: number) => ({
    ...{ oid, date, hour, period, calls: count },
  });
  const total = (period: 'after' | 'all', count: number) => ({
    ...{ caller: PIPELINE, period, calls: count, resources: 1, directories: 1 },
    ...times,
  });
  return {
    ...whole.activity,
    relatedHours: [
      row('another', '2026-11-04', 2, 'after', 500),
      row(PIPELINE, '2026-09-01', 2, 'baseline', nights[0]),
      row(PIPELINE, '2026-09-01', 11, 'baseline', before - nights[0]),
      row(PIPELINE, '2026-11-04', 2, 'after', nights[1]),
      row(PIPELINE, '2026-11-04', 11, 'after', after - nights[1]),
    ],
    totals: [total('after', after), total('all', before + after)],
  };
}
const judged = (activity: CallerActivity, of = window) =>
  judgeRelated(PIPELINE.toUpperCase(), of, activity, daysOfEvidence({ ...whole, activity }));

// 69 days before the departure and 21 after it are in the log: a pace of 69 gives 21.
const RELATED: readonly (readonly [what: string, activity: CallerActivity, after: string, sentence?: string])[] = [
  ['did not call any more', calls(69, 0), 'none'],
  ['called for the first time', calls(0, 1), 'changed', 'It made 1 call after the departure, and none before.'],
  [
    'called at its pace',
    calls(69, 21),
    'as-before',
    'It made 21 calls after the departure, at the pace and hours of before.',
  ],
  ['called a little more than at its pace', calls(69, 70), 'as-before'],
  [
    'called more than twice as often',
    calls(69, 71),
    'changed',
    'It made 71 calls after the departure, more than twice the 21 that its pace before would give.',
  ],
  ['called at night as ever', calls(60, 20, [30, 10]), 'as-before'],
  [
    'called at night instead',
    calls(60, 20, [30, 15]),
    'changed',
    'It made 20 calls after the departure, 15 of them (75 %) outside of 07:00 to 20:00, against 50 % before.',
  ],
];
for (const [what, activity, after, sentence] of RELATED) {
  test(`an identity that ${what}: ${after}`, () => {
    const told = judged(activity);
    assert.equal(told.after, after);
    if (sentence !== undefined) assert.equal(told.sentence, sentence);
  });
}

test('nothing is after a departure that nobody knows', () => {
  const { lastDay: _, ...unknown } = window;
  assert.deepEqual(judged(calls(69, 71), unknown), { after: 'none' });
});
