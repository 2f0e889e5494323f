import type * as z from 'zod';

/** The rows of a list that could be read, and how many could not. */
export interface Rows<T> {
  readonly items: readonly T[];
  readonly unreadable: number;
}

/** Reads the rows of a list one by one: an odd one is counted, and takes nothing else with it. */
export function readRows<T>(shape: z.ZodType<T>, rows: readonly unknown[]): Rows<T> {
  const parsed = rows.map((row) => shape.safeParse(row));
  const items = parsed.flatMap((each) => (each.success ? [each.data] : []));
  return { items, unreadable: rows.length - items.length };
}
