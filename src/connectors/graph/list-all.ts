import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { GraphSettings } from '../settings.ts';
import { unavailable } from './answer.ts';
import type { GraphCall } from './call.ts';
import { askGraph } from './client.ts';

/** A list of a million objects at Graph's usual page size; more than that is a vendor that pages in circles. */
const MAX_PAGES = 10_000;

/** Reads a list to its end. `shape` is that of one item. */
export async function listAll<T>(settings: GraphSettings, call: GraphCall<T>): Promise<Listing<T>> {
  const shape = z.object({ value: z.array(call.shape), '@odata.nextLink': z.string().optional() });
  const items: T[] = [];
  const seen = new Set<string>();
  let path = call.path;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await askGraph(settings, { ...call, path, shape });
    if (!answer.ok) return { items, failure: answer.failure };
    items.push(...answer.value.value);
    const next = answer.value['@odata.nextLink'];
    if (next === undefined) return { items };
    if (!isOurs(settings, next) || seen.has(next)) {
      return { items, failure: unavailable(call, `page ${page} with a link to the next one that cannot be followed`) };
    }
    seen.add(next);
    path = next;
  }
  return { items, failure: unavailable(call, `more than ${MAX_PAGES} pages`) };
}

/** Graph takes at most 15 alternatives in one filter. */
const MOST_ALTERNATIVES = 15;

/** Reads the objects of a list whose `key` is one of `values`; one that does not exist is simply not among them. */
export async function listAmong<T>(
  settings: GraphSettings,
  { key, values, ...call }: GraphCall<T> & { readonly key: string; readonly values: readonly string[] },
): Promise<Listing<T>> {
  const chunks = Array.from({ length: Math.ceil(values.length / MOST_ALTERNATIVES) }, (_, index) =>
    values.slice(index * MOST_ALTERNATIVES, (index + 1) * MOST_ALTERNATIVES),
  );
  const listings = await Promise.all(
    chunks.map((chunk) => {
      const filter = `$filter=${key} in (${chunk.map((value) => `'${value}'`).join(',')})`;
      return listAll(settings, { ...call, path: `${call.path}&${filter}` });
    }),
  );
  const failure = listings.find((listing) => listing.failure !== undefined)?.failure;
  return { items: listings.flatMap(({ items }) => items), ...(failure === undefined ? {} : { failure }) };
}

/** The access token goes along, so a link is followed to Graph's own origin only. */
function isOurs(settings: GraphSettings, link: string): boolean {
  return URL.canParse(link) && new URL(link).origin === new URL(settings.GRAPH_ENDPOINT).origin;
}
