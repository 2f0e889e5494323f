import { createHash } from 'node:crypto';
import type { Fields } from '../provider/wire-value.ts';

/** Who runs Terraform: the same caller in every run. */
export const CALLER_OBJECT_ID = '0b000000-0000-4000-8000-000000000001';
export const CALLER_CLIENT_ID = 'c1000000-0000-4000-8000-000000000001';

/** The subscription of the provider's configuration, or one of our own where it names none. */
export function subscriptionOf(settings: Fields): string {
  return typeof settings.subscription_id === 'string'
    ? settings.subscription_id
    : '5b000000-0000-4000-8000-000000000001';
}

export function tenantOf(settings: Fields): string {
  return typeof settings.tenant_id === 'string' ? settings.tenant_id : '7e000000-0000-4000-8000-000000000001';
}

/** A GUID that is the same for the same seed, so that a plan after an apply finds no change. */
export function guidFor(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
