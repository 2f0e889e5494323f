import * as z from 'zod';
import { type Oid, OidSchema } from '../../people/oid.ts';
import type { Immutable } from '../../shapes/immutable.ts';
import { instant } from '../../shapes/primitives.ts';

/** What is kept of who could get in and who left, from one run to the next: the directory forgets both after 30 days. */
export const LedgerSchema = z.strictObject({
  /** Instant from which runs have seen everything: about whoever left before, nothing is known. */
  since: instant,
  /** The last run that could read all of it; absent in ledgers of before that was kept. */
  sawAt: z.exactOptional(instant),
  /** When somebody was last seen with access to the gateway, by object id. */
  access: z.record(OidSchema, instant),
  /** When somebody left, as the directory said it first. */
  left: z.record(OidSchema, instant),
});
export type Ledger = Immutable<z.output<typeof LedgerSchema>>;

/** How long somebody who left is judged, and how long the ledger has to be. */
export const LEDGER_DAYS = 90;
/** So long the runs may see nothing, or a part. Who came and left meanwhile, and whose deletion is forgotten, no run sees any more. */
const BLIND_DAYS = 7;
const DAY_MS = 86_400_000;
const NEVER = new Date(0).toISOString();

/** What a run saw. */
export interface Seen {
  /** ISO instant. */
  readonly at: string;
  /** Whether it could read all of it. */
  readonly whole: boolean;
  readonly withAccess: readonly Oid[];
  readonly left: readonly { readonly oid: Oid; readonly at: string }[];
  /** Whom the directory shows working here: who came back has not left. */
  readonly here: readonly Oid[];
}

/** The ledger after a run. What is older than twice the days that are judged is forgotten. */
export function enterSeen(ledger: Ledger | undefined, { at, whole, withAccess, left, here }: Seen): Ledger {
  const oldest = new Date(Date.parse(at) - 2 * LEDGER_DAYS * DAY_MS).toISOString();
  const young = (known: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(known).filter(([, when]) => when >= oldest);
  const back = new Set<string>(here);
  const gone = new Map(young(ledger?.left ?? {}).filter(([oid]) => !back.has(oid)));
  // Of two words about when somebody left the first stands: a deletion often follows the last day.
  for (const each of left) if (!back.has(each.oid) && !gone.has(each.oid)) gone.set(each.oid, each.at);
  const saw = ledger === undefined ? (whole ? at : NEVER) : (ledger.sawAt ?? at);
  const blind = Date.parse(at) - Date.parse(saw) > BLIND_DAYS * DAY_MS;
  return {
    since: ledger === undefined || blind ? at : ledger.since,
    sawAt: whole ? at : saw,
    access: Object.fromEntries([...young(ledger?.access ?? {}), ...withAccess.map((oid) => [oid, at])]),
    left: Object.fromEntries(gone),
  };
}

/** Those who left within the days that are judged, and whether they had access to the gateway. */
export function leaversOf(ledger: Ledger, at: string): { oid: Oid; leftAt: string; hadAccess: boolean }[] {
  const oldest = new Date(Date.parse(at) - LEDGER_DAYS * DAY_MS).toISOString();
  return Object.entries(ledger.left)
    .filter(([, leftAt]) => leftAt >= oldest && leftAt <= at)
    .map(([oid, leftAt]) => ({ oid: oid as Oid, leftAt, hadAccess: ledger.access[oid as Oid] !== undefined }));
}

/** For how many whole days the ledger has been kept. */
export function daysKept({ since }: Pick<Ledger, 'since'>, at: string): number {
  return Math.max(0, Math.floor((Date.parse(at) - Date.parse(since)) / DAY_MS));
}
