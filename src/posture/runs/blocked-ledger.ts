import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { instant, sha256, text } from '../../shapes/primitives.ts';

export const BlockedSchema = z.strictObject({
  at: instant,
  correlationId: text,
  /** In lower case. */
  resource: text,
  /** Digest of who asked. */
  caller: sha256,
  by: z.array(z.strictObject({ assignment: text, reference: z.exactOptional(text) })),
});
/** A request that Azure refused. */
export type Blocked = Immutable<z.output<typeof BlockedSchema>>;

/** What is kept of one subscription from run to run: the activity log forgets. */
export const BlockedLedgerSchema = z.strictObject({
  /** Since when nothing is missing, and until when it was read. */
  since: instant,
  until: instant,
  blocked: z.array(BlockedSchema),
});
export type BlockedLedger = Immutable<z.output<typeof BlockedLedgerSchema>>;

const DAY_MS = 86_400_000;
/** The log keeps 90 days, and refuses to look further back. */
const MOST_DAYS_BACK = 89;
/** Events come late. */
const OVERLAP_DAYS = 2;
const KEPT_DAYS = 90;

/** From when on the log has to be read. */
export function readFrom(ledger: BlockedLedger | undefined, at: Date): Date {
  const oldest = at.getTime() - MOST_DAYS_BACK * DAY_MS;
  const overlapping = ledger === undefined ? oldest : Date.parse(ledger.until) - OVERLAP_DAYS * DAY_MS;
  return new Date(Math.max(oldest, overlapping));
}

/** A reading of the log. */
export interface ReadBlocked {
  readonly from: Date;
  readonly to: Date;
  readonly blocked: readonly Blocked[];
  /** Whether that is all of the time. */
  readonly whole: boolean;
}

/** The ledger after a reading; what was read in part counts, and is read again. */
export function enterBlocked(
  ledger: BlockedLedger | undefined,
  { from, to, blocked, whole }: ReadBlocked,
): BlockedLedger | undefined {
  if (ledger === undefined && !whole) return undefined;
  const oldest = new Date(to.getTime() - KEPT_DAYS * DAY_MS).toISOString();
  const known = new Map([...(ledger?.blocked ?? []), ...blocked].map((each) => [keyOf(each), each]));
  const kept = [...known.values()].filter(({ at }) => at >= oldest).sort((one, other) => (one.at < other.at ? -1 : 1));
  // What lies between the last reading and this one nobody has read.
  const hole = ledger === undefined || from.toISOString() > ledger.until;
  const since = hole && whole ? from.toISOString() : (ledger?.since ?? from.toISOString());
  const until = whole ? to.toISOString() : (ledger?.until ?? from.toISOString());
  return { since, until, blocked: kept };
}

/** One event each: of a request by one policy another may follow by another one. */
function keyOf({ correlationId, resource, by }: Blocked): string {
  return [correlationId, resource, ...by.map(({ assignment, reference = '' }) => `${assignment}#${reference}`)].join(
    ' ',
  );
}
