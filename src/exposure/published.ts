import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { count } from '../shapes/primitives.ts';
import { PATH_KINDS } from './path.ts';

/** By how many paths that survive. */
export const BANDS = ['0', '1-2', '3-5', 'more'] as const;
export type Band = (typeof BANDS)[number];

/** A number of people; null where it is withheld, which is never 0. */
const cell = {
  people: count.nullable(),
  suppressed: z.boolean(),
};

export const BandCellSchema = z.strictObject({ band: z.enum(BANDS), ...cell });
export type BandCell = Immutable<z.output<typeof BandCellSchema>>;

export const KindCellSchema = z.strictObject({ kind: z.enum(PATH_KINDS), ...cell });

/** What may be shown of everybody together. */
export const PublishedSchema = z.strictObject({
  bands: z.array(BandCellSchema),
  kinds: z.array(KindCellSchema),
});
export type Published = Immutable<z.output<typeof PublishedSchema>>;
