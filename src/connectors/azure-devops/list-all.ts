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
  /** The name under which the rows stand; `value` unless something else is said. */
  readonly rowsAs?: string;
  /** Ends the list at the page that holds what is looked for. */
  readonly until?: (row: T) => boolean;
}

interface Page {
  readonly value: readonly unknown[];
  readonly count?: number | null | undefined;
  readonly continuationToken?: string | null | undefined;
}

/** A list that says that there is no more names a next page all the same. */
function pageWith(rows: string): z.ZodType<Page> {
  return z
    .looseObject({
      [rows]: z.array(z.unknown()),
      count: z.number().nullish(),
      continuationToken: z.string().nullish(),
      hasMore: z.boolean().nullish(),
    })
    .transform(({ [rows]: value, count, continuationToken, hasMore }) => ({
      value: z.array(z.unknown()).parse(value),
      count: z.number().nullish().parse(count),
      continuationToken: hasMore === false ? null : z.string().nullish().parse(continuationToken),
    }));
}

const MOST_PAGES = 10_000;

/** Follows a list to its end, whether the next page is named in the header or in the body, until it holds still. */
export function listAll<T>(settings: DevOpsSettings, list: DevOpsList<T>): Promise<Listing<T>> {
  return settle<T>({
    read: () => readOnce(settings, list),
    keyOf: (row) => String(list.keyOf(row)),
    told: (came) => `Azure DevOps was asked to ${list.what} and ${came}.`,
  });
}

async function readOnce<T>(settings: DevOpsSettings, list: DevOpsList<T>): Promise<Reading<T>> {
  const { row: shape, keyOf, after, until = () => false, rowsAs = 'value', ...question } = list;
  const first: DevOpsRequest<Page> = { ...question, shape: pageWith(rowsAs) };
  const items: T[] = [];
  const keys = new Set<string | number>();
  const seen = new Set<string>();
  let unreadable = 0;
  let slowest: number | undefined;
  let byService = false;
  /** The last row of the page before. */
  let boundary: string | number | undefined;
  let repeated = 0;
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
    const known = rows.items.filter((row) => keys.has(keyOf(row)) && keyOf(row) !== boundary);
    for (const row of fresh) keys.add(keyOf(row));
    items.push(...fresh);
    unreadable += rows.unreadable;
    if (slowDownMs !== undefined) slowest = Math.max(slowest ?? 0, slowDownMs);
    // Who is looked for was found: the rest of the list is no matter.
    if (rows.items.some(until)) return read({ enough: true });
    if (typeof count === 'number' && count !== value.length) {
      return read({ doubt: `${value.length} rows where it counts ${count}` });
    }
    const last = fresh.at(-1);
    const byId = after === undefined || last === undefined ? '' : after(last);
    byService ||= named !== undefined;
    // Whoever does not listen to the row that it was to go on from may have more behind what it gives every time.
    if (after !== undefined && !byService) repeated += known.length;
    boundary = last === undefined ? boundary : keyOf(last);
    const next = named ?? (body.continuationToken || byId);
    if (next === '') {
      const again =
        repeated === 0 ? undefined : `${repeated} rows that came before, where those after them were asked for`;
      const doubt = after === undefined ? doubtIn(value.length, pages, first.query) : again;
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
