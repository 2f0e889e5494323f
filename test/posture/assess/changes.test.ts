import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latestName } from '../../../activities/runner-credentials/github/inventory/inventory-index.ts';
import { KEPT } from '../../../src/exposure/kept.ts';
import { carried, changeBetween, worseThanBefore } from '../../../src/posture/assess.ts';
import type { Gap } from '../../../src/posture/reading.ts';
import { diffRuns } from '../../../src/posture/runs/diff-runs.ts';
import { readRun } from '../../../src/posture/runs/latest-run.ts';
import { type Assessed, type Change, type PostureRun, STATUSES, type Status } from '../../../src/posture/runs/run.ts';
import { LATEST } from '../../../src/posture/runs/run-id.ts';
import { AT, gap, judge, LATER } from './world.ts';

/** What a check says when it stood one way and stands another; the same for each pair, written down. */
const CHANGES: Readonly<Record<Status, Readonly<Record<Status, Change>>>> = {
  pass: { pass: 'same', fail: 'new-fail', unknown: 'lost-sight', 'not-applicable': 'same' },
  fail: { pass: 'fixed', fail: 'still-failing', unknown: 'lost-sight', 'not-applicable': 'fixed' },
  unknown: { pass: 'found', fail: 'new-fail', unknown: 'same', 'not-applicable': 'found' },
  'not-applicable': { pass: 'same', fail: 'new-fail', unknown: 'lost-sight', 'not-applicable': 'same' },
};
const OF: Readonly<Record<Status, () => Assessed>> = {
  pass: () => judge(['good']),
  fail: () => judge(['bad/1']),
  unknown: () => judge([], { gaps: [gap] }),
  'not-applicable': () => judge([]),
};
for (const before of STATUSES) {
  for (const after of STATUSES) {
    const change = CHANGES[before][after];
    test(`${before}, then ${after}: ${change}`, () => {
      assert.equal(changeBetween(OF[before](), OF[after]()), change);
    });
  }
}

test('the first judgement is compared with nothing, and another version’s is not comparable', () => {
  assert.equal(changeBetween(undefined, OF.fail()), 'first');
  const second = judge(['bad/1'], { before: OF.fail(), version: 2, at: LATER });
  assert.deepEqual([second.change, second.failures[0]?.since], ['not-comparable', LATER]);
});

test('what another version of a check finds is told once, because the next run compares with that one', () => {
  const judged = (facts: readonly string[], gaps: readonly Gap[] = []): Assessed =>
    judge(facts, { gaps, before: OF.pass(), version: 2, at: LATER });
  const [fails, lost, passes] = [judged(['bad/1']), judged([], [gap]), judged(['good'])];
  const accepted = judge(['bad/1'], { before: OF.pass(), version: 2, at: LATER, until: '2027-01-01' });
  assert.deepEqual(worseThanBefore([fails, lost, passes, accepted]), [fails, lost]);
  assert.deepEqual(worseThanBefore([judge(['bad/1'], { before: fails, version: 2, at: LATER })]), []);
});

test('people are told of what is worse and of what is out of sight, and of nothing else', () => {
  const told = STATUSES.flatMap((before) =>
    STATUSES.map((after) => ({
      ...OF[after](),
      change: changeBetween(OF[before](), OF[after]()),
      title: `${before} ${after}`,
    })),
  );
  assert.deepEqual(
    worseThanBefore(told).map(({ title }) => title),
    ['pass fail', 'pass unknown', 'fail unknown', 'unknown fail', 'not-applicable fail', 'not-applicable unknown'],
  );
});

const runOf = (runId: string, checks: readonly Assessed[]): PostureRun => ({
  schemaVersion: '1.0',
  runId,
  at: AT,
  finishedAt: AT,
  trigger: 'timer',
  checks,
  metrics: [],
  idleExceptions: [],
});

test('two runs side by side: what is new, what stays, what is gone', () => {
  const { checks } = diffRuns(runOf('a', [judge(['bad/1', 'bad/2'])]), runOf('b', [judge(['bad/2', 'bad/3'])]));
  const [only] = checks;
  assert.ok(only);
  const names = (list: readonly { resource: string }[]) => list.map(({ resource }) => resource);
  assert.deepEqual(
    [only.change, names(only.fails), names(only.stillFails), names(only.gone)],
    ['new-fail', ['bad/3'], ['bad/2'], ['bad/1']],
  );
});

test('a run without a check that the earlier one has lost sight of it, and of what failed there', () => {
  const { checks } = diffRuns(runOf('a', [judge(['bad/1'])]), runOf('b', []));
  const said = checks.map(({ before, after, change, gone }) => [before, after, change, gone.length]);
  assert.deepEqual(said, [['fail', 'unknown', 'lost-sight', 1]]);
});

test('what was judged holds for eight days; then nobody can say, which is told once', () => {
  const on = (at: string, before: Assessed): Assessed => carried(before, { at, exceptions: [] });
  for (const facts of [['good'], []]) {
    const kept = on('2026-12-01T04:10:00.000Z', judge(facts));
    assert.deepEqual([kept.status, kept.change, kept.at], [judge(facts).status, 'same', AT]);
    const old = on('2026-12-02T04:10:00.000Z', kept);
    assert.deepEqual([old.status, old.change, old.gaps.length], ['unknown', 'lost-sight', 1]);
    assert.match(old.gaps[0]?.detail ?? '', /last read on 2026-11-23/);
    const later = on('2026-12-03T04:10:00.000Z', old);
    assert.deepEqual([later.status, later.change, later.gaps], ['unknown', 'same', old.gaps]);
    assert.deepEqual(on('2026-12-20T04:10:00.000Z', later).gaps, old.gaps);
  }
  const fails = on('2026-12-02T04:10:00.000Z', judge(['bad/1']));
  assert.deepEqual([fails.status, fails.failures.length, fails.gaps.length], ['fail', 1, 1]);
});

test('a run that another release filed is read as far as this one understands it', async () => {
  const filed = {
    ...runOf('a', []),
    schemaVersion: '1.1',
    mood: 'good',
    checks: [
      { ...judge(['bad/1']), new: true },
      { ...judge(['good']), status: 'partly' },
    ],
    metrics: [{ metric: 'new' }],
  };
  const read = await readRun({ getText: async () => JSON.stringify(filed) }, 'a');
  assert.deepEqual([read?.checks, read?.metrics], [[judge(['bad/1'])], []]);
  await assert.rejects(readRun({ getText: async () => '{}' }, 'a'));
});

test('an organisation of any name keeps its index beside the last run, and not over it', () => {
  const names = ['posture', 'Exposure', 'northwind'].map(latestName);
  assert.deepEqual(names, ['_posture/latest.json', '_exposure/latest.json', 'northwind/latest.json']);
  assert.ok(![LATEST, KEPT].some((taken) => names.includes(taken)));
});

test('what fails stands in the order of its names, whatever was found first', () => {
  const facts = Array.from({ length: 9 }, (_, at) => `bad/${at}`);
  const ids = (of: readonly string[]) => judge(of).failures.map(({ id }) => id);
  assert.deepEqual(ids(facts), ids(facts).toSorted());
  assert.deepEqual(ids(facts.toReversed()), ids(facts));
});

test('one thing that fails anew among others is told, and one exception that ended as well', () => {
  const before = judge(['bad/1', 'bad/2'], { until: '2026-11-23' });
  assert.equal(judge(['bad/1', 'bad/2', 'bad/3'], { before: judge(['bad/1', 'bad/2']), at: LATER }).change, 'new-fail');
  assert.equal(
    judge(['bad/1', 'bad/2', 'bad/3'], { before, at: LATER, until: '2026-11-23' }).change,
    'exception-expired',
  );
  assert.equal(judge(['bad/1', 'bad/2'], { before, at: LATER, until: '2027-01-01' }).change, 'still-failing');
});

test('what was out of date stays so, beside what could not be read before', () => {
  const exceptions: readonly never[] = [];
  const old = carried(judge(['good'], { gaps: [gap] }), { at: '2026-12-02T04:10:00.000Z', exceptions });
  const later = carried(old, { at: '2026-12-03T04:10:00.000Z', exceptions });
  assert.deepEqual([old.gaps.map(({ reason }) => reason), later.gaps], [['throttled', 'no-data'], old.gaps]);
});
