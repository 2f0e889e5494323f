import { retryAfterMs } from '../../result.ts';
import type { SharedPoints } from '../points/shared-points.ts';
import { Paused } from './paused.ts';

/** How a limit shows: by status, header or GitHub's own words. */
export interface LimitSigns {
  readonly status: number;
  header(name: string): string | null | undefined;
  /** GitHub's message: a secondary limit sometimes shows in nothing else. */
  readonly words?: string | undefined;
}

/**
 * Milliseconds that a refusal names, 0 where it names none, undefined where it is no rate limit. Order as published:
 * Retry-After, then the reset of the primary limit (docs.github.com/rest, "Rate limits for the REST API").
 */
export function limitWaitMs({ status, header, words }: LimitSigns, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const asked = retryAfterMs(header('retry-after'), now);
  if (asked !== undefined) return asked;
  if (header('x-ratelimit-remaining') === '0') {
    const reset = Number(header('x-ratelimit-reset'));
    // A second later, so that the new window has begun.
    return Number.isFinite(reset) && reset > 0 ? (retryAfterMs(String(reset - now / 1000 + 1), now) ?? 0) : 0;
  }
  return status === 429 || /\brate limit\b|\babuse detection\b/i.test(words ?? '') ? 0 : undefined;
}

/**
 * `fetch` that stops asking when GitHub says so: calls that were queued behind a refused one would only lengthen the
 * ban. They fail with `Paused`, at once. Each request has its own deadline, from when it is sent, not queued.
 */
export function pausingFetch(options: {
  readonly timeoutMs: number;
  /** The pause after a refusal that names no time. */
  readonly unnamedPauseMs: number;
  /** What may be spent in a minute; it also knows of every instance's pauses. */
  readonly points: Pick<SharedPoints, 'spend' | 'pause' | 'pausedFor'>;
}): typeof fetch {
  const heedPause = (): void => {
    const left = options.points.pausedFor();
    if (left > 0) throw new Paused(left);
  };
  return async (url, init) => {
    heedPause();
    await options.points.spend(costOf(url, init?.method));
    heedPause();
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(options.timeoutMs) });
    const { status, headers } = response;
    const words = status === 403 ? await response.clone().text() : undefined;
    const wait = limitWaitMs({ status, header: (name) => headers.get(name), words }, Date.now());
    if (wait !== undefined) options.points.pause(wait === 0 ? options.unnamedPauseMs : wait);
    return response;
  };
}

/** GraphQL is counted apart from REST. */
function costOf(url: Parameters<typeof fetch>[0], method = 'GET'): number {
  if (new URL(url instanceof Request ? url.url : url).pathname.endsWith('/graphql')) return 0;
  return method === 'GET' || method === 'HEAD' ? 1 : 5;
}
