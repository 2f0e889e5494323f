import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCanary } from '../../../src/cases/denied/canary.ts';
import { isUnderWay } from '../../../src/posture/canary/canary.ts';
import { pointOf } from '../../../src/posture/canary/canary-series.ts';
import { afterCalls, afterLook, type CanaryAlert } from '../../../src/posture/canary/judge-canary.ts';
import { afterVain, dueFrom, instanceOf, isGoodMinute, ofMonth } from '../../../src/posture/canary/when.ts';
import { at, BEGAN, CROSSED, calls, later, scheduled, waiting } from './canary-world.ts';

test('one begins from minute 10 on, or at minute 10 of the next hour, and never near the one before', () => {
  for (const [now, last, due] of [
    ['2026-12-01T08:10:00.000Z', undefined, '2026-12-01T08:10:00.000Z'],
    ['2026-12-01T08:10:30.000Z', undefined, '2026-12-01T08:10:30.000Z'],
    ['2026-12-01T08:45:30.000Z', undefined, '2026-12-01T08:45:30.000Z'],
    ['2026-12-01T08:46:00.000Z', undefined, '2026-12-01T09:10:00.000Z'],
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
    ofMonth(new Date('2026-12-01T08:10:00Z'), undefined),
    ofMonth(new Date('2026-12-01T08:10:00Z'), '2026-12-01T06:00:00Z'),
  ];
  assert.deepEqual(
    entered.map(({ id, dueAt }) => [id, dueAt]),
    [
      ['2026-12', '2026-12-01T00:10:00.000Z'],
      ['2026-12', '2026-12-01T09:10:00.000Z'],
      ['2026-12', '2026-12-01T08:10:00.000Z'],
      ['2026-12', '2026-12-01T09:10:00.000Z'],
    ],
  );
});

test('what was let through twenty-one times waits for its alert, from the last call on', () => {
  assert.deepEqual([waiting.state, waiting.answered, waiting.crossedAt], ['waiting', 21, '2026-12-01T00:11:00.000Z']);
  assert.equal(waiting.lookAt, at(5));
});

test('what was called is kept, and why nothing was tried is forgotten once it was', () => {
  const made = afterCalls({ ...scheduled, detail: 'refused', attempts: 1 }, calls(204), later(0));
  assert.deepEqual(made, {
    ...{ id: '2026-12', state: 'waiting', dueAt: BEGAN, calls: 21, answered: 21, attempts: 1 },
    ...{ beganAt: BEGAN, crossedAt: CROSSED, lookAt: at(5) },
  });
  const redirected = afterCalls(scheduled, calls(300), later(0));
  assert.deepEqual([redirected.state, redirected.calls, redirected.answered], ['scheduled', 21, 0]);
  const none = afterCalls(scheduled, [], later(0));
  assert.deepEqual([none.beganAt, none.detail], [undefined, 'The gateway let 0 of 21 calls through; it answered .']);
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
  ['an alert from the moment it began', [{ id: 'a', startedAt: BEGAN }], undefined, 5, 'detected', 0],
  ['an alert from before it crossed', [alert(-0.5, { hour: HOUR })], undefined, 5, 'detected', 0],
  ['two that do not come in their order', [alert(4), alert(9), alert(6)], undefined, 10, 'detected', 240],
  ['an alert about its server alone', [alert(4, { server: 'x' })], undefined, 5, 'detected', 240],
  ['an alert from before it began', [alert(-2, { hour: HOUR })], undefined, 75, 'undetected', undefined],
  ['an alert about another hour', [alert(4, { hour: '2026-11-30 21:00' })], undefined, 75, 'undetected', undefined],
  ['none yet', [], undefined, 69, 'waiting', undefined],
  ['none for seventy minutes', [], undefined, 70, 'undetected', undefined],
  ['none that can be read', [], 'denied', 24 * 60, 'waiting', undefined],
  ['none that can be read for twenty-five days', [], 'denied', 25 * 24 * 60, 'waiting', undefined],
  ['none that could be read while there were any', [], 'denied', 26 * 24 * 60, 'unread', undefined],
] as const) {
  test(`${what}: ${state}`, () => {
    const next = afterLook(waiting, { alerts, ...(failure === undefined ? {} : { failure }) }, later(now));
    assert.deepEqual([next.state, next.seconds], [state, seconds]);
    assert.equal(next.lookAt === undefined, state !== 'waiting');
  });
}

test('alerts are looked for every five minutes, and every hour once they should have come and cannot be read', () => {
  const next = (minutes: number, failure?: string): string | undefined =>
    afterLook(waiting, { alerts: [], ...(failure === undefined ? {} : { failure }) }, later(minutes)).lookAt;
  assert.deepEqual(
    [next(20), next(69, 'denied'), next(70, 'denied'), next(600, 'denied')],
    [at(25), at(74), at(130), at(660)],
  );
  const failed = afterLook(waiting, { alerts: [], failure: 'denied' }, later(5));
  assert.deepEqual([failed.detail, afterLook(failed, { alerts: [] }, later(10)).detail], ['denied', undefined]);
  assert.equal(afterLook(scheduled, { alerts: [alert(4)] }, later(5)), scheduled, 'nothing was crossed');
  const { alert: id, alertAt } = afterLook(waiting, { alerts: [alert(4)] }, later(5));
  assert.deepEqual([id, alertAt], ['a4', at(4)]);
});

test('a canary is a point of a series of its own; one that was not detected took at least an hour', () => {
  const detected = afterLook(waiting, { alerts: [alert(4.5)] }, later(5));
  const undetected = afterLook(waiting, { alerts: [] }, later(80));
  assert.deepEqual(
    [detected, undetected, waiting, scheduled].map((each) => {
      const { metric, day, state, value } = pointOf(each) ?? {};
      return [metric, day, state, value];
    }),
    [
      ['canary-detect', '2026-12-01', 'exact', 4.5],
      ['canary-detect', '2026-12-01', 'at-least', 60],
      [undefined, undefined, undefined, undefined],
      [undefined, undefined, undefined, undefined],
    ],
  );
});

test('a canary is over once its alert came, or did not, or it was not let through', () => {
  const underWay = (
    ['scheduled', 'running', 'waiting', 'detected', 'late', 'undetected', 'not-sent', 'unread'] as const
  ).filter((state) => isUnderWay({ state }));
  assert.deepEqual(underWay, ['scheduled', 'running', 'waiting']);
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
