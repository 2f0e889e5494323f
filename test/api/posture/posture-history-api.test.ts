import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { enterStatuses } from '../../../src/connectors/storage/check-weeks.ts';
import { putFirst } from '../../../src/connectors/storage/evidence/evidence.ts';
import { enterMetrics, type MetricPoint } from '../../../src/connectors/storage/metrics.ts';
import { CHECKS } from '../../../src/posture/checks/index.ts';
import type { Measured } from '../../../src/posture/metric.ts';
import { METRICS } from '../../../src/posture/metrics/index.ts';
import { runName } from '../../../src/posture/runs/run-id.ts';
import { run } from '../../posture/support/made-run.ts';
import { askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const api = askApi(app);
const now = new Date('2026-11-25T10:41:12Z');

async function ask(path: string, roles = ['Offboarding.Read']) {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'cli', scopes: ['access'], roles };
  return api(path, { token: await app.tenant.tokens.issue(claims), tools: { now: () => now } });
}
const METRIC = 'offboarding-complete';
const MEASURED: Measured = {
  ...{ metric: METRIC, title: 'Leavers cut off in all steps', unit: 'share', state: 'exact', value: 0.75 },
  ...{ arithmetic: '3 of 4 leavers', terms: { leavers: 4 }, gaps: [] },
};
const point = (day: string, more: Pick<MetricPoint, 'state' | 'value'>): MetricPoint => ({
  metric: METRIC,
  day,
  runId: `${day}-timer`,
  terms: {},
  ...more,
});

test('every number is there: the first of it, the last as it was measured, and no day that was not measured', async () => {
  const empty = JSON.parse((await ask('/api/posture/metrics')).body);
  assert.deepEqual(
    empty.metrics.map((each: { metric: string; points: unknown[] }) => [each.metric, each.points]),
    METRICS.map(({ id }) => [id, []]),
  );
  assert.equal(empty.from, '2025-11-25');
  await enterMetrics(app.config, [
    point('2024-01-01', { state: 'unknown' }),
    point('2024-01-02', { state: 'exact', value: 0.5 }),
    point('2026-11-22', { state: 'unknown' }),
    point('2026-11-24', { state: 'exact', value: 0.75 }),
  ]);
  const last = run([], { runId: '2026-11-24-timer', metrics: [MEASURED] });
  await putFirst(app.config, 'evidence', runName(last.runId), JSON.stringify(last));
  const told = JSON.parse((await ask('/api/posture/metrics?from=2026-01-01')).body);
  const mine = told.metrics.find((each: { metric: string }) => each.metric === METRIC);
  assert.deepEqual([mine.before.day, mine.before.value], ['2024-01-02', 0.5]);
  assert.deepEqual([mine.latest.arithmetic, mine.latest.runId], ['3 of 4 leavers', last.runId]);
  assert.deepEqual(
    mine.points.map(({ day, state, value }: { day: string; state: string; value?: number }) => [day, state, value]),
    [
      ['2026-11-22', 'unknown', undefined],
      ['2026-11-24', 'exact', 0.75],
    ],
  );
  const { before, points } = mine;
  for (const [day, filed] of [
    ['2026-11-25', '{"schemaVersion":"9.0"}'],
    ['2026-11-26', '{'],
  ] as const) {
    await enterMetrics(app.config, [point(day, { state: 'exact', value: 1 })]);
    await putFirst(app.config, 'evidence', runName(`${day}-timer`), filed);
    const unread = JSON.parse((await ask('/api/posture/metrics?from=2026-01-01')).body);
    const again = unread.metrics.find((each: { metric: string }) => each.metric === METRIC);
    assert.deepEqual([again.before, again.points.slice(0, points.length)], [before, points]);
    assert.deepEqual(
      [again.latest.state, again.latest.value, again.latest.runId],
      ['unknown', undefined, `${day}-timer`],
    );
    assert.deepEqual([again.latest.gaps.length, again.latest.gaps[0].reason], [1, 'unreadable']);
    assert.ok(app.logged.some((line) => line.includes('cannot be read') && line.includes(`${day}-timer`)));
  }
  assert.equal(JSON.parse((await ask('/api/posture/metrics?from=2001-01-01')).body).from, '2023-11-26');
  assert.equal((await ask('/api/posture/metrics?from=yesterday')).status, 422);
  assert.equal((await ask('/api/posture/metrics', [])).status, 403);
});

test('a week is as bad as its worst day, and a week without a judgement stays empty', async () => {
  const check = 'servers-tagged';
  const seen = (week: string, status: 'pass' | 'fail' | 'unknown') => ({ week, check, status, runId: 'x' });
  await enterStatuses(app.config, [
    seen('2025-W01', 'fail'),
    seen('2026-W46', 'pass'),
    seen('2026-W48', 'unknown'),
    seen('2026-W48', 'pass'),
    seen('2026-W48', 'unknown'),
  ]);

  const told = JSON.parse((await ask('/api/posture/history')).body);
  assert.deepEqual([told.from, told.weeks.length, told.weeks.at(-1)], ['2025-12-01', 52, '2026-W48']);
  assert.equal(told.checks.length, CHECKS.length);
  const mine = told.checks.find((each: { check: string }) => each.check === check);
  assert.deepEqual(mine.weeks, [
    { week: '2026-W46', status: 'pass' },
    { week: '2026-W48', status: 'unknown' },
  ]);
  await enterStatuses(app.config, [seen('2026-W48', 'fail')]);
  const young = JSON.parse((await ask('/api/posture/history?from=2026-11-20')).body);
  assert.deepEqual([young.from, young.weeks], ['2026-11-16', ['2026-W47', '2026-W48']]);
  assert.deepEqual(young.checks.find((each: { check: string }) => each.check === check).weeks, [
    { week: '2026-W48', status: 'fail' },
  ]);
});
