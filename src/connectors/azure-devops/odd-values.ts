import * as z from 'zod';
import type { Listing } from '../listing.ts';

/** Values by name, as far as they are to be read. */
export interface Named<T> {
  readonly values: Readonly<Record<string, T>>;
  /** How many stand there in a shape that cannot be read. */
  readonly odd: number;
}

/** A record whose values are read one by one: an odd one is counted, and the others are kept. */
export function named<T>(value: z.ZodType<T>): z.ZodType<Named<T>> {
  return z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((record): Named<T> => {
      const read = Object.entries(record ?? {}).map(([name, each]) => [name, value.safeParse(each)] as const);
      const values = read.flatMap(([name, each]) => (each.success ? [[name, each.data] as const] : []));
      return { values: Object.fromEntries(values), odd: read.length - values.length };
    });
}

/** What stands where a text is expected, as the text that it would be; nothing where nothing stands. */
export const textual = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => value?.toString() ?? null);

/** A list in which some values could not be read is not all there is. */
export function withOdd<T>(listing: Listing<T>, what: string, oddIn: (item: T) => number): Listing<T> {
  const odd = listing.items.reduce((sum, item) => sum + oddIn(item), 0);
  if (odd === 0 || listing.failure !== undefined) return listing;
  const message = `Azure DevOps was asked to ${what} and gave ${odd} values in a shape that cannot be read.`;
  return { ...listing, failure: { kind: 'incomplete', status: 200, message } };
}
