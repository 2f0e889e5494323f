import { counted, listed } from '../../cases/wording.ts';
import type { Drawing } from '../../html/blocks.ts';
import { markup } from '../../html/markup.ts';
import type { CheckWeeks, Point, Series } from '../../posture/history.ts';
import type { Status } from '../../posture/run.ts';
import { chartSvg } from '../../steps/activity-audit/page/chart-svg.ts';
import { figureOf } from './figures.ts';
import { STATUS_LABELS } from './wording.ts';

const SMALL = { color: 'var(--muted)', fontSize: 11 };
const DAY_MS = 86_400_000;
/** Fewer days than that make a chart of points that nobody can compare. */
const LEAST_DAYS = 30;

/** A number over the days. A day without one is a gap, be it unknown or not measured; nothing is drawn across it. */
export function metricLine({ metric, title, unit, points, before }: Series, until: string): Drawing {
  const days = daysOf(points, until);
  const values = new Map(points.map((each) => [each.day, each]));
  const valueOn = (day = ''): number | undefined => values.get(day)?.value;
  const says = describeLine({ title, unit, points });
  const svg = chartSvg({
    id: `metric-${metric}`,
    width: 1120,
    height: 180,
    alternative: says,
    option: {
      grid: { left: 84, right: 12, top: 14, bottom: 26 },
      xAxis: {
        type: 'category',
        data: days,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: 'var(--line-strong)' } },
        axisLabel: {
          ...SMALL,
          interval: (index: number, day: string) => (days.length > 90 ? day.endsWith('-01') : index % 7 === 0),
        },
      },
      yAxis: {
        type: 'value',
        splitNumber: 3,
        ...(unit === 'share' ? { max: 1, scale: true } : { min: 0, minInterval: 1 }),
        axisLabel: { ...SMALL, formatter: (value: number) => figureOf(unit, value) },
        splitLine: { lineStyle: { color: 'var(--line)' } },
      },
      series: [
        {
          type: 'line',
          silent: true,
          connectNulls: false,
          showSymbol: true,
          showAllSymbol: true,
          symbolSize: 5,
          itemStyle: { color: 'var(--bar)' },
          lineStyle: { color: 'var(--bar)', width: 1.8 },
          data: days.map((day, index) => {
            const value = valueOn(day);
            // A day between gaps is no line; what is at least so much points upwards.
            const alone = valueOn(days[index - 1]) === undefined && valueOn(days[index + 1]) === undefined;
            const least = values.get(day)?.state === 'at-least';
            return { value: value ?? '-', symbol: least ? 'triangle' : alone ? 'circle' : 'none' };
          }),
          ...(before?.value === undefined ? {} : { markLine: beforeMark(before.value) }),
        },
      ],
    },
  });
  return { svg, says };
}

function beforeMark(value: number) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: 'var(--bar-related)', type: 'dashed' as const, width: 1.2 },
    label: { formatter: 'before', position: 'insideEndTop' as const, ...SMALL },
    data: [{ yAxis: value }],
  };
}

/** Every day from the first one that was measured on. */
function daysOf(points: readonly Point[], until: string): string[] {
  const last = Date.parse(until);
  const first = Math.min(Date.parse(points[0]?.day ?? until), last - LEAST_DAYS * DAY_MS);
  const many = Math.round((last - first) / DAY_MS) + 1;
  return Array.from({ length: many }, (_, index) => new Date(first + index * DAY_MS).toISOString().slice(0, 10));
}

function describeLine({ title, unit, points }: Pick<Series, 'title' | 'unit' | 'points'>): string {
  const known = points.filter(({ value }) => value !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  const without = points.length - known.length;
  if (first?.value === undefined || last?.value === undefined) return `${title}: no number on any day.`;
  const least = ({ state }: Point): string => (state === 'at-least' ? 'at least ' : '');
  return [
    `${title}: ${least(first)}${figureOf(unit, first.value)} on ${first.day}, ${least(last)}${figureOf(unit, last.value)} on ${last.day}.`,
    ...(without === 0 ? [] : [`On ${counted(without, 'day')} there was no number.`]),
  ].join(' ');
}

const COLOURS: Readonly<Record<Status, string>> = {
  pass: 'var(--good)',
  fail: 'var(--bar-after)',
  unknown: 'url(#unknown)',
  'not-applicable': 'var(--blind)',
};
const LEVELS = ['pass', 'fail', 'unknown', 'not-applicable'] as const satisfies readonly Status[];

/** The worst status of each point and week. What nobody could say is hatched; a week without a judgement is empty. */
export function weeksMap(weeks: readonly string[], checks: readonly CheckWeeks[]): Drawing {
  const says = describeWeeks(checks);
  const chart = chartSvg({
    id: 'weeks',
    width: 1120,
    height: 24 * checks.length + 40,
    alternative: says,
    option: {
      grid: { left: 34, right: 12, top: 6, bottom: 24 },
      xAxis: {
        type: 'category',
        data: [...weeks],
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { ...SMALL, interval: (index: number) => index % 4 === 0 },
        splitArea: { show: false },
      },
      yAxis: {
        type: 'category',
        data: checks.map(({ point }) => String(point)),
        inverse: true,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { ...SMALL, interval: 0 },
      },
      visualMap: {
        type: 'piecewise',
        show: false,
        dimension: 2,
        pieces: LEVELS.map((status, value) => ({ value, color: COLOURS[status] })),
      },
      series: [
        {
          type: 'heatmap',
          silent: true,
          itemStyle: { borderColor: 'var(--surface)', borderWidth: 1.5 },
          label: {
            show: true,
            color: 'var(--heat-ink)',
            fontSize: 11,
            // Colour is never the only sign.
            formatter: ({ value }) => ((value as number[])[2] === LEVELS.indexOf('fail') ? '×' : ''),
          },
          data: checks.flatMap(({ weeks: seen }, row) =>
            seen.flatMap(({ week, status }) => {
              const column = weeks.indexOf(week);
              return column < 0 ? [] : [[column, row, LEVELS.indexOf(status)]];
            }),
          ),
        },
      ],
    },
  });
  return { svg: markup`${HATCH}${chart}`, says };
}

/** By its name any drawing of the page can be filled with it. */
const HATCH = markup`<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false"><defs><pattern id="unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--warn-bg)"/><rect width="2.4" height="6" fill="var(--warn)"/></pattern></defs></svg>`;

function describeWeeks(checks: readonly CheckWeeks[]): string {
  const judged = checks.flatMap(({ point, weeks }) => weeks.map(({ status }) => ({ point, status })));
  if (judged.length === 0) return 'The worst status of each point and week: nothing was judged yet.';
  const words = LEVELS.map((status) => {
    const many = judged.filter((each) => each.status === status);
    const points = listed(
      many.map(({ point }) => String(point)),
      16,
    );
    const what = `${STATUS_LABELS[status].text.toLowerCase()} in ${counted(many.length, 'week')}`;
    return many.length === 0 ? '' : `${what} (points ${points})`;
  });
  return `The worst status of each point and week: ${words.filter((each) => each !== '').join('; ')}.`;
}
