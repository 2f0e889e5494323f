import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { readRows } from '../../paging/rows.ts';
import { type Reading, settle } from '../../paging/settle.ts';
import type { GraphSettings } from '../../settings.ts';
import { advanced } from './advanced-query.ts';
import { unavailable } from './answer.ts';
import type { GraphCall } from './call.ts';
import { askGraph } from './client.ts';
import { among } from './queries.ts';

/** A list of a million objects at Graph's usual page size; more than that is a vendor that pages in circles. */
const MAX_PAGES = 10_000;
/** Objects on a page where no number is asked for (learn.microsoft.com/graph/paging). */
const USUAL_PAGE = 100;

const Page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().nullish(),
  '@odata.count': z.number().int().nullish(),
});

type Listed = { readonly id: string };

/** Reads a list to its end, until it holds still. `shape` is that of one object. */
export function listAll<T extends Listed>(settings: GraphSettings, call: GraphCall<T>): Promise<Listing<T>> {
  return settle({
    read: ({ confirming }) => readOnce(settings, confirming ? advanced(call) : call),
    keyOf: ({ id }) => id,
    told: (came) => `Graph was asked to ${call.what} and ${came}.`,
  });
}

async function readOnce<T extends Listed>(settings: GraphSettings, call: GraphCall<T>): Promise<Reading<T>> {
  const items: T[] = [];
  const totals: number[] = [];
  const seen = new Set<string>();
  let unreadable = 0;
  let path = call.path;
  for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
    const soFar = { items, unreadable, totals, pages };
    const answer = await askGraph(settings, { ...call, path, shape: Page });
    if (!answer.ok) return { ...soFar, failure: answer.failure };
    const { value, '@odata.nextLink': next, '@odata.count': total } = answer.value;
    const rows = readRows(call.shape, value);
    items.push(...rows.items);
    unreadable += rows.unreadable;
    if (typeof total === 'number') totals.push(total);
    const reading = { items, unreadable, totals, pages };
    if (next === undefined || next === null) {
      const doubt = doubtIn(value.length, pages, call.path);
      return doubt === undefined ? reading : { ...reading, doubt };
    }
    if (!isOurs(settings, next) || seen.has(next)) {
      const what = `page ${pages} with a link to the next one that cannot be followed`;
      return { ...reading, failure: unavailable(call, what) };
    }
    seen.add(next);
    path = next;
  }
  return { items, unreadable, totals, pages: MAX_PAGES, failure: unavailable(call, `more than ${MAX_PAGES} pages`) };
}

/** A page that is full, or empty although a link led to it, may as well be one whose link got lost. */
function doubtIn(rows: number, page: number, path: string): string | undefined {
  const size = Number(/[?&]\$top=(\d+)/.exec(path)?.[1] ?? USUAL_PAGE);
  if (rows >= size) return `a full page (${rows} rows) without a link to another`;
  return rows === 0 && page > 1 ? 'an empty page' : undefined;
}

/** Graph takes at most 15 alternatives in one filter. */
const MOST_ALTERNATIVES = 15;

/** Reads the objects of a list whose `key` is one of `values`; one that does not exist is simply not among them. */
export async function listAmong<T extends Listed>(
  settings: GraphSettings,
  { key, values, ...call }: GraphCall<T> & { readonly key: string; readonly values: readonly string[] },
): Promise<Listing<T>> {
  const chunks = Array.from({ length: Math.ceil(values.length / MOST_ALTERNATIVES) }, (_, index) =>
    values.slice(index * MOST_ALTERNATIVES, (index + 1) * MOST_ALTERNATIVES),
  );
  const listings = await Promise.all(
    chunks.map((chunk) => listAll(settings, { ...call, ...among({ path: call.path }, key, chunk) })),
  );
  const failure = listings.find((listing) => listing.failure !== undefined)?.failure;
  return { items: listings.flatMap(({ items }) => items), ...(failure === undefined ? {} : { failure }) };
}

/** The access token goes along, so a link is followed to Graph's own origin only. */
function isOurs(settings: GraphSettings, link: string): boolean {
  return URL.canParse(link) && new URL(link).origin === new URL(settings.GRAPH_ENDPOINT).origin;
}
