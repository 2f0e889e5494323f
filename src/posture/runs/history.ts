import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, day, instant, text } from '../../shapes/primitives.ts';
import { recordOf } from '../../shapes/record-of.ts';
import { METRIC_STATES, MeasuredSchema, type MetricDefinition } from '../metric.ts';
import { mondayOf, mondaysUntil, weekOf } from './iso-week.ts';
import { STATUSES, type Status } from './run.ts';

const PointSchema = z.strictObject({
  /** UTC. */
  day,
  /** The last run of the day. */
  runId: text,
  state: z.enum(METRIC_STATES),
  /** Absent where it is unknown or does not apply: a gap, and never 0. */
  value: z.exactOptional(z.number()),
  terms: z.record(text, z.number()),
});
/** A number of a day. */
export type Point = Immutable<z.output<typeof PointSchema>>;

export const SeriesSchema = z.strictObject({
  metric: text,
  title: text,
  unit: text,
  /** As it was measured last since `from`; absent where it was not. */
  latest: z.exactOptional(MeasuredSchema.extend({ runId: text, at: instant })),
  /** The first that was ever measured, however long ago: how it was before. */
  before: z.exactOptional(PointSchema),
  /** The oldest first. A day on which it was not measured is missing. */
  points: z.array(PointSchema),
});
/** A metric over time. */
export type Series = Immutable<z.output<typeof SeriesSchema>>;

export const WeeksSchema = z.strictObject({
  check: text,
  point: count,
  title: text,
  /** The worst status of each week that has one; the others are missing. */
  weeks: z.array(z.strictObject({ week: text, status: z.enum(STATUSES) })),
});
/** A check over the weeks. */
export type CheckWeeks = Immutable<z.output<typeof WeeksSchema>>;

/** As many as a year has. */
const MOST_WEEKS = 52;

/** From the worst on. */
const WORST_FIRST = ['fail', 'unknown', 'pass', 'not-applicable'] as const satisfies readonly Status[];
const RANK = recordOf(STATUSES, (status) => WORST_FIRST.indexOf(status));

/** Of each check the worst status of each week, in the order of the checklist. */
export function worstOfWeeks(
  checks: readonly { readonly id: string; readonly point: number; readonly title: string }[],
  seen: readonly { readonly check: string; readonly week: string; readonly status: Status }[],
): CheckWeeks[] {
  return checks
    .map(({ id, point, title }) => {
      const worst = new Map<string, Status>();
      for (const { week, status } of seen.filter(({ check }) => check === id)) {
        const known = worst.get(week);
        if (known === undefined || RANK[status] < RANK[known]) worst.set(week, status);
      }
      const weeks = [...worst].map(([week, status]) => ({ week, status }));
      return { check: id, point, title, weeks: weeks.sort((one, other) => (one.week < other.week ? -1 : 1)) };
    })
    .sort((one, other) => one.point - other.point);
}

/** The weeks from a day on until an instant, 52 at most: the Monday of the first, and all by their names. */
export function weeksBetween(from: string | undefined, to: Date): { readonly from: string; readonly weeks: string[] } {
  const first = from === undefined ? '' : mondayOf(new Date(from));
  const mondays = mondaysUntil(to, MOST_WEEKS).filter((monday) => monday >= first);
  return { from: mondays[0] ?? first, weeks: mondays.map((monday) => weekOf(new Date(monday))) };
}

/** A metric that nobody has measured yet is there, and empty. */
export function seriesOf(
  { id, title, unit }: Pick<MetricDefinition, 'id' | 'title' | 'unit'>,
  points: readonly Point[],
  rest: Pick<Series, 'latest' | 'before'>,
): Series {
  return { metric: id, title, unit, ...rest, points };
}
