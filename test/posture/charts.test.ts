import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Measured } from '../../src/posture/metric.ts';
import type { Series } from '../../src/posture/runs/history.ts';
import type { Status } from '../../src/posture/runs/run.ts';
import { metricLine, weeksMap } from '../../src/report/posture/charts.ts';
import { figureOf, saidOf, termOf } from '../../src/report/posture/figures.ts';
import { renderPosture } from '../../src/report/posture/page.ts';
import { assessed, run } from './support/made-run.ts';

const point = (day: string, value?: number, state: Series['points'][number]['state'] = 'exact') => ({
  ...{ day, runId: `${day}-timer`, state: value === undefined ? ('unknown' as const) : state, terms: {} },
  ...(value === undefined ? {} : { value }),
});
const series = (points: Series['points']): Series => ({
  metric: 'blocked-at-arm',
  title: 'Attempts that Azure refused',
  unit: 'attempts',
  ...(points[0]?.value === undefined ? {} : { before: points[0] }),
  points,
});
/** How often a pen was set down: each part of a line begins with a move. */
const strokes = (svg: string): number =>
  [...svg.matchAll(/<path d="(M[^"]+)" fill="none" stroke="var\(--bar\)"/g)].reduce(
    (sum, [, d = '']) => sum + (d.match(/M/g)?.length ?? 0),
    0,
  );

test('a line stops where there is no number, and says so', () => {
  const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'] as const;
  const whole = metricLine(series(days.map((day) => point(day, 3))), '2026-11-24');
  const gap = metricLine(
    series(days.map((day, index) => (index === 2 ? point(day) : point(day, index + 1)))),
    '2026-11-24',
  );
  assert.equal(strokes(String(gap.svg)), strokes(String(whole.svg)) + 1);
  assert.equal(
    gap.says,
    'Attempts that Azure refused: 1 on 2026-11-20, 5 on 2026-11-24. On 1 day there was no number.',
  );
  assert.ok(String(gap.svg).includes(`aria-label="${gap.says}"`));
  assert.match(metricLine(series([point('2026-11-20')]), '2026-11-24').says, /no number on any day/);
});

test('the map of the weeks hatches what nobody could say, crosses what failed, and leaves a missing week empty', () => {
  const weeks = ['2026-W46', '2026-W47', '2026-W48'];
  const row = (point: number, ...seen: (readonly [string, Status])[]) => ({
    ...{ check: `c${point}`, point, title: `Point ${point}` },
    weeks: seen.map(([week, status]) => ({ week, status })),
  });
  const { svg, says } = weeksMap(weeks, [
    row(1, ['2026-W46', 'unknown'], ['2026-W48', 'unknown']),
    row(2, ['2026-W46', 'pass'], ['2026-W47', 'fail']),
    row(3, ['2026-W48', 'not-applicable'], ['2020-W01', 'fail']),
  ]);
  const drawn = String(svg);
  const cells = (fill: string): number => drawn.split(`fill="${fill}"`).length - 1;
  assert.deepEqual(['url(#unknown)', 'var(--good)', 'var(--bar-after)', 'var(--blind)'].map(cells), [2, 1, 1, 1]);
  assert.match(drawn, /<pattern id="unknown"/);
  assert.equal(drawn.split('stroke="var(--heat-ink)"').length - 1, 1);
  assert.match(says, /unknown in 2 weeks \(points 1\)/);
  assert.equal(String(weeksMap(weeks, []).svg).includes('undefined'), false);
});

test('one time is told in one way on a page: up, but for the least that it can be', () => {
  const value = 3.5;
  assert.deepEqual(
    [
      saidOf({ state: 'exact', unit: 'minutes', value }),
      saidOf({ state: 'at-least', unit: 'minutes', value }),
      termOf('median_minutes', value),
      termOf('reaction_minutes_p90', value),
      termOf('share_of_calls', 0.125),
    ],
    ['4 minutes', 'at least 3 minutes', 'median minutes: 4', 'reaction minutes p90: 4', 'share of calls: 0.13'],
  );
});

test('a share is never rounded up, and what is unknown is no 0', () => {
  assert.deepEqual(
    [figureOf('share', 0.999999), figureOf('share', 0.29), figureOf('share', 1), figureOf('minutes', 59.2)],
    ['99.999 %', '29 %', '100 %', '60 minutes'],
  );
  assert.deepEqual(
    [
      saidOf({ state: 'unknown', unit: 'servers' }),
      saidOf({ state: 'not-applicable', unit: 'servers' }),
      saidOf({ state: 'at-least', unit: 'servers', value: 3 }),
    ],
    ['unknown', 'does not apply', 'at least 3'],
  );
});

test('the page has the numbers with their arithmetic and their gaps, and the year', () => {
  const measured: Measured = {
    ...{
      metric: 'blocked-at-arm',
      title: 'Attempts that Azure refused',
      unit: 'attempts',
      state: 'at-least',
      value: 2,
    },
    ...{ arithmetic: '2 attempts, 3 requests', terms: { attempts: 2 } },
    gaps: [{ reason: 'denied', source: 'azure/blocked', detail: 'no', missingPermission: 'x/read' }],
  };
  const made = run([assessed()], { metrics: [measured] });
  const history = {
    series: [series([point('2026-11-22', 1), point('2026-11-23', 2, 'at-least')])],
    weeks: ['2026-W48'],
    checks: [{ check: 'servers-tagged', point: 3, title: 'x', weeks: [{ week: '2026-W48', status: 'pass' as const }] }],
  };
  const page = renderPosture(made, history);
  for (const words of ['2 attempts, 3 requests', 'at least 2', '1 on 2026-11-22', 'x/read', 'id="weeks"']) {
    assert.ok(page.includes(words), words);
  }
  assert.equal(renderPosture(made, history), page);
  assert.ok(!renderPosture(run([assessed()])).includes('id="numbers"'));
});
