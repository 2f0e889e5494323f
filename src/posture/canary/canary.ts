import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, instant, text } from '../../shapes/primitives.ts';

/**
 * Calls of a canary, each in a directory of its own: one more than a caller may within sixty minutes, so that the last one
 * crosses the limit. kql/file-system-volume.kql
 */
export const CANARY_CALLS = 21;
/** Far below the gateway’s limit of fifty a minute. */
export const EVERY_MS = 3_000;

export const CANARY_STATES = [
  /** Its time has not come. */
  'scheduled',
  /** It calls. */
  'running',
  /** It has called, and the alert may still come, or cannot be read yet. */
  'waiting',
  /** The alert came within sixty minutes. */
  'detected',
  /** It came later. */
  'late',
  /** Sixty minutes passed without one. */
  'undetected',
  /** It was not let through: nothing was tried. */
  'not-sent',
  /** It was tried, and for as long as alerts are kept nobody could read them. */
  'unread',
] as const;
export type CanaryState = (typeof CANARY_STATES)[number];

export const CanarySchema = z.strictObject({
  /** `2026-12` of the month’s own, and of one that was asked for its instant: `2026-11-30T02-00-00-000Z-asked`. */
  id: text,
  state: z.enum(CANARY_STATES),
  /** Object id of who asked; absent of the month’s own. */
  by: z.exactOptional(text),
  dueAt: instant,
  /** How often it was let in vain. */
  attempts: z.exactOptional(count),
  beganAt: z.exactOptional(instant),
  /** Calls that were sent, and those that the gateway answered. */
  calls: count,
  answered: count,
  /** The call that crosses the limit, as it was sent. */
  crossedAt: z.exactOptional(instant),
  /** When the alerts are looked at next. */
  lookAt: z.exactOptional(instant),
  alert: z.exactOptional(text),
  alertAt: z.exactOptional(instant),
  /** From crossing to alert. */
  seconds: z.exactOptional(count),
  /** Why nothing was tried, or why the alerts cannot be read. */
  detail: z.exactOptional(text),
});
/** One go at the detection: what was called, and whether the rule saw it. */
export type Canary = Immutable<z.output<typeof CanarySchema>>;

/** It is not over. */
export function isUnderWay({ state }: Pick<Canary, 'state'>): boolean {
  return state === 'scheduled' || state === 'running' || state === 'waiting';
}

/** Shape of a canary’s id. */
export const CANARY_ID = /^\d{4}-\d{2}(-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z-asked)?$/;
