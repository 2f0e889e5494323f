import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECKS } from '../../../src/posture/checks/index.ts';
import { METRICS } from '../../../src/posture/metrics/index.ts';
import { diffRuns, RunDiffSchema } from '../../../src/posture/runs/diff-runs.ts';
import { FiledStepsSchema, STEPS_TO_COMPLETE } from '../../../src/posture/runs/filed-steps.ts';
import { type Point, SeriesSchema, seriesOf } from '../../../src/posture/runs/history.ts';
import { latestRun, readRun, whyRunUnreadable } from '../../../src/posture/runs/latest-run.ts';
import { quantile, spreadOf } from '../../../src/posture/runs/quantiles.ts';
import { readHistory, readSeries } from '../../../src/posture/runs/read-series.ts';
import { type PostureRun, PostureRunSchema } from '../../../src/posture/runs/run.ts';
import { instanceOf, LATEST, pageName, RUN_ID, runIdOf, runName } from '../../../src/posture/runs/run-id.ts';
import { assessed, failure, run } from '../support/made-run.ts';

const AT = '2026-11-23T04:10:00.000Z';

test('a run is named by its instant, one of the timer by its day', () => {
  const at = new Date('2026-11-29T10:41:12.000Z');
  assert.equal(runIdOf(at, 'asked'), '2026-11-29T10-41-12-000Z-asked');
  assert.equal(runIdOf(at, 'timer'), '2026-11-29-timer');
  for (const id of [runIdOf(at, 'asked'), runIdOf(at, 'timer'), runIdOf(at, 'deployment')]) assert.match(id, RUN_ID);
  for (const id of ['x2026-11-29-timer', '2026-11-29-timers', '../2026-11-29-timer', '2026-11-29-case'])
    assert.doesNotMatch(id, RUN_ID);
  assert.deepEqual([instanceOf('r'), runName('r'), pageName('r')], ['posture:r', 'posture/r.json', 'posture/r.html']);
});

test('times are told by the nearest rank, in any order', () => {
  assert.equal(quantile([], 0.5), undefined);
  assert.deepEqual(spreadOf([10, 2, 9]), { median: 9, p90: 10, worst: 10 });
  assert.equal(spreadOf([]), undefined);
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2);
  assert.equal(quantile([5, 1], 0), 1);
});

test('an error that is about no run is none of its business', () => {
  assert.equal(whyRunUnreadable(new Error('x')), undefined);
  assert.ok(!FiledStepsSchema.safeParse({ steps: [{}] }).success);
  assert.ok(STEPS_TO_COMPLETE.includes('consent'));
});

test('two runs differ by what fails anew, still, and no more', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => failure({ id: `P-00000000000${letter}`, resource: letter }));
  assert.ok(a && b && c);
  const from = run([assessed({ status: 'fail', failures: [a, b] })], { runId: 'one' });
  const to = run([assessed({ status: 'fail', failures: [b, c] })], { runId: 'two' });
  const diff = diffRuns(from, to);
  const [check] = diff.checks;
  const ids = (list: readonly { readonly id: string }[] | undefined) => list?.map(({ id }) => id);
  assert.deepEqual([ids(check?.fails), ids(check?.stillFails), ids(check?.gone)], [[c.id], [b.id], [a.id]]);
  assert.deepEqual([diff.from, diff.to, check?.before, check?.after], ['one', 'two', 'fail', 'fail']);
  assert.ok(RunDiffSchema.safeParse(diff).success);
});

test('a check that the later run did not judge is not mended: nobody can say', () => {
  const before = assessed({ check: 'calls-logged', status: 'pass' });
  const [, gone] = diffRuns(run([assessed(), before]), run([assessed()])).checks;
  assert.deepEqual([gone?.check, gone?.after, gone?.change], ['calls-logged', 'unknown', 'lost-sight']);
  const [fresh] = diffRuns(run([]), run([assessed()])).checks;
  assert.deepEqual([fresh?.change, fresh !== undefined && 'before' in fresh], ['first', false]);
});

test('what is needed of a filed report is read, whatever another version says besides', () => {
  const steps = STEPS_TO_COMPLETE.map((step) => ({ step, outcome: 'clear', more: 1 }));
  assert.equal(FiledStepsSchema.parse({ steps, other: 1 }).steps.length, STEPS_TO_COMPLETE.length);
  assert.ok(!FiledStepsSchema.safeParse({ steps: [{ step: 'consent', outcome: 'fine' }] }).success);
});

const point = (more: Partial<Point> = {}): Point => ({
  ...{ day: '2026-11-23', runId: '2026-11-23-timer', state: 'exact', value: 3, terms: {}, ...more },
});
const of = METRICS[0] ?? assert.fail();
const measured = {
  metric: of.id,
  title: of.title,
  unit: of.unit,
  state: 'exact',
  value: 3,
  arithmetic: '3',
  terms: {},
  gaps: [],
} as const;

/** A store that holds this. */
function store(files: Readonly<Record<string, unknown>>, points: Readonly<Record<string, readonly Point[]>> = {}) {
  return {
    getText: async (container: string, name: string) => {
      const file = files[`${container}/${name}`];
      return typeof file === 'string' || file === undefined ? file : JSON.stringify(file);
    },
    listMetric: async (metric: string) => points[metric] ?? [],
    firstMeasured: async (metric: string) => points[metric]?.[0],
    listStatuses: async () => [{ check: CHECKS[0]?.id ?? '', week: '2026-W48', status: 'fail' as const }],
  };
}
const filed = (one: PostureRun) => ({
  [`evidence/${runName(one.runId)}`]: one,
  [`inventory/${LATEST}`]: { runId: one.runId },
});
const warned: string[] = [];
const log = { warn: (message: string) => void warned.push(message) };

test('the last run is the one that is named as such; there may be none, or none of a name', async () => {
  const one = run([assessed()]);
  assert.deepEqual(await latestRun(store(filed(one))), one);
  assert.equal(await latestRun(store({})), undefined);
  assert.equal(await readRun(store(filed(one)), 'other'), undefined);
  assert.ok(PostureRunSchema.safeParse(one).success);
});

test('of a run of another release the checks stand that this one can read, and none is made up', async () => {
  const one = run([assessed(), assessed({ check: 'b' })], { metrics: [measured] });
  const [first, second] = one.checks;
  const other = {
    ...one,
    schemaVersion: '1.1',
    more: 1,
    checks: [
      { ...first, more: 1 },
      { ...second, status: 'fine' },
    ],
  };
  const read = await latestRun(store({ ...filed(one), [`evidence/${runName(one.runId)}`]: other }));
  assert.deepEqual(
    [read?.schemaVersion, read?.checks.map(({ check }) => check), read?.metrics.length],
    ['1.0', [first?.check], 1],
  );
  for (const [odd, why] of [
    ['{"SECRET":', `The run ${one.runId} is filed, and is not JSON.`],
    [{ at: AT }, `The run ${one.runId} is filed, and says nothing that this release understands (checks).`],
  ] as const)
    await assert.rejects(
      latestRun(store({ ...filed(one), [`evidence/${runName(one.runId)}`]: odd })),
      (error: Error) => (whyRunUnreadable(error) ?? '').startsWith(why) && !error.message.includes('SECRET'),
    );
  await assert.rejects(
    latestRun(store({ [`inventory/${LATEST}`]: { at: AT } })),
    /which run was the last \(inventory\/.*\) says nothing that this release understands/,
  );
});

test('a series says how a number came about, as the run that measured it last does', async () => {
  const one = run([], { metrics: [measured] });
  const [series, ...others] = await readSeries(
    store(filed(one), { [of.id]: [point({ value: 7 }), point()] }),
    '2026',
    log,
  );
  assert.deepEqual([series?.latest?.value, series?.latest?.at, series?.before?.value], [3, one.at, 7]);
  assert.deepEqual([series?.points.length, others.length], [2, METRICS.length - 1]);
  assert.ok(others.every((each) => each.points.length === 0 && each.latest === undefined));
  assert.ok(SeriesSchema.safeParse(series).success);
  assert.deepEqual(seriesOf(of, [], {}), { metric: of.id, title: of.title, unit: of.unit, points: [] });
});

test('a number whose run nobody can read is unknown, and never the number of the table', async () => {
  for (const [what, files] of [
    ['it is gone', {}],
    ['it is no JSON', { [`evidence/${runName(point().runId)}`]: '{' }],
    ['it did not measure it', filed(run([]))],
  ] as const) {
    const [series] = await readSeries(store(files, { [of.id]: [point()] }), '2026', log);
    assert.deepEqual([series?.latest?.state, series?.latest?.value], ['unknown', undefined], what);
    assert.match(series?.latest?.gaps[0]?.detail ?? '', /cannot be read/, what);
  }
  assert.equal(warned.length, 1, 'what cannot be understood is logged');
  const down = { ...store({}, { [of.id]: [point()] }), getText: () => Promise.reject(new Error('storage is down')) };
  await assert.rejects(readSeries(down, '2026', log), /storage is down/);
});

test('a history has every number and every check, by the weeks of a year', async () => {
  const { series, weeks, checks } = await readHistory(store({}), new Date(AT), log);
  assert.deepEqual([series.length, weeks.length, checks.length], [METRICS.length, 52, CHECKS.length]);
  assert.deepEqual(checks.find(({ check }) => check === CHECKS[0]?.id)?.weeks, [{ week: '2026-W48', status: 'fail' }]);
});
