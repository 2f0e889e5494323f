import * as z from 'zod';
import type { Listing } from '../listing.ts';
import { failed, NO_TIME_NAMED, ok, type VendorResult } from '../result.ts';
import type { GitHubClient } from './client.ts';
import { explained } from './explained.ts';
import { type Asked, failureOf, shapeFailure } from './failure.ts';
import type { GitHubOctokit } from './octokit.ts';

/** What Octokit returns, as far as it may be trusted before its shape is checked. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

/** Asks once and checks the answer's shape: Octokit hands out whatever a 200 carried, HTML and fragments included. */
export async function ask<T>(
  client: GitHubClient,
  asked: Asked,
  shape: z.ZodType<T>,
  send: (octokit: GitHubOctokit) => Promise<Answer>,
): Promise<VendorResult<T>> {
  const answered = await answerOf(client, asked, send);
  if (!answered.ok) return answered;
  const { status, headers, data } = answered.value;
  const parsed = shape.safeParse(data);
  return parsed.success ? ok(parsed.data, requestIdOf(headers)) : failed(shapeFailure(asked, status));
}

/** Changes something. 202 means that GitHub will do it later. */
export async function act(
  client: GitHubClient,
  asked: Asked,
  send: (octokit: GitHubOctokit) => Promise<Answer>,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const answered = await answerOf(client, asked, send);
  if (!answered.ok) return answered;
  const { status, headers } = answered.value;
  return ok({ effect: status === 202 ? 'queued' : 'done' }, requestIdOf(headers));
}

/** Pages are followed by Link, which names collections by id; a page that fails leaves what was read before it. */
export async function list<T>(
  client: GitHubClient,
  asked: Asked,
  options: {
    /** For example `/orgs/{org}/actions/runners`. */
    readonly path: string;
    readonly parameters: Readonly<Record<string, string | number>>;
    /** GitHub clamps: 30 for variables, 100 for everything else. */
    readonly perPage?: number;
    /** The member that holds the items; without it the answer is an array. */
    readonly key?: string;
    readonly item: z.ZodType<T>;
  },
): Promise<Listing<T>> {
  const items: T[] = [];
  const page = pageShape(options.item, options.key);
  const seen = new Set<string>();
  let url = options.path;
  let parameters: Readonly<Record<string, string | number>> = {
    ...options.parameters,
    per_page: options.perPage ?? 100,
  };
  for (;;) {
    const answered = await answerOf(client, asked, (octokit) => octokit.request(`GET ${url}`, { ...parameters }));
    if (!answered.ok) return { items, failure: answered.failure };
    const { status, headers, data } = answered.value;
    const parsed = page.safeParse(data);
    if (!parsed.success) return { items, failure: shapeFailure(asked, status) };
    items.push(...parsed.data.items);
    const next = nextOf(headers, client.settings.GITHUB_API_ENDPOINT);
    if (next === undefined) return whole(asked, items, parsed.data.total);
    if (next === 'elsewhere' || seen.has(next)) return { items, failure: shapeFailure(asked, status) };
    seen.add(next);
    url = next;
    parameters = {};
  }
}

async function answerOf(
  client: GitHubClient,
  asked: Asked,
  send: (octokit: GitHubOctokit) => Promise<Answer>,
): Promise<VendorResult<Answer>> {
  try {
    return ok(await send(client.octokit));
  } catch (error) {
    return failed(await explained(client, asked, failureOf(error, asked, Date.now())));
  }
}

function pageShape<T>(
  item: z.ZodType<T>,
  key: string | undefined,
): z.ZodType<{ readonly items: T[]; readonly total?: number | undefined }> {
  if (key === undefined) return z.array(item).transform((items) => ({ items }));
  return z
    .object({ total_count: z.number().optional(), [key]: z.array(item) })
    .transform((body) => ({ items: body[key] as T[], total: body.total_count as number | undefined }));
}

/** Fewer than announced is not the whole list, whatever Link says. */
function whole<T>(asked: Asked, items: readonly T[], total: number | undefined): Listing<T> {
  if (total === undefined || items.length >= total) return { items };
  const message = `GitHub announced ${total} of ${asked.what} of ${asked.where} and sent ${items.length}.`;
  return { items, failure: { kind: 'unavailable', status: 200, tryAgainAfterMs: NO_TIME_NAMED, message } };
}

/** The next page's address; `elsewhere` where it is not GitHub's own: the token would go along. */
function nextOf(headers: Readonly<Record<string, unknown>>, endpoint: string): string | 'elsewhere' | undefined {
  const link = typeof headers.link === 'string' ? headers.link : '';
  const next = /<([^<>]+)>;\s*rel="next"/.exec(link)?.[1];
  if (next === undefined) return undefined;
  return URL.canParse(next) && new URL(next).origin === new URL(endpoint).origin ? next : 'elsewhere';
}

function requestIdOf(headers: Readonly<Record<string, unknown>>): string | undefined {
  const id = headers['x-github-request-id'];
  return typeof id === 'string' ? id : undefined;
}
