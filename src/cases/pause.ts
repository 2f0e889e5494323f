import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { instant, text } from '../shapes/primitives.ts';
import { instant as inWords, sentence } from './words/wording.ts';

/** The switch that stops everything but containment, for as long as it is on. */
export const PauseSchema = z.strictObject({
  /** Instant from which on nothing is cut. */
  since: instant,
  /** Object id of who paused. */
  by: text,
  why: text,
});
export type Pause = Immutable<z.output<typeof PauseSchema>>;

/** A pause that is over: who ended it, when and why. */
export const EndedPauseSchema = PauseSchema.extend({ endedAt: instant, endedBy: text, endedWhy: text });
export type EndedPause = Immutable<z.output<typeof EndedPauseSchema>>;
export type PauseEnd = Omit<EndedPause, keyof Pause>;

/** The pause in a sentence. */
export function pausedInWords({ since, by, why }: Pause): string {
  return `The app is paused since ${inWords(since)} by ${by}: ${sentence(why)}`;
}
