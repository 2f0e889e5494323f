import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exceptionFor, idleIn, type PostureException, tooLongIn } from '../../src/posture/exceptions.ts';
import type { Assessed } from '../../src/posture/runs/run.ts';

const AT = '2026-11-23T04:10:00.000Z';
/** 180 days later. */
const LAST = '2027-05-22';
const entry = (more: Partial<PostureException> = {}): PostureException => ({
  ...{ finding: 'one', reason: 'A holiday.', by: 'Ana', until: '2026-12-31', ...more },
});
const failure = (reason: string, severity: 'critical' | 'high' | 'medium', id = 'one') => ({ id, reason, severity });

test('a failure is accepted until its day, and for half a year at most', () => {
  const until = (day: string) =>
    exceptionFor(failure('a', 'high'), [entry({ until: day })], { at: AT, all: [failure('a', 'high')] });
  assert.deepEqual(until('2026-11-23'), { reason: 'A holiday.', by: 'Ana', until: '2026-11-23' });
  assert.deepEqual(until(LAST)?.until, LAST);
  assert.deepEqual([until('2026-11-22'), until('2027-05-23')], [undefined, undefined]);
  const entries = [entry({ until: LAST }), entry({ finding: 'two', until: '2027-05-23' })];
  assert.deepEqual(tooLongIn(entries, AT), ['two']);
});

test('of several things that fail under one id the one that is named is accepted, else the least severe', () => {
  const [worse, milder, other] = [failure('a', 'critical'), failure('b', 'medium'), failure('c', 'medium', 'two')];
  const accepted = (entries: readonly PostureException[]) =>
    [worse, milder, other].map(
      (each) => exceptionFor(each, entries, { at: AT, all: [worse, milder, other] }) !== undefined,
    );
  assert.deepEqual(accepted([entry()]), [false, true, false]);
  assert.deepEqual(accepted([entry({ covers: 'a' })]), [true, false, false]);
  assert.deepEqual(accepted([entry({ finding: 'two' })]), [false, false, true]);
  assert.deepEqual(accepted([entry({ covers: 'x' }), entry({ covers: 'b' })]), [false, true, false]);
  assert.deepEqual(accepted([]), [false, false, false]);
});

test('an entry for what does not fail, or fails for another reason, may go', () => {
  const checks = [
    { failures: [failure('a', 'high'), failure('b', 'high', 'two')] },
    { failures: [] },
  ] as unknown as Assessed[];
  const entries = [
    entry(),
    entry({ covers: 'a' }),
    entry({ covers: 'b' }),
    entry({ finding: 'three' }),
    entry({ finding: 'two' }),
  ];
  assert.deepEqual(idleIn(entries, checks), ['one', 'three']);
});
