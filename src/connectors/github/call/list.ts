import * as z from 'zod';
import type { IdentityName } from '../../credentials.ts';
import type { Listing } from '../../listing.ts';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { GitHubSettings } from '../../settings.ts';
import { type Answer, answerOf, etagOf } from './ask.ts';
import type { GitHubClient } from './client.ts';
import { type Asked, failureOf, shapeFailure } from './failure.ts';
import { appClient, type GitHubOctokit } from './octokit.ts';
import { doubtfulEnd, type Row, stableListing, unreadableRows } from './stable-listing.ts';

/** What is asked for a list, and what its rows are. */
export interface ListOptions<T> {
  /** For example `/orgs/{org}/actions/runners`. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  /** GitHub clamps: 30 for variables, 100 for everything else. */
  readonly perPage?: number;
  /** The member that holds the rows; without it the answer is an array, and no total is announced. */
  readonly key?: string;
  /** The member of a row that no other row has. */
  readonly id: string;
  readonly item: z.ZodType<T>;
  /** The ETag of an earlier reading: where the list is as it was then, no row comes, and it costs nothing of the hour. */
  readonly unless?: string | undefined;
}

/**
 * A list, with what tells later whether it has changed: the ETag of one that came as one page. Of several pages no ETag
 * stands for all, so that those are read anew each time.
 */
export interface TaggedListing<T> extends Listing<T> {
  readonly etag?: string;
  /** It is as it was at `unless`; no rows came. */
  readonly unchanged?: true;
}

interface Cursor {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly number: number;
  /** Link leads there; otherwise we look whether a full page was the last. */
  readonly announced: boolean;
}

/**
 * A list, read until it stands still. Pages are followed by Link, which names collections by id; a full page without
 * Link is not taken for the last. Rows are read one by one: one that cannot be read costs no other.
 */
export function list<T>(client: GitHubClient, asked: Asked, options: ListOptions<T>): Promise<TaggedListing<T>> {
  return listBy(client.settings, asked, options, (send) => answerOf(client, asked, send));
}

/** The same, of what the App asks as itself, for which it needs no installation. */
export function listAsApp<T>(
  settings: GitHubSettings,
  identity: IdentityName,
  asked: Asked,
  options: ListOptions<T>,
): Promise<Listing<T>> {
  return listBy(settings, asked, options, async (send) => {
    try {
      return ok(await send(appClient(settings, identity).octokit));
    } catch (error) {
      return failed(failureOf(error, asked, Date.now()));
    }
  });
}

async function listBy<T>(
  { GITHUB_API_ENDPOINT: endpoint }: Pick<GitHubSettings, 'GITHUB_API_ENDPOINT'>,
  asked: Asked,
  options: ListOptions<T>,
  answered: (send: (octokit: GitHubOctokit) => Promise<Answer>) => Promise<VendorResult<Answer>>,
): Promise<TaggedListing<T>> {
  const perPage = options.perPage ?? 100;
  const parameters = { ...options.parameters, per_page: perPage };
  const first: Cursor = { url: options.path, parameters, number: 1, announced: false };
  const { unless } = options;
  let pages = 0;
  let etag: string | undefined;
  let unchanged = false;
  const listing = await stableListing<T, Cursor>(
    asked,
    first,
    async ({ url, parameters: given, number, announced }) => {
      const conditional = pages === 0 && unless !== undefined ? { headers: { 'if-none-match': unless } } : {};
      const answer = await answered((octokit) => octokit.request(`GET ${url}`, { ...given, ...conditional }));
      if (!answer.ok) return answer;
      pages += 1;
      const { status, headers, data } = answer.value;
      if (status === 304 && unless !== undefined) {
        unchanged = true;
        return ok({ rows: [] });
      }
      etag = etagOf(answer.value);
      const body = bodyOf(data, options.key);
      const next = nextOf(headers, endpoint);
      if (body === undefined || next === 'elsewhere' || number >= MAX_PAGES) return failed(shapeFailure(asked, status));
      const { total } = body;
      const rows = body.rows.map((row) => rowOf(row, options));
      const full = rows.length >= perPage && (total === undefined || total > number * perPage);
      const probe = full ? { url: options.path, parameters: { ...parameters, page: number + 1 } } : undefined;
      const onward = next === undefined ? probe : { url: next, parameters: {} };
      return ok({
        rows,
        total,
        cutShort: announced && rows.length === 0,
        ...(onward === undefined ? {} : { next: { ...onward, number: number + 1, announced: next !== undefined } }),
      });
    },
  );
  if (unchanged && unless !== undefined) return { items: [], etag: unless, unchanged: true };
  return listing.failure === undefined && pages === 1 && etag !== undefined ? { ...listing, etag } : listing;
}

/**
 * A list whose pages are cut by cursor, which no row can slip between: it is read once. Link alone leads on, so that a
 * page which is full, or empty although Link led to it, may as well be one whose Link got lost.
 */
export async function listByCursor<T>(
  client: GitHubClient,
  asked: Asked,
  options: Omit<ListOptions<T>, 'key' | 'perPage'>,
): Promise<Listing<T>> {
  const rows = new Map<string, Row<T>>();
  let url = options.path;
  let parameters: Readonly<Record<string, string | number>> = { ...options.parameters, per_page: CURSOR_PAGE };
  for (let page = 1; ; page += 1) {
    const answered = await answerOf(client, asked, (octokit) => octokit.request(`GET ${url}`, { ...parameters }));
    const read = [...rows.values()];
    const items = read.flatMap(({ item }) => (item === undefined ? [] : [item]));
    if (!answered.ok) return { items, failure: answered.failure };
    const { status, headers, data } = answered.value;
    const body = bodyOf(data, undefined);
    const next = nextOf(headers, client.settings.GITHUB_API_ENDPOINT);
    if (body === undefined || next === 'elsewhere' || page > MAX_CURSORS)
      return { items, failure: shapeFailure(asked, status) };
    for (const [index, row] of body.rows.map((each) => rowOf(each, options)).entries()) {
      rows.set(row.id ?? `${page} ${index}`, row);
    }
    if (next !== undefined) {
      url = next;
      parameters = {};
      continue;
    }
    const all = [...rows.values()];
    const known = all.flatMap(({ item }) => (item === undefined ? [] : [item]));
    if (known.length < all.length) return { items: known, failure: unreadableRows(asked, known.length, all.length) };
    const size = body.rows.length;
    if (size >= CURSOR_PAGE) {
      return { items: known, failure: doubtfulEnd(asked, `a full page (${size} rows) without a link to another`) };
    }
    return size === 0 && page > 1 ? { items: known, failure: doubtfulEnd(asked, 'an empty page') } : { items: known };
  }
}

/** Rows on a page of such a list. */
const CURSOR_PAGE = 100;

/** A log that goes on for longer is cut, and said to be. */
const MAX_CURSORS = 50;

/** No list of ours comes near it: pages that lead on for ever end here. */
const MAX_PAGES = 2_000;

const Rows = z.array(z.unknown());

function bodyOf(
  data: unknown,
  key: string | undefined,
): { readonly rows: readonly unknown[]; readonly total?: number } | undefined {
  if (key === undefined) {
    const rows = Rows.safeParse(data);
    return rows.success ? { rows: rows.data } : undefined;
  }
  const body = z.object({ total_count: z.number().optional(), [key]: z.unknown() }).safeParse(data);
  const rows = Rows.safeParse(body.data?.[key]);
  if (!body.success || !rows.success) return undefined;
  const total = z.number().safeParse(body.data.total_count);
  return { rows: rows.data, ...(total.success ? { total: total.data } : {}) };
}

/** A row without the member that identifies it cannot be told from the others, and counts as unreadable. */
function rowOf<T>(row: unknown, { id: member, item }: Pick<ListOptions<T>, 'id' | 'item'>): Row<T> {
  const named = z.object({ [member]: z.union([z.string(), z.number()]) }).safeParse(row);
  if (!named.success) return { id: undefined, item: undefined };
  return { id: String(named.data[member]), item: item.safeParse(row).data };
}

/** The next page's address; `elsewhere` where it is not GitHub's own: the token would go along. */
function nextOf(headers: Readonly<Record<string, unknown>>, endpoint: string): string | 'elsewhere' | undefined {
  const link = typeof headers.link === 'string' ? headers.link : '';
  const next = /<([^<>]+)>;\s*rel="next"/.exec(link)?.[1];
  if (next === undefined) return undefined;
  return URL.canParse(next) && new URL(next).origin === new URL(endpoint).origin ? next : 'elsewhere';
}
