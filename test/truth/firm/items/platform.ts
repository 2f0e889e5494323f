import type { Base } from './directory.ts';
import type { Held } from './held.ts';

export const PLATFORM_RIGHTS = ['azure-role', 'eligible-role', 'vault', 'subscription-key', 'kept-sign-in'] as const;

/** What somebody may do with the gateway, its vaults or its containers by their own object id. */
export interface PlatformRight extends Base {
  readonly kind: 'platform-right';
  readonly right: (typeof PLATFORM_RIGHTS)[number];
  readonly person: string;
}

export const PLATFORM_PLACES = ['named-value', 'backend', 'policy', 'container'] as const;

/** A token with which the gateway or a server signs in elsewhere. */
export interface PlatformToken extends Base {
  readonly kind: 'platform-token';
  readonly at: (typeof PLATFORM_PLACES)[number];
  readonly holds: Held;
}

/** Tool calls, one a night or day, on each of these days before today. */
export interface Calls extends Base {
  readonly kind: 'calls';
  /** A person by key, or a managed identity by name. */
  readonly by: { readonly person: string } | { readonly identity: string } | 'nobody';
  readonly daysAgo: readonly number[];
  readonly hour: number;
}

/** A vendor that refuses or fails calls of a kind while the case is discovered. */
export interface Refusal extends Base {
  readonly kind: 'refusal';
  readonly vendor: 'graph' | 'arm' | 'github' | 'devops' | 'logs';
  readonly path: string;
  readonly status: 403 | 404 | 500;
}
