import type { Listing } from '../listing.ts';
import type { VendorFailure } from '../result.ts';
import type { DevOpsSettings } from '../settings.ts';
import { unavailable } from './answer.ts';
import { ask, type DevOpsRequest } from './request.ts';

/** Several lists of a kind as one. */
export interface Together<T> extends Omit<Listing<T>, 'failure'> {
  readonly failures: readonly VendorFailure[];
}

/** A page's items and, where its body names it, the next page. */
export interface Page<T> {
  readonly value: readonly T[];
  readonly continuationToken?: string | null | undefined;
}

const MOST_PAGES = 10_000;

/**
 * Follows a list to its end, whether the next page is named in the header or in the body; or, with `until`, to the
 * page that holds what is looked for.
 */
export async function listAll<T>(
  settings: DevOpsSettings,
  first: DevOpsRequest<Page<T>>,
  until: (item: T) => boolean = () => false,
): Promise<Listing<T>> {
  const items: T[] = [];
  const seen = new Set<string>();
  let request = first;
  let slowest: number | undefined;
  const listed = (failure?: VendorFailure): Listing<T> => ({
    items,
    ...(failure === undefined ? {} : { failure }),
    ...(slowest === undefined ? {} : { slowDownMs: slowest }),
  });
  for (;;) {
    const answer = await ask(settings, request);
    if (!answer.ok) return listed(answer.failure);
    const { body, next: named, slowDownMs } = answer.value;
    items.push(...body.value);
    if (slowDownMs !== undefined) slowest = Math.max(slowest ?? 0, slowDownMs);
    const next = named ?? body.continuationToken ?? '';
    if (next === '' || body.value.some(until)) return listed();
    if (seen.has(next) || seen.size >= MOST_PAGES) {
      return listed(unavailable(first, 'the same next page again, so the list has no end'));
    }
    seen.add(next);
    request = { ...first, query: { ...first.query, continuationToken: next } };
  }
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
