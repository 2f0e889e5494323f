import type { GitHubContext } from './context.ts';
import { cut } from './paging.ts';

const DOCS = 'https://docs.github.com/rest';

export function badCredentials(c: GitHubContext): Response {
  return c.json({ message: 'Bad credentials', documentation_url: DOCS, status: '401' }, 401);
}

export function notFound(c: GitHubContext): Response {
  return c.json({ message: 'Not Found', documentation_url: DOCS, status: '404' }, 404);
}

export function notAccessible(c: GitHubContext, accepted: string): Response {
  return c.json(
    { message: 'Resource not accessible by integration', documentation_url: DOCS, status: '403' },
    { status: 403, headers: { 'x-accepted-github-permissions': accepted } },
  );
}

/** Refused for another reason than a permission. */
export function forbidden(c: GitHubContext, message: string): Response {
  return c.json({ message, documentation_url: DOCS, status: '403' }, 403);
}

/** What is in a repository that GitHub has blocked. */
export function blocked(c: GitHubContext): Response {
  const block = { reason: 'tos', created_at: '2026-10-01T09:00:00Z', html_url: 'https://github.com/tos' };
  return c.json({ message: 'Repository access blocked', block }, 403);
}

/** A file that is larger than GitHub gives out. */
export function tooLarge(c: GitHubContext): Response {
  const message =
    'This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API, but you can always clone the repository via Git to access it.';
  const errors = [{ resource: 'Blob', field: 'data', code: 'too_large' }];
  return c.json({ message, errors, documentation_url: `${DOCS}/git/blobs#get-a-blob` }, 403);
}

export function invalid(c: GitHubContext, message: string): Response {
  return c.json({ message, documentation_url: DOCS, status: '422' }, 422);
}

export interface PageSize {
  readonly fallback: number;
  readonly max: number;
}
/** Variables come 10 by default and 30 at most, everything else 30 and 100. More is clamped, not refused. */
export const VARIABLES: PageSize = { fallback: 10, max: 30 };
const DEFAULT: PageSize = { fallback: 30, max: 100 };

/**
 * One page of a list, with the Link header that leads to the others. Link names the collection by id
 * (`/organizations/90017/…`), which clients must follow and not rebuild.
 */
export function page<T>(
  c: GitHubContext,
  rows: readonly T[],
  { size = DEFAULT, key, canonical }: { size?: PageSize; key?: string; canonical?: string },
): Response {
  const url = new URL(c.req.url);
  const asked = Number(url.searchParams.get('per_page') ?? size.fallback);
  const perPage = Math.min(Math.max(Number.isInteger(asked) ? asked : size.fallback, 1), size.max);
  const number = Math.max(Number(url.searchParams.get('page') ?? 1) || 1, 1);
  const last = Math.max(Math.ceil(rows.length / perPage), 1);
  const paging = c.get('paging');
  const items = cut(rows, (number - 1) * perPage, number * perPage, paging);
  const total = paging.announces?.(rows.length) ?? rows.length;
  const body = key === undefined ? items : { total_count: total, [key]: items };

  const linkTo = (to: number, rel: string): string => {
    const target = new URL(url);
    if (canonical !== undefined) target.pathname = canonical;
    target.searchParams.set('page', String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [linkTo(number - 1, 'prev'), linkTo(1, 'first')] : []),
    ...(number < last && !paging.linkless && !paging.atOnce ? [linkTo(number + 1, 'next'), linkTo(last, 'last')] : []),
  ];
  return c.json(body, 200, links.length === 0 ? {} : { link: links.join(', ') });
}
