import * as z from 'zod';
import { count, text } from '../../shapes/primitives.ts';
import { type Definition, LIMIT_KEYS, limitKeyOf } from './limit-key.ts';
import type { PolicyElement, PolicyValue } from './parsing/parse-policy.ts';

/** Calls that one principal may make in a minute. */
export const CALLS_A_MINUTE = 50;

export const RateLimitSchema = z.strictObject({
  at: z.int(),
  /** Absent where an expression says so. */
  calls: z.exactOptional(count),
  seconds: z.exactOptional(count),
  key: z.enum(LIMIT_KEYS),
  /** Attributes by which it may count less than every call. */
  narrowedBy: z.array(text),
});
/** A limit by key, as far as it is written. */
export type RateLimit = z.output<typeof RateLimitSchema>;

/** What an element limits. Source: learn.microsoft.com/azure/api-management/rate-limit-by-key-policy */
export function rateLimitOf({ attributes }: PolicyElement, at: number, definitions: readonly Definition[]): RateLimit {
  const calls = wholeNumber(attributes.calls);
  const seconds = wholeNumber(attributes['renewal-period']);
  const key = attributes['counter-key'];
  const increments = attributes['increment-count'];
  const mayCountNothing = increments !== undefined && (wholeNumber(increments) ?? 0) === 0;
  return {
    at,
    ...(calls === undefined ? {} : { calls }),
    ...(seconds === undefined ? {} : { seconds }),
    key: key === undefined ? 'other' : limitKeyOf(key, at, definitions),
    narrowedBy: [
      ...(attributes['increment-condition'] === undefined ? [] : ['increment-condition']),
      ...(mayCountNothing ? ['increment-count'] : []),
    ],
  };
}

/** What a limit is worth: enough, nobody can say, or not enough. */
export function worthOf(limit: RateLimit): 'enough' | 'unclear' | 'not-enough' {
  const most = callsAMinute(limit);
  if (limit.key !== 'oid' && limit.key !== 'unclear') return 'not-enough';
  if (most !== undefined && most > CALLS_A_MINUTE) return 'not-enough';
  return limit.key === 'oid' && most !== undefined && limit.narrowedBy.length === 0 ? 'enough' : 'unclear';
}

/** How many calls pass in a minute at most: a shorter period begins again within it, a longer one may be used up in one. */
export function callsAMinute({ calls, seconds }: RateLimit): number | undefined {
  if (calls === undefined || seconds === undefined || seconds === 0) return undefined;
  return calls * Math.max(1, Math.ceil(60 / seconds));
}

function wholeNumber(value: PolicyValue | undefined): number | undefined {
  return value?.kind === 'literal' && /^\d{1,9}$/.test(value.text) ? Number(value.text) : undefined;
}
