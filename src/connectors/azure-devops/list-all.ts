import * as z from 'zod';
import type { Listing } from '../listing.ts';
import { readRows } from '../paging/rows.ts';
import { type Reading, settle } from '../paging/settle.ts';
import type { VendorFailure } from '../result.ts';
import type { DevOpsSettings } from '../settings.ts';
import { unavailable } from './answer.ts';
import { ask, type DevOpsRequest } from './request.ts';

/** Several lists of a kind as one. */
export interface Together<T> extends Omit<Listing<T>, 'failure'> {
  readonly failures: readonly VendorFailure[];
}

/** A list, and what one row of it is. */
export interface DevOpsList<T> extends Omit<DevOpsRequest<never>, 'shape'> {
  readonly row: z.ZodType<T>;
  /** What makes a row that row: its id. */
  readonly keyOf: (row: T) => string | number;
  /**
   * Where the service takes the last row’s id for the name of the next page and names none itself: it is asked on until
   * nothing new comes, however short its pages are.
   */
  readonly after?: (row: T) => string;
  /** Ends the list at the page that holds what is looked for. */
  readonly until?: (row: T) => boolean;
}

const Page = z.object({
  value: z.array(z.unknown()),
  count: z.number().nullish(),
  continuationToken: z.string().nullish(),
});

const MOST_PAGES = 10_000;

/** Follows a list to its end, whether the next page is named in the header or in the body, until it holds still. */
export async function listAll<T>(settings: DevOpsSettings, list: DevOpsList<T>): Promise<Listing<T>> {
  const { what, until } = list;
  const told = (came: string): string => `Azure DevOps was asked to ${what} and ${came}.`;
  let hit: Listing<T> | undefined;
  const settled = await settle<T>({
    read: async () => {
      const reading = await readOnce(settings, list);
      // Who is looked for was found: the rest of the list is no matter.
      if (until !== undefined && reading.items.some(until)) hit = listingOf(reading);
      return hit === undefined
        ? reading
        : { ...reading, pages: 1, totals: [], items: uniqueBy(reading.items, list.keyOf) };
    },
    keyOf: (row) => String(list.keyOf(row)),
    incomplete: (came) => ({ kind: 'incomplete', status: 200, message: told(came) }),
    moving: (came) => ({ kind: 'unavailable', status: 200, tryAgainAfterMs: 0, message: told(came) }),
  });
  return hit ?? settled;
}

function listingOf<T>({ items, slowDownMs }: Reading<T>): Listing<T> {
  return { items, ...(slowDownMs === undefined ? {} : { slowDownMs }) };
}

function uniqueBy<T>(rows: readonly T[], keyOf: (row: T) => string | number): T[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

async function readOnce<T>(settings: DevOpsSettings, list: DevOpsList<T>): Promise<Reading<T>> {
  const { row: shape, keyOf, after, until = () => false, ...question } = list;
  const first: DevOpsRequest<z.output<typeof Page>> = { ...question, shape: Page };
  const items: T[] = [];
  const keys = new Set<string | number>();
  const seen = new Set<string>();
  let unreadable = 0;
  let slowest: number | undefined;
  let byService = false;
  let request = first;
  for (let pages = 1; ; pages += 1) {
    const read = (more: Partial<Reading<T>> = {}): Reading<T> => ({
      items,
      unreadable,
      totals: [],
      // By ids nothing moves up between two pages: what stands there all the time is on one of them.
      pages: after === undefined || byService ? pages : 1,
      ...(slowest === undefined ? {} : { slowDownMs: slowest }),
      ...more,
    });
    const answer = await ask(settings, request);
    if (!answer.ok) return read({ failure: answer.failure });
    const { body, next: named, slowDownMs } = answer.value;
    const { value, count } = body;
    const rows = readRows(shape, value);
    // A page that starts after a row may begin with that row.
    const fresh = after === undefined ? rows.items : rows.items.filter((row) => !keys.has(keyOf(row)));
    for (const row of fresh) keys.add(keyOf(row));
    items.push(...fresh);
    unreadable += rows.unreadable;
    if (slowDownMs !== undefined) slowest = Math.max(slowest ?? 0, slowDownMs);
    if (typeof count === 'number' && count !== value.length) {
      return read({ doubt: `${value.length} rows where it counts ${count}` });
    }
    if (rows.items.some(until)) return read();
    const last = fresh.at(-1);
    const byId = after === undefined || last === undefined ? '' : after(last);
    byService ||= named !== undefined;
    const next = named ?? (body.continuationToken || byId);
    if (next === '') {
      const doubt = after === undefined ? doubtIn(value.length, pages, first.query) : undefined;
      return read(doubt === undefined ? {} : { doubt });
    }
    if (seen.has(next) || seen.size >= MOST_PAGES) {
      return read({ failure: unavailable(first, 'the same next page again, so the list has no end') });
    }
    seen.add(next);
    request = { ...first, query: { ...first.query, continuationToken: next } };
  }
}

/** A page that is full, or empty although a token led to it, may as well be one whose token got lost. */
function doubtIn(rows: number, page: number, query: DevOpsRequest<unknown>['query']): string | undefined {
  const size = Number(query?.$top ?? Number.POSITIVE_INFINITY);
  if (rows >= size) return `a full page (${rows} rows) that names no other`;
  return rows === 0 && page > 1 ? 'an empty page' : undefined;
}

/** Several readings as one. */
export function together<T>(lists: readonly (Listing<T> | Together<T>)[]): Together<T> {
  const pauses = lists.flatMap(({ slowDownMs }) => (slowDownMs === undefined ? [] : [slowDownMs]));
  return {
    items: lists.flatMap(({ items }) => items),
    failures: lists.flatMap((list) => ('failures' in list ? list.failures : (list.failure ?? []))),
    ...(pauses.length === 0 ? {} : { slowDownMs: Math.max(...pauses) }),
  };
}
