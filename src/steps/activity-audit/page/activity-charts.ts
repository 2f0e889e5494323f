import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import { counted } from '../../../cases/words/wording.ts';
import type { Drawing } from '../../../html/blocks.ts';
import type { AuditDay, AuditFacts, HourOfWeek } from '../rules/audit-facts.ts';
import { chartSvg } from './chart-svg.ts';

const MUTED = 'var(--muted)';
const SMALL = { color: MUTED, fontSize: 11 };

/** Calls per day over the window, with the last day marked; days without evidence are shaded. */
export function callsPerDay(facts: AuditFacts): Drawing {
  const { days } = facts;
  const says = describeDays(facts);
  const svg = chartSvg({
    id: 'calls-per-day',
    width: 1120,
    height: 230,
    alternative: says,
    option: {
      grid: { left: 44, right: 12, top: 34, bottom: 26 },
      xAxis: {
        type: 'category',
        data: days.map(({ date }) => date),
        // Shaded spans snap to ticks, so every day has one although none is shown.
        axisTick: { show: false, interval: 0 },
        axisLine: { lineStyle: { color: 'var(--line-strong)' } },
        axisLabel: {
          ...SMALL,
          interval: (_: number, date: string) => date.endsWith('-01') || date.endsWith('-15'),
          formatter: shortDate,
        },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 4,
        axisLabel: SMALL,
        splitLine: { lineStyle: { color: 'var(--line)' } },
      },
      series: [
        {
          ...bars(days, 'var(--bar)', ({ calls, callsAfterDeparture }) => calls - callsAfterDeparture),
          ...lastDayMark(facts),
          markArea: { silent: true, itemStyle: { color: 'var(--blind)' }, data: blindSpans(days) },
        },
        bars(days, 'var(--bar-after)', ({ callsAfterDeparture }) => callsAfterDeparture, true),
        relatedLine(days),
      ],
    },
  });
  return { svg, says };
}

/** The upper one of the two stacked series carries the number of the busiest day. */
function bars(
  days: readonly AuditDay[],
  color: string,
  value: (day: AuditDay) => number,
  upper = false,
): BarSeriesOption {
  const peak = Math.max(1, ...days.map(({ calls }) => calls));
  const label = { show: true, position: 'top', color: 'var(--ink)', fontSize: 12, formatter: String(peak) } as const;
  return {
    type: 'bar',
    stack: 'calls',
    silent: true,
    barCategoryGap: '18%',
    itemStyle: { color },
    data: days.map((day) => ({ value: value(day), ...(upper && day.calls === peak ? { label } : {}) })),
  };
}

/** Other identities' calls are a line, so that they cannot be taken for the leaver's. */
function relatedLine(days: readonly AuditDay[]): LineSeriesOption {
  return {
    type: 'line',
    step: 'middle',
    silent: true,
    symbol: 'none',
    lineStyle: { color: 'var(--bar-related)', width: days.some(({ relatedCalls }) => relatedCalls > 0) ? 1.4 : 0 },
    data: days.map(({ relatedCalls }) => relatedCalls),
  };
}

function lastDayMark({ lastDay, days }: AuditFacts): Pick<BarSeriesOption, 'markLine'> {
  const index = days.findIndex(({ date }) => date === lastDay);
  if (index < 0) return {};
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: 'var(--ink)', type: 'solid', width: 1.2 },
      label: { formatter: `last day ${lastDay}`, color: 'var(--ink)', fontSize: 12, textBorderWidth: 0 },
      data: [{ xAxis: index }],
    },
  };
}

type Span = [{ readonly xAxis: number }, { readonly xAxis: number }];

/** Runs of days on which silence proves nothing, by their position. */
function blindSpans(days: readonly AuditDay[]): Span[] {
  const spans: Span[] = [];
  days.forEach(({ evidence }, index) => {
    if (evidence !== 'gap' && evidence !== 'not-retained') return;
    const last = spans.at(-1);
    if (last?.[1].xAxis === index - 1) last[1] = { xAxis: index };
    else spans.push([{ xAxis: index }, { xAxis: index }]);
  });
  return spans;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
/** Shades of the heat map besides "none". */
const LEVELS = 5;

/** Calls by weekday and hour, in one shade scale for both periods so that they can be compared. */
export function hourOfWeek(id: string, title: string, hours: HourOfWeek, most: number): Drawing {
  const says = describeWeek(title, hours);
  const svg = chartSvg({
    id,
    width: 560,
    height: 190,
    alternative: says,
    option: {
      grid: { left: 34, right: 4, top: 4, bottom: 22 },
      xAxis: {
        type: 'category',
        data: HOURS,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { ...SMALL, interval: (index: number) => index % 3 === 0 },
      },
      yAxis: {
        type: 'category',
        data: [...WEEKDAYS],
        inverse: true,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: SMALL,
      },
      visualMap: {
        type: 'piecewise',
        show: false,
        dimension: 3,
        pieces: Array.from({ length: LEVELS + 1 }, (_, level) => ({ value: level, color: `var(--heat-${level})` })),
      },
      series: [
        {
          type: 'heatmap',
          silent: true,
          itemStyle: { borderColor: 'var(--surface)', borderWidth: 1.5 },
          label: {
            show: true,
            fontSize: 9,
            formatter: ({ value }) => cellText((value as number[])[2] ?? 0),
          },
          data: hours.flatMap((row, weekday) =>
            row.map((calls, hour) => ({
              value: [hour, weekday, calls, levelOf(calls, most)],
              label: { color: levelOf(calls, most) > 3 ? 'var(--heat-ink)' : 'var(--ink)' },
            })),
          ),
        },
      ],
    },
  });
  return { svg, says };
}

/** The shade of a cell, 0 to 5, by the logarithm: one night of a thousand calls must not blank out the ordinary. */
function levelOf(calls: number, most: number): number {
  if (calls === 0) return 0;
  const share = Math.log1p(calls) / Math.log1p(Math.max(most, calls));
  return Math.min(LEVELS, Math.max(1, Math.ceil(share * LEVELS)));
}

function cellText(calls: number): string {
  if (calls === 0) return '';
  return calls < 1_000 ? String(calls) : `${Math.round(calls / 1_000)}k`;
}

function shortDate(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

function describeDays({ days, totals, afterDeparture, lastDay }: AuditFacts): string {
  const peak = days.reduce<AuditDay | undefined>(
    (best, day) => (day.calls > (best?.calls ?? 0) ? day : best),
    undefined,
  );
  const active = days.filter(({ calls }) => calls > 0).length;
  return [
    `Calls per day over ${counted(days.length, 'day')}: ${counted(totals.calls, 'call')} on ${counted(active, 'day')}.`,
    ...(peak === undefined ? [] : [`The busiest day is ${peak.date} with ${counted(peak.calls, 'call')}.`]),
    ...(lastDay === undefined ? [] : [`The last day, ${lastDay}, is marked.`]),
    `${counted(afterDeparture.calls, 'call')} came after the departure.`,
  ].join(' ');
}

function describeWeek(title: string, hours: HourOfWeek): string {
  const cells = hours.flatMap((row, weekday) => row.map((calls, hour) => ({ calls, weekday, hour })));
  const busiest = cells
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => b.calls - a.calls)
    .slice(0, 3);
  if (busiest.length === 0) return `${title}: no calls.`;
  const named = busiest.map(({ calls, weekday, hour }) => `${WEEKDAYS[weekday]} ${HOURS[hour]}:00 (${calls})`);
  return `${title}, calls by weekday and hour. Busiest: ${named.join(', ')}.`;
}
