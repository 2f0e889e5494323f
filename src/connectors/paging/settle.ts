import type { Listing } from '../listing.ts';
import type { VendorFailure } from '../result.ts';
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
  /** With it the reading broke off, or lacks something. */
  readonly failure?: VendorFailure;
  /** The longest pause that an answer asked for, although it succeeded; milliseconds. */
  readonly slowDownMs?: number;
}

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
 * Whether a list was read whole. One page is one moment of the list. Of several pages none belongs to the same moment
 * as the next: what moves up meanwhile is on neither, and the numbers can agree all the same. So the ids have to be
 * unique and every row of the reading before has to be there still: for a row that stood there all the time to be missed,
 * an earlier one had to go, and the next reading misses that. The vendor's own total, where there is one, has to agree as
 * well, and it alone can tell that a doubtful end is one.
 * Source of the kind: github.com/github-aws-runners/terraform-aws-github-runner/issues/4584
 */
function judge<T>(readings: readonly Reading<T>[], keyOf: (item: T) => string): Judgement {
  const last = readings.at(-1);
  if (last === undefined) return 'again';
  const before = readings.at(-2);
  const ended = last.doubt === undefined || last.totals.length > 0;
  const steady =
    last.pages === 1 || (before !== undefined && isConsistent(before, keyOf) && follows(before, last, keyOf));
  if (isConsistent(last, keyOf) && ended && steady) return 'settled';
  return readings.length < MOST_READINGS ? 'again' : 'unsettled';
}

/** Whether nothing in a reading itself says that the list moved meanwhile. */
function isConsistent<T>({ items, unreadable, totals, torn }: Reading<T>, keyOf: (item: T) => string): boolean {
  const unique = new Set(items.map(keyOf)).size === items.length;
  return torn !== true && unique && totals.every((total) => total === items.length + unreadable);
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
  /** Completes “<vendor> was asked to … and ”, for a report. */
  readonly incomplete: (what: string) => VendorFailure;
  /** As above for what may be otherwise in a minute. */
  readonly moving: (what: string) => VendorFailure;
}

/**
 * Reads a list until it holds still. What any reading showed is kept; where no two agree, or some rows are not to be
 * read, the listing has a failure that says so.
 */
export async function settle<T>({ read, keyOf, incomplete, moving }: SettledBy<T>): Promise<Listing<T>> {
  const readings: Reading<T>[] = [];
  for (;;) {
    const confirming = readings.some(({ doubt, totals }) => doubt !== undefined && totals.length === 0);
    const reading = await read({ confirming });
    const [first] = readings;
    // What a second look could not have is no reason to lose what the first one had.
    if (reading.failure !== undefined && confirming && first?.failure === undefined && first?.doubt !== undefined) {
      const passing = reading.failure.kind === 'throttled' || reading.failure.kind === 'unavailable';
      return listed([first], keyOf, passing ? reading.failure : incomplete(endedWith(first.doubt)));
    }
    readings.push(reading);
    if (reading.failure !== undefined) return listed(readings, keyOf, reading.failure);
    const judgement = judge(readings, keyOf);
    if (judgement === 'again' && !hopeless(readings)) continue;
    if (judgement === 'settled') {
      const odd =
        reading.unreadable === 0
          ? undefined
          : incomplete(oddRows(reading.unreadable, reading.items.length + reading.unreadable));
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

function endedWith(doubt: string): string {
  return `ended with ${doubt}, which proves no end; nothing confirms that this is all`;
}

function neverTheSame<T>(readings: readonly Reading<T>[]): string {
  const numbers = readings.map(({ items, unreadable }) => items.length + unreadable).join(', ');
  const totals = [...new Set(readings.flatMap((each) => each.totals))];
  if (totals.length > 0)
    return `gave ${numbers} rows in ${readings.length} readings, where it counts ${totals.join(', ')} in all`;
  return `never gave the same list twice in ${readings.length} readings (${numbers} rows)`;
}
