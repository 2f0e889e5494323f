import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';
import { measure } from '../../src/posture/metric.ts';
import { METRICS } from '../../src/posture/metrics/index.ts';
import { offboardingComplete } from '../../src/posture/metrics/offboarding.ts';
import { type Gap, unread } from '../../src/posture/reading.ts';
import type { JudgedLeaver } from '../../src/posture/readings/leavers.ts';
import { quantile } from '../../src/posture/runs/quantiles.ts';
import { fc } from '../support/properties.ts';
import { NO_SETTINGS } from './support/no-settings.ts';

const AT = '2026-11-23T04:10:00.000Z';
const context = { at: AT, settings: NO_SETTINGS };
const gap: Gap = { reason: 'throttled', source: 'store/leavers', detail: '429' };

const STEPS = [
  'containment',
  'consent',
  'federated-credentials',
  'runner-credentials',
  'activity-audit',
  'verification',
];
const leaver = (n: number, more: Partial<JudgedLeaver['cases'][number]> = {}): JudgedLeaver => ({
  oid: `00000000-0000-4000-8000-00000000000${n}` as Oid,
  leftAt: '2026-11-20T10:00:00.000Z',
  hadAccess: true,
  cases: [
    {
      caseId: `00000000-0000-4000-8000-00000000000${n}-1` as CaseId,
      mode: 'apply',
      state: 'filed',
      openedAt: '2026-11-20T11:00:00.000Z',
      filedAt: '2026-11-20T11:10:00.000Z',
      containedAt: '2026-11-20T11:02:00.000Z',
      contained: true,
      steps: STEPS.map((step) => ({ step, outcome: 'clear' as const })),
      ...more,
    },
  ],
});
const measured = (leavers: readonly JudgedLeaver[], gaps: readonly Gap[] = []) =>
  measure(
    offboardingComplete,
    { leavers: { source: 'store/leavers', at: AT, gaps, facts: { daysKept: 90, leavers } } },
    context,
  );

test('the share of leavers who are cut off in all steps, with how long it took', () => {
  const { containedAt: _, ...never } = leaver(3).cases[0] as JudgedLeaver['cases'][number];
  const all = [
    leaver(1),
    leaver(2, { steps: STEPS.map((step) => ({ step, outcome: step === 'consent' ? 'attention' : 'residual' })) }),
    { ...leaver(3), cases: [{ ...never, contained: false }] },
  ];
  const { state, value, arithmetic, terms } = measured(all);
  assert.deepEqual([state, value], ['exact', 1 / 3]);
  assert.equal(
    arithmetic,
    '1 of 3 leavers who could get in; reaction median 2 minutes, p90 2 minutes, worst 2 minutes; exposure median 62 minutes, p90 62 minutes, worst 62 minutes; 1 never contained, whom no time counts',
  );
  assert.deepEqual([terms.steps_complete_3, terms.steps_complete_4, terms.contained], [1, 2, 2]);
  assert.deepEqual([terms.never_contained, terms.reaction_minutes_median, terms.exposure_minutes_worst], [1, 2, 62]);
});

test('whom the gateway refused before they left was exposed for no time', () => {
  assert.equal(measured([leaver(1, { containedAt: '2026-11-19T10:00:00.000Z' })]).terms.exposure_minutes_worst, 0);
});

test('the first case counts the time, whatever came of it; one that was refused is none', () => {
  const [first] = leaver(1).cases as [JudgedLeaver['cases'][number]];
  const again = { ...first, openedAt: '2026-11-20T11:01:30.000Z' };
  const refused = { ...first, state: 'refused' as const, openedAt: '2026-11-20T10:00:00.000Z' };
  const { terms, value } = measured([{ ...leaver(1), cases: [refused, first, again] }]);
  assert.deepEqual([terms.reaction_minutes_worst, value], [2, 1]);
});

test('whom there was nothing to refuse is contained at no known time', () => {
  const { containedAt: _, ...untimed } = leaver(1).cases[0] as JudgedLeaver['cases'][number];
  const { terms } = measured([{ ...leaver(1), cases: [untimed] }]);
  assert.deepEqual([terms.never_contained, terms.contained_at_an_unknown_time], [0, 1]);
});

test('nobody who left in days on which nobody looked is not nobody', () => {
  const read = (daysKept: number) => {
    const facts = { daysKept, leavers: [] };
    const reads = { leavers: { source: 'store/leavers', at: AT, gaps: [], facts } };
    return measure(offboardingComplete, reads, context).state;
  };
  assert.deepEqual([read(12), read(90)], ['unknown', 'not-applicable']);
});

test('a share of half a list is no share, and of nobody there is none', () => {
  assert.deepEqual([measured([leaver(1)], [gap]).state, measured([leaver(1)], [gap]).value], ['unknown', undefined]);
  assert.equal(measured([], [gap]).state, 'unknown');
  assert.equal(measured([]).state, 'not-applicable');
});

test('a count of half a list is at least so many, and of none of it nobody knows', () => {
  const counting = { ...offboardingComplete, withGaps: 'at-least' as const };
  const read = { source: 'store/leavers', at: AT, gaps: [gap], facts: { daysKept: 90, leavers: [leaver(1)] } };
  assert.equal(measure(counting, { leavers: read }, context).state, 'at-least');
  const { cases: _, ...rest } = leaver(1);
  const none = { ...read, facts: { daysKept: 90, leavers: [{ ...rest, cases: [] }] } };
  const { state, value } = measure(counting, { leavers: none }, context);
  assert.deepEqual([state, value], ['unknown', undefined]);
});

test('a quantile is one of the values, as many lie at or below it as it says, and no smaller one has as many', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 }),
      fc.constantFrom(0.5, 0.9, 1),
      (all, share) => {
        const value = quantile(all, share);
        assert.ok(value !== undefined && all.includes(value));
        assert.ok(all.filter((each) => each <= value).length >= share * all.length);
        for (const less of all.filter((each) => each < value)) {
          assert.ok(all.filter((each) => each <= less).length < share * all.length);
        }
      },
    ),
  );
  assert.equal(quantile([], 0.5), undefined);
});

test('the five numbers are there, and of none is anything said while nothing was read', () => {
  assert.deepEqual(
    METRICS.map(({ id }) => id),
    ['servers-with-personal-credentials', 'calls-logged', 'blocked-at-arm', 'time-to-detect', 'offboarding-complete'],
  );
  for (const metric of METRICS) {
    const reads = Object.entries(metric.reads).map(([name, reading]) => [name, unread(reading, AT, 'It broke.')]);
    const { state, value, gaps } = measure(metric, Object.fromEntries(reads), context);
    assert.deepEqual([metric.id, state, value, gaps.length >= reads.length], [metric.id, 'unknown', undefined, true]);
  }
});
