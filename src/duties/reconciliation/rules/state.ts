import * as z from 'zod';
import { OidSchema } from '../../../people/oid.ts';
import type { Immutable } from '../../../shapes/immutable.ts';
import { instant, text } from '../../../shapes/primitives.ts';

/** Somebody about whom something changed, and about whom nothing was done yet. */
const WaitingSchema = z.object({
  oid: OidSchema,
  /** Instant at which the change was seen last. */
  since: instant,
  /** What the change said, which a late replica may contradict. */
  removed: z.exactOptional(z.enum(['changed', 'deleted'])),
  enabled: z.exactOptional(z.boolean()),
  /** Set where being disabled for so long is why: since when. */
  disabledSince: z.exactOptional(instant),
  /** Not looked at before this instant. */
  notBefore: z.exactOptional(instant),
});
export type Waiting = Immutable<z.output<typeof WaitingSchema>>;

/**
 * What is remembered between rounds. The link and those who wait stand in one document, so that a link never moves on
 * without what it showed. Another version of the app may have written more.
 */
export const ReconciliationSchema = z.object({
  /** Where the next changes are; absent where the list has to begin anew. */
  link: z.exactOptional(text),
  /** Since when the list has been followed without a gap. */
  begunAt: z.exactOptional(instant),
  /** Begin of the last whole reading of the deleted items. */
  readAt: z.exactOptional(instant),
  /** When Entra is asked next. */
  dueAt: z.exactOptional(instant),
  waiting: z.array(WaitingSchema),
});
export type Reconciliation = Immutable<z.output<typeof ReconciliationSchema>>;

export const NOTHING_KNOWN: Reconciliation = { waiting: [] };

const MINUTE = 60_000;
/** Every fifteen minutes of a timer that fires once a minute, now and then some seconds early. */
const EVERY_MS = 15 * MINUTE - 30_000;
/** Changes of users are not always shown: github.com/microsoftgraph/microsoft-graph-docs/issues/4498. */
const WHOLE_EVERY_MS = 24 * 60 * MINUTE;
/** A due time beyond this was written by a clock that went wrong. */
const LONGEST_MS = 60 * MINUTE;

export function isDue({ dueAt }: Reconciliation, now: Date): boolean {
  const wait = dueAt === undefined ? 0 : Date.parse(dueAt) - now.getTime();
  return wait <= 0 || wait > LONGEST_MS;
}

/** When Entra is asked again, after what it answered. A pause that it asked for is kept, up to an hour. */
export function dueAfter(now: Date, pauseMs: number = EVERY_MS): string {
  return new Date(now.getTime() + Math.min(Math.max(pauseMs, MINUTE / 2), LONGEST_MS)).toISOString();
}

/**
 * Whether the deleted items have to be read to their end. A list of changes that begins now does not show what was there
 * before, and what answers then may not have heard of it yet: until a reading began later than that. And once a day.
 */
export function needsWholeReading({ begunAt, readAt }: Reconciliation, now: Date, allowanceMs: number): boolean {
  if (begunAt === undefined || readAt === undefined) return true;
  const read = Date.parse(readAt);
  return read < Date.parse(begunAt) + allowanceMs || read > now.getTime() || now.getTime() - read >= WHOLE_EVERY_MS;
}

/** Those who wait, with more of them; of two changes of one person the later one counts. */
export function withChanges(
  waiting: readonly Waiting[],
  changes: readonly Omit<Waiting, 'since' | 'notBefore'>[],
  at: string,
): readonly Waiting[] {
  const all = new Map(waiting.map((each) => [each.oid, each]));
  for (const change of changes) {
    const before = all.get(change.oid);
    const enabled = change.enabled ?? (change.removed === undefined ? before?.enabled : undefined);
    const disabledSince = change.disabledSince ?? before?.disabledSince;
    all.set(change.oid, {
      ...change,
      since: at,
      ...(enabled === undefined ? {} : { enabled }),
      ...(disabledSince === undefined ? {} : { disabledSince }),
    });
  }
  return [...all.values()];
}

/** Those who wait without those who were dealt with, unless something changed about them again meanwhile. */
export function withoutSettled(waiting: readonly Waiting[], settled: readonly Waiting[]): readonly Waiting[] {
  const done = new Set(settled.map(keyOf));
  return waiting.filter((each) => !done.has(keyOf(each)));
}

/** Those who wait, some of them until a later instant. */
export function withPauses(waiting: readonly Waiting[], paused: readonly Waiting[]): readonly Waiting[] {
  const until = new Map(paused.map((each) => [keyOf(each), each]));
  return waiting.map((each) => until.get(keyOf(each)) ?? each);
}

export function dueAmong(waiting: readonly Waiting[], now: Date): readonly Waiting[] {
  return waiting.filter(({ notBefore }) => notBefore === undefined || Date.parse(notBefore) <= now.getTime());
}

function keyOf({ oid, since, removed, enabled, disabledSince }: Waiting): string {
  return JSON.stringify([oid, since, removed, enabled, disabledSince]);
}
