/**
 * What a vendor's answer comes down to. What can be expected is a value, so that nothing
 * that one call does stops another; only a bug throws.
 */
export type VendorFailure =
  /** 401/403, or a 404 where the permission is known to be missing. */
  | { readonly kind: 'denied'; readonly status: number; readonly missingPermission?: string; readonly message: string }
  /** 404/410: not there, or not visible to us. The caller decides which it can be. */
  | { readonly kind: 'not-found'; readonly status: number; readonly message: string }
  /** 429, secondary limits. `tryAgainAfterMs` is the vendor's word; 0 where it named no time and our policy decides. */
  | {
      readonly kind: 'throttled';
      readonly status: number;
      readonly tryAgainAfterMs: number;
      readonly message: string;
      /** Set where the vendor was not even asked, because others of ours come first. */
      readonly queued?: true;
    }
  /** 409/412/423: `retryable` for concurrency, not for a lock. */
  | { readonly kind: 'conflict'; readonly status: number; readonly retryable: boolean; readonly message: string }
  /** 400/422: our request was refused. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** A usable answer that is not all of it: rows of an odd shape, a list whose end is in doubt. Asking again does not help. */
  | { readonly kind: 'incomplete'; readonly status: number; readonly message: string }
  /** 5xx, reset, time-out, truncated or non-JSON body. */
  | {
      readonly kind: 'unavailable';
      readonly status?: number;
      readonly tryAgainAfterMs: number;
      readonly message: string;
    };

export type VendorResult<T> =
  | { readonly ok: true; readonly value: T; readonly requestId?: string }
  | { readonly ok: false; readonly failure: VendorFailure };

export function ok<T>(value: T, requestId?: string): VendorResult<T> {
  return requestId === undefined ? { ok: true, value } : { ok: true, value, requestId };
}

export function failed<T>(failure: VendorFailure): VendorResult<T> {
  return { ok: false, failure };
}

/** The vendor named no time: the orchestration's own policy decides how long to wait. */
export const NO_TIME_NAMED = 0;
/** A vendor's Retry-After is honoured up to this, in milliseconds; beyond it the source counts as unavailable. */
const MAX_TRY_AGAIN_MS = 15 * 60_000;

/** Milliseconds to wait by a `Retry-After` header (seconds or HTTP date), clamped; undefined where there is none. */
export function retryAfterMs(header: string | null | undefined, now: number): number | undefined {
  if (header === null || header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_TRY_AGAIN_MS) : undefined;
}
