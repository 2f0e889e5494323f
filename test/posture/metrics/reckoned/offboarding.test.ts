import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '../../../../src/cases/ids.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { offboardingComplete } from '../../../../src/posture/metrics/offboarding.ts';
import type { JudgedLeaver } from '../../../../src/posture/readings/leavers.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

type Case = JudgedLeaver['cases'][number];
const OID = '00000000-0000-4000-8000-000000000001' as Oid;
const [CONTAINMENT, ...OTHERS] = [
  ...['containment', 'consent', 'federated-credentials', 'runner-credentials', 'activity-audit', 'verification'],
] as [string, ...string[]];
const steps = (...names: readonly string[]): Case['steps'] => names.map((step) => ({ step, outcome: 'clear' }));
const filed = (more: Partial<Case> = {}): Case => ({
  ...{ caseId: `${OID}-1` as CaseId, mode: 'apply', state: 'filed', openedAt: '2026-11-20T11:00:00.000Z' },
  ...{ filedAt: '2026-11-20T11:10:00.000Z', containedAt: '2026-11-20T11:02:00.000Z', contained: true },
  ...{ steps: steps(CONTAINMENT, ...OTHERS), ...more },
});
const without = (name: 'filedAt' | 'containedAt'): Case => {
  const { [name]: _, ...rest } = filed();
  return rest as Case;
};
const left = (cases: readonly Case[], more: Partial<JudgedLeaver> = {}): JudgedLeaver => ({
  ...{ oid: OID, leftAt: '2026-11-20T10:00:00.000Z', hadAccess: true, cases: [...cases], ...more },
});
const reckoned = (leavers: readonly JudgedLeaver[], daysKept = 90) =>
  offboardingComplete.reckon(
    { leavers: { leavers: [...leavers], daysKept } },
    { at: '2026-11-23T04:10:00.000Z', settings: NO_SETTINGS },
  );
const counts = (...all: readonly number[]) => Object.fromEntries(all.map((many, at) => [`steps_complete_${at}`, many]));

test('one leaver who was cut off in all steps, and how long that took', () => {
  const { value, arithmetic, terms, doubts } = reckoned([left([filed()])]);
  const reached = Object.keys(terms).filter((name) => name.startsWith('steps_complete_'));
  assert.deepEqual([value, doubts, terms[reached.at(-1) ?? '']], [1, [], 1]);
  assert.equal(
    arithmetic,
    '1 of 1 leavers who could get in; reaction median 2 minutes, p90 2 minutes, worst 2 minutes; exposure median 62 minutes, p90 62 minutes, worst 62 minutes',
  );
  assert.deepEqual(
    [terms.leavers, terms.complete, terms.contained, terms.never_contained, terms.contained_at_an_unknown_time],
    [1, 1, 1, 0, 0],
  );
  assert.deepEqual([terms.days_known, terms.reaction_minutes_p90, terms.exposure_minutes_median], [90, 2, 62]);
});

test('who could not get in is no leaver to cut off', () => {
  const nobody = {
    ...{ value: undefined, arithmetic: '0 of 0 leavers who could get in' },
    terms: {
      ...{ leavers: 0, complete: 0, ...counts(...Array.from({ length: 5 }, () => 0)) },
      ...{ contained: 0, never_contained: 0, contained_at_an_unknown_time: 0, days_known: 90 },
    },
    doubts: [],
  };
  assert.deepEqual(reckoned([left([filed()], { hadAccess: false })]), nobody);
  assert.deepEqual(reckoned([], 400), nobody, 'no more days are known than count');
  const young = reckoned([], 89);
  assert.equal(young.arithmetic, '0 of 0 leavers who could get in; known for 89 of 90 days');
  assert.deepEqual(young.doubts, [{ reason: 'no-data', detail: 'Who left is known for 89 of 90 days.' }]);
  assert.deepEqual(reckoned([left([filed()])], 12).doubts, [], 'somebody left');
});

test('only a case that cut everything off and was filed is complete', () => {
  const attention: Case['steps'] = [{ step: 'extra', outcome: 'attention' }];
  const cases: readonly (readonly [string, readonly Case[], complete: number, never: number, untimed: number])[] = [
    ['none', [], 0, 1, 0],
    ['a plan', [filed({ mode: 'plan' })], 0, 1, 0],
    ['one that was refused', [filed({ state: 'refused' })], 0, 1, 0],
    ['one that was cancelled', [filed({ state: 'cancelled' })], 0, 1, 0],
    [
      'one that was cancelled, after one that was filed',
      [filed(), filed({ state: 'cancelled', contained: false })],
      1,
      0,
      0,
    ],
    ['a plan after one that was filed', [filed(), filed({ mode: 'plan', contained: false })], 1, 0, 0],
    ['one that is not filed', [without('filedAt')], 0, 0, 0],
    ['one that did not contain them', [filed({ contained: false })], 0, 1, 0],
    ['one that contained them nobody knows when', [without('containedAt')], 1, 0, 1],
    ['one that lacks a step', [filed({ steps: steps(CONTAINMENT, ...OTHERS.slice(1)) })], 0, 0, 0],
    [
      'one with a step that wants attention',
      [filed({ steps: [...steps(CONTAINMENT, ...OTHERS), ...attention] })],
      0,
      0,
      0,
    ],
    ['a better one before a worse', [filed(), filed({ contained: false })], 0, 1, 0],
  ];
  for (const [what, all, complete, never, untimed] of cases) {
    const { terms, value } = reckoned([left(all)]);
    const told = [terms.complete, terms.never_contained, terms.contained_at_an_unknown_time, terms.contained];
    assert.deepEqual(told, [complete, never, untimed, 1 - never], what);
    assert.equal(value, complete, what);
  }
});

test('how many steps are complete is told, with what runs out by itself among them', () => {
  const some: Case['steps'] = [
    { step: 'consent', outcome: 'residual' },
    { step: 'runner-credentials', outcome: 'clear' },
    { step: 'activity-audit', outcome: 'attention' },
  ];
  const { terms } = reckoned([left([filed({ steps: some })]), left([]), left([filed()])]);
  const told = Object.entries(terms).filter(([name]) => name.startsWith('steps_complete_'));
  assert.deepEqual(Object.fromEntries(told), counts(1, 0, 1, 0, 1));
});

test('times count from the first case that cut something, and the share is of all who could get in', () => {
  const early = filed({ openedAt: '2026-11-20T10:32:00.000Z' });
  const { value, terms, arithmetic } = reckoned([left([early, filed()]), left([]), left([without('containedAt')])]);
  assert.deepEqual([terms.reaction_minutes_worst, terms.exposure_minutes_worst, value], [30, 62, 2 / 3]);
  assert.match(arithmetic, /; 1 never contained, whom no time counts$/);
});
