import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assess, broken, carried, failureId, worseThanBefore } from '../../src/posture/assess.ts';
import { idleIn, tooLongIn } from '../../src/posture/exceptions.ts';
import { type Gap, unread } from '../../src/posture/reading.ts';
import type { Assessed, Status } from '../../src/posture/runs/run.ts';
import { AT, check, gap, judge, LATER, read, settings, things } from './assess/world.ts';

const TABLE: readonly (readonly [facts: readonly string[], gaps: readonly Gap[], status: Status])[] = [
  [['good'], [], 'pass'],
  [[], [], 'not-applicable'],
  [[], [gap], 'unknown'],
  [['good'], [gap], 'unknown'],
  [['good', 'odd'], [], 'unknown'],
  [['good', 'bad/1'], [], 'fail'],
  [['bad/1'], [gap], 'fail'],
  [['bad/1', 'odd'], [], 'fail'],
];
for (const [facts, gaps, status] of TABLE) {
  test(`of [${facts}] with ${gaps.length} gaps: ${status}`, () => {
    assert.equal(judge(facts, { gaps }).status, status);
  });
}

test('what fails has one name, however the vendor writes its id, and another in another check', () => {
  assert.equal(failureId('a', '/Subscriptions/X'), failureId('a', '/subscriptions/x'));
  assert.notEqual(failureId('a', '/x'), failureId('b', '/x'));
});

test('beside what fails stands what nobody could read', () => {
  const { failures, gaps } = judge(['bad/1'], { gaps: [gap] });
  assert.deepEqual([failures.length, gaps], [1, [gap]]);
});

test('a reading that broke makes nothing pass', () => {
  const reads = { things: unread(things, AT, 'It broke.') };
  const { status, gaps } = assess(check(), reads, { at: AT, settings, exceptions: [] });
  assert.deepEqual([status, gaps.map(({ reason, detail }) => [reason, detail])], ['unknown', [['error', 'It broke.']]]);
});

test('a check that breaks is unknown, and says whose fault it is', () => {
  const { status, gaps } = broken(check(), read(['good']), { at: AT, settings, exceptions: [] });
  assert.deepEqual([status, gaps.map(({ reason }) => reason)], ['unknown', ['error']]);
});

test('an exception keeps the failure, says until when, and says once that it is over', () => {
  const accepted = judge(['bad/1'], { until: '2026-11-23' });
  assert.deepEqual([accepted.status, accepted.failures[0]?.accepted?.until], ['fail', '2026-11-23']);
  const over = judge(['bad/1'], { before: accepted, at: LATER, until: '2026-11-23' });
  assert.deepEqual(
    [over.change, over.failures[0]?.change, over.failures[0]?.accepted],
    ['exception-expired', 'exception-expired', undefined],
  );
  const next = judge(['bad/1'], { before: over, at: LATER, until: '2026-11-23' });
  assert.equal(next.change, 'still-failing');
});

test('an exception that ends while nothing is read is over on its day all the same', () => {
  const accepted = judge(['bad/1', 'bad/2'], { until: '2026-11-23' });
  const exception = { finding: failureId('no-bad-things', 'bad/1'), reason: 'Known.', by: 'ciso', until: '2026-11-23' };
  const on = (at: string, before: Assessed): Assessed => carried(before, { at, exceptions: [exception] });
  const same = on(AT, accepted);
  assert.deepEqual([same.change, same.failures], ['same', on(AT, same).failures]);
  assert.deepEqual(same.failures.map(({ resource, change, accepted: by }) => [resource, change, by?.until]).sort(), [
    ['bad/1', 'still-failing', '2026-11-23'],
    ['bad/2', 'still-failing', undefined],
  ]);
  const over = on(LATER, same);
  assert.deepEqual([over.change, over.at], ['exception-expired', AT]);
  assert.deepEqual(
    over.failures.map(({ accepted: by }) => by),
    [undefined, undefined],
  );
  assert.deepEqual(worseThanBefore([over]), [over]);
  assert.equal(on(LATER, over).change, 'same');
});

test('behind what is accepted nobody loses sight of the rest untold', () => {
  const until = '2027-01-01';
  const accepted = judge(['bad/1', 'good'], { until });
  const lost = judge(['bad/1'], { until, gaps: [gap], before: accepted, at: LATER });
  assert.deepEqual([lost.status, lost.change], ['fail', 'lost-sight']);
  assert.equal(judge(['bad/1'], { until, gaps: [gap], before: lost, at: LATER }).change, 'still-failing');
  // Where something fails that nobody accepted, people know already.
  const open = judge(['bad/1', 'bad/2'], { until });
  const half = judge(['bad/1', 'bad/2'], { until, gaps: [gap], before: open, at: LATER });
  assert.equal(half.change, 'still-failing');
});

test('what fails for another reason than before is told, since when it fails stays, and it is told once', () => {
  for (const until of [undefined, '2027-01-01']) {
    const first = judge(['bad/1'], until === undefined ? {} : { until });
    const again = (before: Assessed): Assessed =>
      judge(['bad/1!'], { before, at: LATER, ...(until === undefined ? {} : { until }) });
    const other = again(first);
    assert.deepEqual([other.change, other.failures[0]?.change, other.failures[0]?.since], ['new-fail', 'new-fail', AT]);
    assert.equal(again(other).change, 'still-failing');
  }
});

test('an exception for longer than half a year accepts nothing', () => {
  assert.equal(judge(['bad/1'], { until: '2027-05-22' }).failures[0]?.accepted?.until, '2027-05-22');
  assert.equal(judge(['bad/1'], { until: '2027-05-23' }).failures[0]?.accepted, undefined);
});

test('an exception never covers that nobody can say', () => {
  assert.equal(judge([], { gaps: [gap], until: '2027-01-01' }).status, 'unknown');
});

test('what fails without a break says since when', () => {
  const first = judge(['bad/1']);
  const second = judge(['bad/1', 'bad/2'], { before: first, at: LATER });
  assert.deepEqual(second.failures.map(({ resource, since, change }) => [resource, since, change]).sort(), [
    ['bad/1', AT, 'still-failing'],
    ['bad/2', LATER, 'new-fail'],
  ]);
});

test('an exception covers the reason that it names, and without one nothing more severe beside it', () => {
  const open = (facts: readonly string[], covers?: string): string[] =>
    judge(facts, { until: '2027-01-01', ...(covers === undefined ? {} : { covers }) })
      .failures.filter(({ accepted }) => accepted === undefined)
      .map(({ reason }) => reason);
  assert.deepEqual(open(['bad/1', 'bad/1!']), ['worse']);
  assert.deepEqual(open(['bad/1', 'bad/1!'], 'worse'), ['bad']);
  assert.deepEqual(open(['bad/1!'], 'bad'), ['worse']);
  assert.deepEqual(open(['bad/1'], 'bad'), []);
});

test('an exception of what fails for another reason alone may go', () => {
  const entry = { finding: failureId('no-bad-things', 'bad/1'), reason: 'Known, and behind a wall.', by: 'ciso' };
  const idle = (facts: readonly string[], covers?: string): number =>
    idleIn([{ ...entry, until: '2027-01-01', covers }], [judge(facts)]).length;
  assert.deepEqual([idle(['bad/1']), idle(['bad/1'], 'bad'), idle(['bad/1'], 'worse'), idle(['good'])], [0, 0, 1, 1]);
});

test('an exception for too long is named, so that whoever wrote it sees that it does not hold', () => {
  const entry = { finding: 'P-0123456789ab', reason: 'Known, and behind a wall.', by: 'ciso' };
  const entries = ['2027-05-22', '2027-05-23'].map((until) => ({ ...entry, until }));
  assert.deepEqual(tooLongIn(entries.slice(0, 1), AT), []);
  assert.deepEqual(tooLongIn(entries, AT), ['P-0123456789ab']);
});
