import type { FunctionMetadata } from '../core-types.ts';

/** Milliseconds before the next try, by a function's own retry policy. Azure adds some chance to growing delays. */
export function retryDelayMs(policy: NonNullable<FunctionMetadata['retryOptions']>, retryCount: number): number {
  if (policy.retryStrategy === 'fixedDelay') return (policy.delayInterval?.seconds ?? 0) * 1_000;
  const least = (policy.minimumInterval?.seconds ?? 0) * 1_000;
  const most = (policy.maximumInterval?.seconds ?? 0) * 1_000;
  return Math.min(least * 2 ** retryCount, most);
}
