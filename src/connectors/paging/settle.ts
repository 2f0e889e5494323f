import type { Listing } from '../listing.ts';
import { NO_TIME_NAMED, type VendorFailure } from '../result.ts';
import type { Rows } from './rows.ts';

/** One reading of a list, from its first page to where it ended. */
export interface Reading<T> extends Rows<T> {
  readonly pages: number;
  /** How many there are in all, each time that the vendor said so. */
  readonly totals: readonly number[];
  /** Why the place where it ended may not be the end: what came last, to complete “ended with …”. */
  readonly doubt?: string;
  /** A page that was announced came empty: the list shrank while it was read, and its pages do not belong together. */
  readonly torn?: boolean;
  /** It ended where what is looked for was found: the rest of the list is no matter. */
  readonly enough?: boolean;
  /** With it the reading broke off, or lacks something. */
  readonly failure?: VendorFailure;
  /** The longest pause that an answer asked for, although it succeeded; milliseconds. */
  readonly slowDownMs?: number;
}

/** A reading, and whether it was asked for the way that confirms an end, which may be answered from another index. */
type Asked<T> = Reading<T> & { readonly confirming: boolean };

/** What readings of one list, the first one first, say about it. */
type Judgement =
  | 'settled'
  /** Nothing that a further reading could not mend. */
  | 'again'
  /** It was read often enough, and cannot be called whole. */
  | 'unsettled';

/** A list that is read so often and never twice the same is told as it is. */
const MOST_READINGS = 4;

/**
 * Whether a list was read whole. One page is one moment of the list, so that a first reading of one page is enough. Of
 * several pages none belongs to the same moment as the next: what moves up meanwhile is on neither, and the numbers can
 * agree all the same. So the ids have to be unique and every row of the reading before has to be there still: for a row
 * that stood there all the time to be missed, an earlier one had to go, and the next reading misses that. A later reading
 * is held against the one before however short it is: an answer that lost its rows is one page too. The vendor's own
 * total, where there is one, has to agree as well, and it alone can tell that a doubtful end is one.
 * Source of the kind: github.com/github-aws-runners/terraform-aws-github-runner/issues/4584
 */
function judge<T>(readings: readonly Asked<T>[], keyOf: (item: T) => string): Judgement {
  const last = readings.at(-1);
  if (last === undefined) return 'again';
  const before = readings.at(-2);
  const ended = last.doubt === undefined || last.totals.length > 0;
  const steady =
    before === undefined
      ? last.pages === 1
      : isConsistent(before, keyOf) && follows(before, last, keyOf) && isBelievable(last, readings, keyOf);
  if (isConsistent(last, keyOf) && ended && steady) return 'settled';
  return readings.length < MOST_READINGS ? 'again' : 'unsettled';
}

/**
 * Whether a reading may stand for the list although earlier ones had rows that it lacks. One without any row may not: no
 * list of several pages loses all of them at once. Nor may one that was asked for in another way: its index may be late.
 */
function isBelievable<T>(last: Asked<T>, readings: readonly Asked<T>[], keyOf: (item: T) => string): boolean {
  const emptied = last.items.length === 0 && readings.some(({ items }) => items.length > 0);
  const otherwise = readings.filter(({ confirming }) => confirming !== last.confirming);
  return !emptied && otherwise.every((each) => follows(each, last, keyOf));
}

function sizeOf({ items, unreadable }: Rows<unknown>): number {
  return items.length + unreadable;
}

/** Whether nothing in a reading itself says that the list moved meanwhile. */
function isConsistent<T>({ items, unreadable, totals, torn }: Reading<T>, keyOf: (item: T) => string): boolean {
  const unique = new Set(items.map(keyOf)).size === items.length;
  return torn !== true && unique && totals.every((total) => total === sizeOf({ items, unreadable }));
}

/** Whether nothing that the earlier reading saw has gone since, so that nothing was skipped in it. */
function follows<T>(earlier: Reading<T>, later: Reading<T>, keyOf: (item: T) => string): boolean {
  const there = new Set(later.items.map(keyOf));
  return earlier.unreadable <= later.unreadable && earlier.items.every((item) => there.has(keyOf(item)));
}

/** How a list is read, and how what is wrong with it is told. */
interface SettledBy<T> {
  /** Reads it once. `confirming`: an earlier reading ended where the end is in doubt; ask for the total as well. */
  readonly read: (how: { readonly confirming: boolean }) => Promise<Reading<T>>;
  /** What makes a row that row: its id. */
  readonly keyOf: (item: T) => string;
  /** What came, as a sentence for a report: “<vendor> was asked to … and <came>.” */
  readonly told: (came: string) => string;
}

/**
 * Reads a list until it holds still. What any reading showed is kept; where no two agree, or some rows are not to be
 * read, the listing has a failure that says so.
 */
export async function settle<T>({ read, keyOf, told }: SettledBy<T>): Promise<Listing<T>> {
  const incomplete = (came: string): VendorFailure => ({ kind: 'incomplete', status: 200, message: told(came) });
  /** What may be otherwise in a minute. */
  const moving = (came: string): VendorFailure => ({
    kind: 'unavailable',
    status: 200,
    tryAgainAfterMs: NO_TIME_NAMED,
    message: told(came),
  });
  const readings: Asked<T>[] = [];
  for (;;) {
    const confirming = readings.some(({ doubt, totals }) => doubt !== undefined && totals.length === 0);
    const reading = await read({ confirming });
    const [first] = readings;
    // What a second look could not have is no reason to lose what the first one had.
    if (reading.failure !== undefined && confirming && first?.failure === undefined && first?.doubt !== undefined) {
      const passing = reading.failure.kind === 'throttled' || reading.failure.kind === 'unavailable';
      return listed([...readings, reading], keyOf, passing ? reading.failure : incomplete(endedWith(first.doubt)));
    }
    readings.push({ ...reading, confirming });
    if (reading.failure !== undefined) return listed(readings, keyOf, reading.failure);
    if (reading.enough === true) return listed(readings, keyOf, undefined);
    const judgement = judge(readings, keyOf);
    if (judgement === 'again' && !hopeless(readings)) continue;
    if (judgement === 'settled') {
      const odd = reading.unreadable === 0 ? undefined : incomplete(oddRows(reading.unreadable, sizeOf(reading)));
      return listed([reading], keyOf, odd, readings);
    }
    const { doubt, totals } = reading;
    const open = doubt !== undefined && totals.length === 0;
    return listed(readings, keyOf, open ? incomplete(endedWith(doubt)) : moving(neverTheSame(readings)));
  }
}

/** A doubtful end that the vendor was asked to confirm and gave no total for: asking on gives nothing else. */
function hopeless<T>(readings: readonly Reading<T>[]): boolean {
  const last = readings.at(-1);
  return readings.length > 1 && last?.doubt !== undefined && last.totals.length === 0;
}

function listed<T>(
  readings: readonly Reading<T>[],
  keyOf: (item: T) => string,
  failure: VendorFailure | undefined,
  all: readonly Reading<T>[] = readings,
): Listing<T> {
  const rows = new Map(readings.flatMap(({ items }) => items.map((item) => [keyOf(item), item] as const)));
  const pauses = all.flatMap(({ slowDownMs }) => (slowDownMs === undefined ? [] : [slowDownMs]));
  return {
    items: [...rows.values()],
    ...(failure === undefined ? {} : { failure }),
    ...(pauses.length === 0 ? {} : { slowDownMs: Math.max(...pauses) }),
  };
}

/** To complete “was asked for … and ”: so many of so many rows are in a form that cannot be read. */
export function oddRows(unreadable: number, of: number): string {
  return `gave ${unreadable} of ${of} rows in a shape that cannot be read`;
}

/** To complete “was asked for … and ”: where it ended, which proves no end. */
export function endedWith(doubt: string): string {
  return `ended with ${doubt}, which proves no end; nothing confirms that this is all`;
}

function neverTheSame<T>(readings: readonly Reading<T>[]): string {
  const numbers = readings.map(sizeOf).join(', ');
  const totals = [...new Set(readings.flatMap((each) => each.totals))];
  if (totals.length > 0)
    return `gave ${numbers} rows in ${readings.length} readings, where it counts ${totals.join(', ')} in all`;
  return `never gave the same list twice in ${readings.length} readings (${numbers} rows)`;
}
