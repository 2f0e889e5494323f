import type { Listing } from '../listing.ts';
import { NO_TIME_NAMED, type VendorFailure, type VendorResult } from '../result.ts';
import type { Asked } from './failure.ts';

/** A row as it came: what tells it from the others, and what it says; undefined where that cannot be read. */
export interface Row<T> {
  readonly id: string | undefined;
  readonly item: T | undefined;
}

/** One page of a list, which `Cursor` leads to. */
export interface Page<T, Cursor> {
  readonly rows: readonly Row<T>[];
  /** How many rows the whole list has, where GitHub announces that. */
  readonly total?: number | undefined;
  /** Undefined on the last page. */
  readonly next?: Cursor | undefined;
  /** The page was announced and came empty, which no end of a list is. */
  readonly cutShort?: boolean;
  /** The page has these rows, and could not give all of them; those after it are asked for all the same. */
  readonly failure?: VendorFailure;
}

interface Reading<T> {
  readonly rows: readonly Row<T>[];
  readonly totals: ReadonlySet<number>;
  readonly pages: number;
  readonly cutShort: boolean;
  readonly failure?: VendorFailure;
}

/** A list that moves that often while it is read does not come to rest for us. */
const MAX_READINGS = 4;

/**
 * A list that may change while its pages are read. GitHub cuts pages by position: when a row that was read goes, the
 * next page begins one further, and a row is skipped while every number agrees
 * (github-aws-runners/terraform-aws-github-runner#4584).
 *
 * A list of one page is an answer of one moment. One of several pages is whole where its totals agree, no row came
 * twice, and the next such reading still has all of its rows: to be skipped, a row needs another that was read before
 * it and went. What does not come to rest in four readings keeps every row that was seen, with a failure that has the
 * numbers. So does a list with rows that cannot be read, which are counted.
 */
export async function stableListing<T, Cursor>(
  asked: Asked,
  first: Cursor,
  readPage: (cursor: Cursor) => Promise<VendorResult<Page<T, Cursor>>>,
): Promise<Listing<T>> {
  const readings: Reading<T>[] = [];
  for (;;) {
    const reading = await readOnce(first, readPage);
    const before = readings.at(-1);
    readings.push(reading);
    if (reading.failure !== undefined) return { items: itemsOf(readings), failure: reading.failure };
    const stable =
      isConsistent(reading) && (reading.pages === 1 || (before !== undefined && followsFrom(before, reading)));
    if (stable) return withUnreadable(asked, reading);
    if (readings.length === MAX_READINGS) return { items: itemsOf(readings), failure: moved(asked, readings) };
  }
}

async function readOnce<T, Cursor>(
  first: Cursor,
  readPage: (cursor: Cursor) => Promise<VendorResult<Page<T, Cursor>>>,
): Promise<Reading<T>> {
  const rows: Row<T>[] = [];
  const ids = new Set<string>();
  const totals = new Set<number>();
  let cutShort = false;
  let pages = 0;
  let failure: VendorFailure | undefined;
  let cursor: Cursor | undefined = first;
  while (cursor !== undefined) {
    const page: VendorResult<Page<T, Cursor>> = await readPage(cursor);
    if (!page.ok) return { rows, totals, pages, cutShort, failure: page.failure };
    const { value } = page;
    const known = ids.size;
    for (const id of idsOf(value.rows)) ids.add(id);
    pages += 1;
    rows.push(...value.rows);
    if (value.total !== undefined) totals.add(value.total);
    cutShort ||= value.cutShort === true;
    failure ??= value.failure;
    // Nothing but what was there already: whoever sends that may do so for ever.
    cursor = value.rows.length > 0 && ids.size === known ? undefined : value.next;
  }
  return { rows, totals, pages, cutShort, ...(failure === undefined ? {} : { failure }) };
}

function isConsistent({ rows, totals, cutShort }: Reading<unknown>): boolean {
  const ids = idsOf(rows);
  const [total = rows.length] = totals;
  return !cutShort && ids.length === new Set(ids).size && totals.size <= 1 && total === rows.length;
}

/** Whether nothing that the earlier reading saw has gone since, so that nothing was skipped in it. */
function followsFrom(earlier: Reading<unknown>, later: Reading<unknown>): boolean {
  const there = new Set(idsOf(later.rows));
  const nameless = ({ rows }: Reading<unknown>): number => rows.filter(({ id }) => id === undefined).length;
  return (
    isConsistent(earlier) && nameless(earlier) <= nameless(later) && idsOf(earlier.rows).every((id) => there.has(id))
  );
}

function idsOf(rows: readonly Row<unknown>[]): string[] {
  return rows.flatMap(({ id }) => id ?? []);
}

/** Every row of any reading, as it was read last. */
function itemsOf<T>(readings: readonly Reading<T>[]): T[] {
  const known = new Map(readings.flatMap(({ rows }) => rows.map(({ id, item }) => [id, item] as const)));
  return [...known.values()].flatMap((item) => (item === undefined ? [] : [item]));
}

function withUnreadable<T>(asked: Asked, { rows }: Reading<T>): Listing<T> {
  const items = rows.flatMap(({ item }) => (item === undefined ? [] : [item]));
  return items.length === rows.length
    ? { items }
    : { items, failure: unreadableRows(asked, items.length, rows.length) };
}

/** Some rows are in a form that cannot be read: what they say is not known. */
export function unreadableRows({ what, where }: Asked, read: number, of: number): VendorFailure {
  const message = `GitHub sent ${of} of ${what} of ${where}, of which ${of - read} could not be read.`;
  return { kind: 'incomplete', status: 200, message };
}

function moved({ what, where }: Asked, readings: readonly Reading<unknown>[]): VendorFailure {
  const counts = readings.map(({ rows }) => rows.length).join(', ');
  const totals = [...new Set(readings.flatMap((reading) => [...reading.totals]))].join(', ');
  const announced = totals === '' ? '' : ` GitHub announced ${totals}.`;
  const message =
    `The list of ${what} of ${where} was different each of the ${readings.length} times that it was read (${counts} rows), ` +
    `so that some of it may be missing.${announced}`;
  return { kind: 'unavailable', status: 200, tryAgainAfterMs: NO_TIME_NAMED, message };
}
