import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { instant, text } from '../shapes/primitives.ts';

/** Why something cannot be said. */
export const UNKNOWN_REASONS = [
  /** The permission is missing, and is named. */
  'denied',
  'throttled',
  /** Some of it was read. */
  'partial',
  'unavailable',
  /** No setting says where to look. */
  'not-configured',
  /** It was read, and the app does not understand it. */
  'unreadable',
  /** It was read, and holds nothing to judge by. */
  'no-data',
  /** A fault of the app. */
  'error',
] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

export const GapSchema = z.strictObject({
  reason: z.enum(UNKNOWN_REASONS),
  /** The id of the reading, and which of its places. */
  source: text,
  detail: text,
  missingPermission: z.exactOptional(text),
});
/** What could not be read, or not understood. While there is one, nothing passes. */
export type Gap = Immutable<z.output<typeof GapSchema>>;

/** What is filed of a reading, beside its facts. */
const ReadSchema = z.strictObject({
  source: text,
  at: instant,
  gaps: z.array(GapSchema),
});

/** A reading as it was filed; without gaps it is all there is. */
export type Read<Facts> = Immutable<z.output<typeof ReadSchema>> & { readonly facts: Facts };

/** What checks rest on: read once in a run, whoever needs it. Its facts are plain data, without a text that may hold a secret. */
export interface ReadingDefinition<Facts = unknown> {
  /** `<vendor>/<what>`, e.g. `azure/container-groups`. */
  readonly id: string;
  /** What it reads, in a phrase: `the container groups of the subscriptions`. */
  readonly holds: string;
  /** The permissions without which it has a gap, by their ids. */
  readonly permissions: readonly string[];
  readonly shape: z.ZodType<Facts>;
  /** What stands where nothing was read: a judgement is made of half the facts too, because what fails there fails. */
  readonly nothing: Facts;
  /** Costly: read once a week, and whenever somebody asks. */
  readonly weekly?: true;
}

/** Declares a reading. */
export function defineReading<Shape extends z.ZodType>(
  definition: Omit<ReadingDefinition, 'shape' | 'nothing'> & {
    readonly shape: Shape;
    readonly nothing: z.output<Shape>;
  },
): ReadingDefinition<z.output<Shape>> {
  return definition as ReadingDefinition<z.output<Shape>>;
}

/** The shape of a reading in the container `work`. */
export function readShape<Facts>({ shape }: ReadingDefinition<Facts>) {
  return ReadSchema.extend({ facts: shape });
}

/** A reading that broke, or was never made. */
export function unread<Facts>({ id, nothing }: ReadingDefinition<Facts>, at: string, detail: string): Read<Facts> {
  return { source: id, at, gaps: [{ reason: 'error', source: id, detail }], facts: nothing };
}
