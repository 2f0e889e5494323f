import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, text } from '../../shapes/primitives.ts';
import type { FindingStatus } from '../finding.ts';
import { FindingIdSchema } from '../ids.ts';

/**
 * What became of the findings of the report before: each finding of either report stands in one of the lists. `settled`:
 * there was nothing left to do about it, and is not now; what ends by itself later on is `still` there until then.
 */
export const ComparisonSchema = z.strictObject({
  new: z.array(FindingIdSchema),
  gone: z.array(z.strictObject({ id: FindingIdSchema, title: text, status: text })),
  changed: z.array(z.strictObject({ id: FindingIdSchema, before: text })),
  still: z.array(FindingIdSchema),
  settled: z.array(FindingIdSchema),
});
export type Comparison = Immutable<z.output<typeof ComparisonSchema>>;

/** How many there are of each, as a message says it. */
export const ComparedSchema = z.strictObject({ new: count, gone: count, changed: count, still: count });
export type Compared = Immutable<z.output<typeof ComparedSchema>>;

/** What is compared of a finding. */
interface Told {
  readonly id: Comparison['new'][number];
  readonly status: string;
  readonly residual?: unknown;
}

/** Compares the findings of a report with those of the one before, by their stable ids. */
export function compareRevisions(
  before: readonly (Told & { readonly title: string })[],
  now: readonly Told[],
): Comparison {
  const earlier = new Map(before.map((each) => [each.id, each]));
  const ids = new Set(now.map(({ id }) => id));
  const comparison = { new: [], gone: [], changed: [], still: [], settled: [] } as {
    -readonly [List in keyof Comparison]: Comparison[List][number][];
  };
  for (const each of new Map(now.map((told) => [told.id, told])).values()) {
    const was = earlier.get(each.id);
    if (was === undefined) comparison.new.push(each.id);
    else if (was.status !== each.status) comparison.changed.push({ id: each.id, before: was.status });
    else if (isSettled(each)) comparison.settled.push(each.id);
    else comparison.still.push(each.id);
  }
  for (const { id, title, status } of earlier.values()) if (!ids.has(id)) comparison.gone.push({ id, title, status });
  return comparison;
}

const CLOSED: ReadonlySet<string> = new Set<FindingStatus>(['done', 'nothing-to-do']);

function isSettled({ status, residual }: Told): boolean {
  return CLOSED.has(status) && residual === undefined;
}

export function countsOf({ new: fresh, gone, changed, still }: Comparison): Compared {
  return { new: fresh.length, gone: gone.length, changed: changed.length, still: still.length };
}

/** `2 new, 1 gone, 1 with another status, 5 still there`. */
export function comparedInWords({ new: fresh, gone, changed, still }: Compared): string {
  const other = changed === 0 ? '' : `${changed} with another status, `;
  return `${fresh} new, ${gone} gone, ${other}${still} still there`;
}
