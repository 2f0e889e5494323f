import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { instant, text } from '../shapes/primitives.ts';

/** The switch that stops everything but containment, for as long as it is on. */
export const PauseSchema = z.strictObject({
  /** Instant from which on nothing is cut. */
  since: instant,
  /** Object id of who paused. */
  by: text,
  why: text,
});
export type Pause = Immutable<z.output<typeof PauseSchema>>;

/** The pause in a sentence. */
export function pausedInWords({ since, by, why }: Pause): string {
  return `The app is paused since ${since} by ${by}: ${why}`;
}
