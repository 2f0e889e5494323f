import type { GitHubState } from './state/state.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

interface Bucket {
  used: number;
  /** Milliseconds since the epoch when it is full again. */
  reset: number;
}

export interface Standing {
  readonly resource: 'core' | 'graphql';
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Seconds since the epoch. */
  readonly reset: number;
}

/** Primary limits per installation and hour, secondary ones per minute, as GitHub publishes them. */
export interface RateLimits {
  /** Counts a request; says what refuses it, if anything does. */
  count(who: string, resource: 'core' | 'graphql', method: string): 'primary' | 'secondary' | undefined;
  standing(who: string, resource: 'core' | 'graphql'): Standing;
  /** A request that was answered 304 costs nothing of the hour; of the minute it has cost its points. */
  refund(who: string, resource: 'core' | 'graphql'): void;
  /** Seconds until the secondary limit lets the caller in again. */
  secondsToNextMinute(who: string): number;
}

export function makeRateLimits(state: GitHubState, now: () => Date): RateLimits {
  const hours = new Map<string, Bucket>();
  const minutes = new Map<string, Bucket>();

  const bucket = (buckets: Map<string, Bucket>, key: string, length: number): Bucket => {
    const known = buckets.get(key);
    if (known !== undefined && known.reset > now().getTime()) return known;
    const fresh = { used: 0, reset: now().getTime() + length };
    buckets.set(key, fresh);
    return fresh;
  };

  const standing = (who: string, resource: 'core' | 'graphql'): Standing => {
    const { used, reset } = bucket(hours, `${who} ${resource}`, HOUR);
    const limit = state.limits[resource];
    return { resource, limit, used, remaining: Math.max(limit - used, 0), reset: Math.ceil(reset / 1000) };
  };

  return {
    standing,
    count: (who, resource, method) => {
      const hour = bucket(hours, `${who} ${resource}`, HOUR);
      if (hour.used >= state.limits[resource]) return 'primary';
      hour.used += 1;
      if (resource === 'graphql') return undefined;
      const minute = bucket(minutes, who, MINUTE);
      minute.used += method === 'GET' || method === 'HEAD' ? 1 : 5;
      return minute.used > state.limits.pointsPerMinute ? 'secondary' : undefined;
    },
    refund: (who, resource) => {
      bucket(hours, `${who} ${resource}`, HOUR).used -= 1;
    },
    secondsToNextMinute: (who) => Math.ceil((bucket(minutes, who, MINUTE).reset - now().getTime()) / 1000),
  };
}
