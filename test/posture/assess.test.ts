import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { latestName } from '../../activities/runner-credentials/github/inventory/inventory-index.ts';
import { KEPT } from '../../src/exposure/kept.ts';
import { assess, broken, carried, changeBetween, failureId, worseThanBefore } from '../../src/posture/assess.ts';
import { type CheckDefinition, defineCheck, type Found, type Judged } from '../../src/posture/check.ts';
import { idleIn, tooLongIn } from '../../src/posture/exceptions.ts';
import { defineReading, type Gap, type Read, unread } from '../../src/posture/reading.ts';
import { diffRuns } from '../../src/posture/runs/diff-runs.ts';
import { readRun } from '../../src/posture/runs/latest-run.ts';
import { type Assessed, type Change, type PostureRun, STATUSES, type Status } from '../../src/posture/runs/run.ts';
import { LATEST } from '../../src/posture/runs/run-id.ts';

const AT = '2026-11-23T04:10:00.000Z';
const LATER = '2026-11-24T04:10:00.000Z';
const settings = {
  ...{ TENANT_ID: 't', GATEWAY_APP_ID: 'g', SUBSCRIPTION_IDS: [] },
  ...{ GITHUB_ORGANISATIONS: [], DEVOPS_ORGANISATIONS: [] },
  ...{ PROTECTED_OIDS: [], APPLICATION_ONLY_SERVERS: [], WRITING_CLIENT_IDS: [] },
};
const things = defineReading({
  id: 'vendor/things',
  holds: 'things',
  permissions: [],
  shape: z.array(z.string()),
  nothing: [],
});
const gap: Gap = { reason: 'throttled', source: 'vendor/things', detail: 'Asked, and answered 429.' };
const found = (resource: string): Found<'bad' | 'worse'> => ({
  reason: resource.endsWith('!') ? 'worse' : 'bad',
  resource,
  severity: resource.endsWith('!') ? 'critical' : 'high',
  says: `${resource} is bad.`,
  evidence: { resource, call: 'things' },
  remedy: { todo: 'Mend it.' },
});
/** Whatever is called bad fails, whatever is called odd is in doubt. */
const check = (version = 1): CheckDefinition =>
  defineCheck({
    id: 'no-bad-things',
    point: 3,
    title: 'Nothing is bad',
    severity: 'high',
    version,
    modules: ['gateway'],
    reads: { things },
    reasons: { bad: 'It is bad.', worse: 'It is worse.' },
    judge: ({ things: all }): Judged<'bad' | 'worse'> => ({
      findings: all
        .filter((each) => each.startsWith('bad'))
        .map(found)
        .map((each) => ({ ...each, resource: each.resource.replace('!', '') })),
      doubts: all
        .filter((each) => each.startsWith('odd'))
        .map((resource) => ({ reason: 'unreadable', resource, detail: `${resource} is odd.` })),
      subjects: all.length,
      evidence: [],
      shows: {},
    }),
  });

const read = (facts: readonly string[], gaps: readonly Gap[] = []): { readonly things: Read<unknown> } => ({
  things: { source: 'vendor/things', at: AT, gaps, facts },
});
const judge = (
  facts: readonly string[],
  more: {
    gaps?: readonly Gap[];
    before?: Assessed;
    at?: string;
    version?: number;
    until?: string;
    covers?: string;
  } = {},
): Assessed => {
  const { gaps = [], before, at = AT, version = 1, until, covers } = more;
  const accepted = { finding: failureId('no-bad-things', 'bad/1'), reason: 'Known, and behind a wall.', by: 'ciso' };
  const exceptions = until === undefined ? [] : [{ ...accepted, until, covers }];
  return assess(check(version), read(facts, gaps), { at, settings, before, exceptions });
};

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
