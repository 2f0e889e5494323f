import { counted, listed } from '../../cases/words/wording.ts';
import type { Drawing } from '../../html/blocks.ts';
import { type Markup, markup } from '../../html/markup.ts';
import type { CheckWeeks, Point, Series } from '../../posture/runs/history.ts';
import type { Status } from '../../posture/runs/run.ts';
import { figureOf } from './figures.ts';
import { STATUS_LABELS } from './wording.ts';

const DAY_MS = 86_400_000;
/** Fewer days than that make a chart of points that nobody can compare. */
const LEAST_DAYS = 30;

/** A number over the days. A day without one is a gap, be it unknown or not measured; nothing is drawn across it. */
export function metricLine(series: Series, until: string): Drawing {
  const { unit, points, before } = series;
  const days = daysOf(points, until);
  const values = new Map(points.map((each) => [each.day, each]));
  const known = [...points, ...(before === undefined ? [] : [before])].flatMap(({ value }) => value ?? []);
  const scale = scaleOf(unit, known);
  const x = (index: number): number => tenth(LEFT + (index * (WIDTH - LEFT - RIGHT)) / Math.max(1, days.length - 1));
  const y = (value: number): number =>
    tenth(TOP + ((scale.most - value) / (scale.most - scale.least)) * (LINE_HEIGHT - TOP - BOTTOM));
  const parts = partsOf(days.map((day) => values.get(day)));
  const says = describeLine(series);
  const drawn = markup`${scale.ticks.map(
    (tick) =>
      markup`<path d="M${LEFT} ${y(tick)}H${WIDTH - RIGHT}" stroke="var(--line)"/>${word(LEFT - 8, y(tick) + 4, figureOf(unit, tick), 'end')}`,
  )}${days.map((day, index) => (isLabelled(day, index, days.length) ? word(x(index), LINE_HEIGHT - 8, day, 'middle') : ''))}${
    before?.value === undefined
      ? ''
      : markup`<path d="M${LEFT} ${y(before.value)}H${WIDTH - RIGHT}" stroke="var(--bar-related)" stroke-dasharray="5 4"/>${word(WIDTH - RIGHT, y(before.value) - 5, 'before', 'end')}`
  }${parts.map(
    (part) =>
      markup`<path d="${part.map(({ index, value }, at) => `${at === 0 ? 'M' : 'L'}${x(index)} ${y(value)}`).join('')}" fill="none" stroke="var(--bar)" stroke-width="1.8"/>`,
  )}${parts.map((part) => part.map(({ index, value, least }) => markOf(x(index), y(value), least, part.length === 1)))}`;
  return { svg: frame(LINE_HEIGHT, says, drawn), says };
}

const [WIDTH, LINE_HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [1120, 180, 84, 12, 16, 26] as const;

/** A chart as inline SVG. Colours are custom properties of the page, so that it follows light, dark and paper. */
function frame(height: number, says: string, drawn: Markup): Markup {
  return markup`<svg role="img" aria-label="${says}" viewBox="0 0 ${WIDTH} ${height}" class="chart">${drawn}</svg>`;
}

function word(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end'): Markup {
  return markup`<text x="${x}" y="${y}" text-anchor="${anchor}" fill="var(--muted)" font-size="11">${text}</text>`;
}

/** What is at least so much points upwards; a day between two gaps is no line, and a dot. */
function markOf(x: number, y: number, least: boolean, alone: boolean): Markup | '' {
  if (least) return markup`<path d="M${x} ${tenth(y - 4)}l3.5 6h-7z" fill="var(--bar)"/>`;
  return alone ? markup`<circle cx="${x}" cy="${y}" r="2.6" fill="var(--bar)"/>` : '';
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

interface Drawn {
  readonly index: number;
  readonly value: number;
  readonly least: boolean;
}

/** The days in a row that have a number. */
function partsOf(days: readonly (Point | undefined)[]): Drawn[][] {
  const parts: Drawn[][] = [];
  days.forEach((point, index) => {
    if (point?.value === undefined) return;
    const drawn = { index, value: point.value, least: point.state === 'at-least' };
    const last = parts.at(-1);
    if (last?.at(-1)?.index === index - 1) last.push(drawn);
    else parts.push([drawn]);
  });
  return parts;
}

/** From nothing to a round number; of shares from a round one below the least to all. */
function scaleOf(
  unit: string,
  values: readonly number[],
): { readonly least: number; readonly most: number; readonly ticks: readonly number[] } {
  const steps = [0, 1, 2, 3, 4];
  if (unit === 'share') {
    const span = [0.001, 0.01, 0.1].find((each) => Math.min(...values, 1) >= 1 - each) ?? 1;
    return { least: 1 - span, most: 1, ticks: steps.map((step) => 1 - (span * step) / 4) };
  }
  const highest = Math.max(...values, 4);
  const power = 10 ** Math.floor(Math.log10(highest));
  const most = ([2, 4, 8, 10, 20].find((each) => each * power >= highest) ?? 20) * power;
  return { least: 0, most, ticks: steps.map((step) => (most * step) / 4) };
}

function isLabelled(day: string, index: number, days: number): boolean {
  return days > 90 ? day.endsWith('-01') : index % 7 === 0;
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
  const wide = (WIDTH - MAP_LEFT - RIGHT) / Math.max(1, weeks.length);
  const x = (column: number): number => tenth(MAP_LEFT + column * wide);
  const height = ROW * checks.length + 30;
  const drawn = markup`${checks.map(({ point, weeks: seen }, row) => [
    word(MAP_LEFT - 8, ROW * row + 16, String(point), 'end'),
    ...seen.map(({ week, status }) => {
      const column = weeks.indexOf(week);
      if (column < 0) return '';
      // Colour is never the only sign.
      const sign = status === 'fail' ? cross(x(column) + wide / 2, ROW * row + ROW / 2) : '';
      return markup`<rect x="${x(column)}" y="${ROW * row + 1}" width="${tenth(wide - 1.5)}" height="${ROW - 2}" fill="${COLOURS[status]}"/>${sign}`;
    }),
  ])}${weeks.map((week, column) => (column % 4 === 0 ? word(x(column), height - 8, week, 'start') : ''))}`;
  return { svg: markup`${HATCH}${frame(height, says, drawn)}`, says };
}

const [MAP_LEFT, ROW] = [34, 24] as const;

function cross(x: number, y: number): Markup {
  return markup`<path d="M${tenth(x - 3)} ${y - 3}l6 6m0-6l-6 6" stroke="var(--heat-ink)" stroke-width="1.4"/>`;
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
