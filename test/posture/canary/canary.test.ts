import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCanary } from '../../../src/cases/denied/canary.ts';
import { CANARY_CALLS, type Canary, EVERY_MS } from '../../../src/posture/canary/canary.ts';
import { pointOf } from '../../../src/posture/canary/canary-series.ts';
import { afterCalls, afterLook, type CanaryAlert, type CanaryCall } from '../../../src/posture/canary/judge-canary.ts';
import { countingCanaries, judgeTried } from '../../../src/posture/canary/judge-tried.ts';
import { afterVain, dueFrom, instanceOf, isGoodMinute, ofMonth } from '../../../src/posture/canary/when.ts';

const MINUTE_MS = 60_000;
const BEGAN = '2026-12-01T00:10:00.000Z';
const CROSSED = '2026-12-01T00:11:00.000Z';
const later = (minutes: number): Date => new Date(Date.parse(CROSSED) + minutes * MINUTE_MS);
const at = (minutes: number): string => later(minutes).toISOString();
const scheduled: Canary = { id: '2026-12', state: 'scheduled', dueAt: BEGAN, calls: 0, answered: 0 };
const calls = (status: number | undefined, from = BEGAN, count = CANARY_CALLS): CanaryCall[] =>
  Array.from({ length: count }, (_, index) => ({
    at: new Date(Date.parse(from) + index * EVERY_MS).toISOString(),
    ...(status === undefined ? {} : { status }),
  }));
const waiting = afterCalls(scheduled, calls(200), later(0));

test('one begins from minute 10 on, or at minute 10 of the next hour, and never near the one before', () => {
  for (const [now, last, due] of [
    ['2026-12-01T08:10:00.000Z', undefined, '2026-12-01T08:10:00.000Z'],
    ['2026-12-01T08:45:30.000Z', undefined, '2026-12-01T08:45:30.000Z'],
    ['2026-12-01T08:59:30.000Z', undefined, '2026-12-01T09:10:00.000Z'],
    ['2026-12-01T08:03:00.000Z', undefined, '2026-12-01T08:10:00.000Z'],
    ['2026-12-31T23:50:00.000Z', undefined, '2027-01-01T00:10:00.000Z'],
    ['2026-12-01T08:20:00.000Z', '2026-12-01T08:10:00.000Z', '2026-12-01T11:10:00.000Z'],
    ['2026-12-01T08:20:00.000Z', '2026-12-01T05:55:00.000Z', '2026-12-01T09:10:00.000Z'],
  ] as const) {
    assert.equal(dueFrom(new Date(now), last), due, now);
  }
  assert.ok(!isGoodMinute(new Date('2026-12-01T08:59:30Z')) && !isGoodMinute(new Date('2026-12-01T08:09:59Z')));
});

test('of a month there is one, at minute 10', () => {
  const entered = [
    ofMonth(new Date('2026-12-01T00:00:20Z'), undefined),
    ofMonth(new Date('2026-12-01T08:20:00Z'), undefined),
  ];
  assert.deepEqual(
    entered.map(({ id, dueAt }) => [id, dueAt]),
    [
      ['2026-12', '2026-12-01T00:10:00.000Z'],
      ['2026-12', '2026-12-01T09:10:00.000Z'],
    ],
  );
});

test('what was let through twenty-one times waits for its alert, from the last call on', () => {
  assert.deepEqual([waiting.state, waiting.answered, waiting.crossedAt], ['waiting', 21, '2026-12-01T00:11:00.000Z']);
  assert.equal(waiting.lookAt, at(5));
});

for (const [what, made, detail] of [
  ['refused', calls(403), /0 of 21 .* 403/],
  ['not answered', calls(undefined), /0 of 21 .* nothing/],
  ['let through twenty times', [...calls(200, BEGAN, 20), { at: CROSSED, status: 429 }], /20 of 21 .* 200, 429/],
  ['begun at :59:30', calls(200, '2026-12-01T00:59:30.000Z'), /two hours/],
] as const) {
  test(`${what}, nothing was tried: the month’s comes again the next day, twice; who asked is told`, () => {
    const vain = afterCalls(scheduled, made, later(2));
    assert.deepEqual([vain.state, vain.attempts], ['scheduled', 1]);
    assert.match(vain.detail ?? '', detail);
    assert.ok(Date.parse(vain.dueAt) >= later(24 * 60).getTime());
    assert.notEqual(instanceOf(vain), instanceOf(scheduled));
    assert.equal(afterVain({ ...vain, attempts: 2 }, later(2)).state, 'not-sent');
    assert.equal(afterCalls({ ...scheduled, by: 'somebody' }, made, later(2)).state, 'not-sent');
    assert.equal(vain.crossedAt, undefined);
  });
}

const HOUR = '2026-12-01 00:00';
const alert = (minutes: number, dimensions?: Readonly<Record<string, string>>): CanaryAlert => ({
  id: `a${minutes}`,
  startedAt: at(minutes),
  ...(dimensions === undefined ? {} : { dimensions }),
});
for (const [what, alerts, failure, now, state, seconds] of [
  ['an alert', [alert(4, { hour: HOUR })], undefined, 5, 'detected', 240],
  ['an alert that does not say of which hour', [alert(4)], undefined, 5, 'detected', 240],
  ['the first of two', [alert(9, { hour: HOUR }), alert(4, { hour: HOUR })], undefined, 10, 'detected', 240],
  ['an alert at the sixtieth minute', [alert(60, { hour: HOUR })], undefined, 65, 'detected', 3_600],
  ['an alert a minute later', [alert(61, { hour: HOUR })], undefined, 65, 'late', 3_660],
  ['an alert, although not all could be read', [alert(4, { hour: HOUR })], 'denied', 5, 'detected', 240],
  ['an alert from before it began', [alert(-2, { hour: HOUR })], undefined, 75, 'undetected', undefined],
  ['an alert about another hour', [alert(4, { hour: '2026-11-30 21:00' })], undefined, 75, 'undetected', undefined],
  ['none yet', [], undefined, 69, 'waiting', undefined],
  ['none for seventy minutes', [], undefined, 70, 'undetected', undefined],
  ['none that can be read', [], 'denied', 24 * 60, 'waiting', undefined],
  ['none that could be read while there were any', [], 'denied', 26 * 24 * 60, 'unread', undefined],
] as const) {
  test(`${what}: ${state}`, () => {
    const next = afterLook(waiting, { alerts, ...(failure === undefined ? {} : { failure }) }, later(now));
    assert.deepEqual([next.state, next.seconds], [state, seconds]);
    assert.equal(next.lookAt === undefined, state !== 'waiting');
  });
}

test('a canary is a point of a series of its own; one that was not detected took at least an hour', () => {
  const detected = afterLook(waiting, { alerts: [alert(4.5)] }, later(5));
  const undetected = afterLook(waiting, { alerts: [] }, later(80));
  assert.deepEqual(
    [detected, undetected, waiting].map((each) => {
      const { metric, day, state, value } = pointOf(each) ?? {};
      return [metric, day, state, value];
    }),
    [
      ['canary-detect', '2026-12-01', 'exact', 4.5],
      ['canary-detect', '2026-12-01', 'at-least', 60],
      [undefined, undefined, undefined, undefined],
    ],
  );
});

const RULE = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Insights/scheduledQueryRules/canary';
const over = (state: Canary['state'], id = '2026-12'): Canary => ({ ...waiting, id, state, seconds: 300 });
for (const [what, canaries, now, said] of [
  ['none', [], 0, ['pass', 'none within 35 days']],
  ['seen', [over('detected')], 60, ['pass', '2026-12: detected']],
  ['seen too late', [over('late')], 60, ['canary-unseen', '2026-12: late']],
  ['not seen', [over('undetected')], 60, ['canary-unseen', '2026-12: undetected']],
  ['not let through', [over('not-sent')], 60, ['pass', '2026-12: not-sent']],
  ['waiting for its alert', [waiting], 30, ['pass', '2026-12: waiting']],
  [
    'waiting, after one that was not seen',
    [waiting, over('undetected', '2026-11')],
    30,
    ['canary-unseen', '2026-11: undetected'],
  ],
  ['let through, and the alerts cannot be read', [waiting], 120, ['unavailable', '2026-12: waiting']],
  [
    'the same, after one that was seen',
    [waiting, over('detected', '2026-11')],
    120,
    ['unavailable', '2026-12: waiting'],
  ],
  ['let through, and nobody could ever read the alerts', [over('unread')], 120, ['unavailable', '2026-12: unread']],
] as const) {
  test(`a canary, ${what}: ${said.join(', ')}`, () => {
    const { findings, doubts, shows } = judgeTried({ setUp: true, rule: RULE, canaries: [...canaries] }, at(now));
    const reason = findings[0]?.reason ?? doubts[0]?.reason ?? 'pass';
    assert.deepEqual([reason, shows.canary], said);
  });
}

const DAY = 24 * 60;
for (const [what, canaries, day, kept] of [
  ['seen, 40 days ago', [over('detected')], 40, []],
  ['not seen, 40 days ago, and none since', [over('undetected')], 40, ['2026-12']],
  ['not read, 40 days ago, and none since', [over('unread')], 40, ['2026-12']],
  ['let through, and never looked for', [waiting], 40, ['2026-12']],
  [
    'not seen, 40 days ago, and the next not let through',
    [{ ...scheduled, id: '2027-01', state: 'not-sent', dueAt: at(31 * DAY) }, over('undetected')],
    40,
    ['2027-01', '2026-12'],
  ],
  [
    'not seen, 40 days ago, and the next seen',
    [{ ...over('detected', '2027-01'), beganAt: at(31 * DAY) }, over('undetected')],
    40,
    ['2027-01'],
  ],
] as const) {
  test(`a canary, ${what}: ${kept.join(', ') || 'none'} counts`, () => {
    assert.deepEqual(
      countingCanaries(canaries, at(day * DAY)).map(({ id }) => id),
      kept,
    );
  });
}

test('where there is no canary, it says so', () => {
  assert.equal(judgeTried({ setUp: false, canaries: [] }, at(0)).shows.canary, 'not set up');
});

test('a row is told by what the gateway calls its server, and others at its door are not it', () => {
  assert.deepEqual(['canary', 'Canary', 'canary-others', 'filesystem', ''].map(isCanary), [
    true,
    true,
    false,
    false,
    false,
  ]);
});
