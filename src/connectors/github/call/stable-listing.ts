import type { Listing } from '../../listing.ts';
import { endedWith, oddRows, type Reading, settle } from '../../paging/settle.ts';
import type { VendorFailure, VendorResult } from '../../result.ts';
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

/** A row that could be read, with what tells it from the others. */
interface Named<T> {
  readonly id: string;
  readonly item: T;
}

/**
 * A list of GitHub that may change while its pages are read, read until it stands still (`paging/settle.ts`). GitHub cuts
 * pages by position: when a row that was read goes, the next page begins one further, and a row is skipped while every
 * number agrees (github-aws-runners/terraform-aws-github-runner#4584). What does not come to rest keeps every row that
 * was seen, with a failure that has the numbers; so does a list with rows that cannot be read, which are counted.
 */
export async function stableListing<T, Cursor>(
  asked: Asked,
  first: Cursor,
  readPage: (cursor: Cursor) => Promise<VendorResult<Page<T, Cursor>>>,
): Promise<Listing<T>> {
  const { items, ...listing } = await settle<Named<T>>({
    read: () => readOnce(asked, first, readPage),
    keyOf: ({ id }) => id,
    told: (came) => told(asked, came),
  });
  return { ...listing, items: items.map(({ item }) => item) };
}

/** No list of ours comes near it: pages that lead on for ever end here. */
const MAX_PAGES = 2_000;

async function readOnce<T, Cursor>(
  asked: Asked,
  first: Cursor,
  readPage: (cursor: Cursor) => Promise<VendorResult<Page<T, Cursor>>>,
): Promise<Reading<Named<T>>> {
  const items: Named<T>[] = [];
  const ids = new Set<string>();
  const totals = new Set<number>();
  let [pages, unreadable, torn] = [0, 0, false];
  let failure: VendorFailure | undefined;
  let cursor: Cursor | undefined = first;
  const read = (): Reading<Named<T>> => ({
    items,
    unreadable,
    totals: [...totals],
    pages,
    torn,
    ...(failure === undefined ? {} : { failure }),
  });
  while (cursor !== undefined) {
    const page: VendorResult<Page<T, Cursor>> = await readPage(cursor);
    if (!page.ok) return { ...read(), failure: page.failure };
    const { value } = page;
    // Nothing but what was there already: whoever sends that may do so for ever. A row without an id may be a new one.
    const repeated = value.rows.length > 0 && value.rows.every(({ id }) => id !== undefined && ids.has(id));
    for (const { id, item } of value.rows) {
      if (id !== undefined) ids.add(id);
      if (id === undefined || item === undefined) unreadable += 1;
      else items.push({ id, item });
    }
    pages += 1;
    if (value.total !== undefined) totals.add(value.total);
    torn ||= value.cutShort === true;
    failure ??= value.failure;
    cursor = repeated ? undefined : value.next;
    if (cursor !== undefined && pages >= MAX_PAGES) {
      return {
        ...read(),
        failure: { kind: 'incomplete', status: 200, message: told(asked, 'gave pages without end') },
      };
    }
  }
  return read();
}

/** Some rows are in a form that cannot be read: what they say is not known. */
export function unreadableRows(asked: Asked, read: number, of: number): VendorFailure {
  return { kind: 'incomplete', status: 200, message: told(asked, oddRows(of - read, of)) };
}

/** The list ended where nothing says that it is the end; `doubt` completes “ended with …”. */
export function doubtfulEnd(asked: Asked, doubt: string): VendorFailure {
  return { kind: 'incomplete', status: 200, message: told(asked, endedWith(doubt)) };
}

function told({ what, where }: Asked, came: string): string {
  return `GitHub was asked for ${what} of ${where} and ${came}.`;
}
