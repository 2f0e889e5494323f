import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { text } from '../shapes/primitives.ts';
import type { FactsOf, PostureContext, Readings } from './check.ts';
import { type Gap, GapSchema, type Read } from './reading.ts';

/** `exact`: all of it was read. `at-least`: there may be more. `unknown`: there is no number. */
export const METRIC_STATES = ['exact', 'at-least', 'unknown', 'not-applicable'] as const;
export type MetricState = (typeof METRIC_STATES)[number];

export const MeasuredSchema = z.strictObject({
  metric: text,
  title: text,
  unit: text,
  state: z.enum(METRIC_STATES),
  /** Absent where it is unknown or does not apply. Shares are from 0 to 1, never rounded up. */
  value: z.exactOptional(z.number()),
  /** How the value comes about, in numbers: `3 of 4`. */
  arithmetic: text,
  /** Everything that it is computed from, and what stands beside it. */
  terms: z.record(text, z.number()),
  gaps: z.array(GapSchema),
});
/** A metric as it was measured in a run. */
export type Measured = Immutable<z.output<typeof MeasuredSchema>>;

/** Why there is no number, or only the least of it, although all was read; of one resource, or of the whole. */
type MetricDoubt = Pick<Gap, 'reason' | 'detail'> & { readonly resource?: string };

/** What a metric makes of its readings. */
export interface Reckoned {
  /** Undefined where there is nothing to measure. */
  readonly value: number | undefined;
  /** The number is the least that it can be, although all of it was read. */
  readonly atLeast?: true;
  readonly arithmetic: string;
  readonly terms: Readonly<Record<string, number>>;
  /** What it cannot say although its readings are complete. */
  readonly doubts?: readonly MetricDoubt[];
}

/** One of the five numbers. */
export interface MetricDefinition<Reads extends Readings = Readings> {
  readonly id: string;
  readonly title: string;
  readonly unit: 'servers' | 'share' | 'attempts' | 'minutes';
  readonly reads: Reads;
  /** What a gap makes of it: a count of what was found is at least so many, a share or a time is not known. */
  readonly withGaps: 'at-least' | 'unknown';
  /** Pure: facts in, a number out. A method for the reason that a check’s is one. */
  reckon(facts: FactsOf<Reads>, context: PostureContext): Reckoned;
}

/** Declares a metric. */
export function defineMetric<const Reads extends Readings>(
  definition: MetricDefinition<Reads>,
): MetricDefinition<Reads> {
  return definition;
}

/** Measures one number by what was read; `reads` by the names that the metric gives its readings. */
export function measure(
  metric: MetricDefinition,
  reads: Readonly<Record<string, Read<unknown>>>,
  context: PostureContext,
): Measured {
  const facts = Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, read.facts]));
  const { value, arithmetic, terms, atLeast, doubts = [] } = metric.reckon(facts, context);
  const gaps: Gap[] = [
    ...Object.values(reads).flatMap((read) => read.gaps),
    ...doubts.map(({ resource, ...why }) => ({
      ...why,
      source: resource === undefined ? metric.id : `${metric.id}:${resource}`,
    })),
  ];
  const read = gaps.length > 0 ? metric.withGaps : atLeast === true ? 'at-least' : 'exact';
  const state = stateOf(value, read, gaps.length === 0);
  const shown = state === 'exact' || state === 'at-least';
  return {
    metric: metric.id,
    title: metric.title,
    unit: metric.unit,
    state,
    ...(shown && value !== undefined ? { value } : {}),
    arithmetic,
    terms,
    gaps,
  };
}

function stateOf(value: number | undefined, read: 'exact' | 'at-least' | 'unknown', whole: boolean): MetricState {
  // At least nothing says nothing, and reads like none.
  if (value !== undefined) return read === 'at-least' && value === 0 ? 'unknown' : read;
  return whole ? 'not-applicable' : 'unknown';
}
