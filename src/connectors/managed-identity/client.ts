import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { armClientOptions } from '../arm/client-options.ts';
import { credentialOf, type IdentityName } from '../credentials.ts';
import type { ArmSettings } from '../settings.ts';

/**
 * `flexible` is a preview that alone says what a flexible credential trusts; `general` shows such a credential
 * without a subject and without what replaces it.
 * Source: azure-rest-api-specs, Microsoft.ManagedIdentity, 2025-05-31-preview
 */
const API_VERSIONS = { flexible: '2025-05-31-preview', general: '2024-11-30' } as const;
export type ApiVersion = keyof typeof API_VERSIONS;

const clients = new Map<string, ManagedServiceIdentityClient>();

/** The SDK's client for one subscription. */
export function msiClient(
  settings: ArmSettings,
  identity: IdentityName,
  subscriptionId: string,
  version: ApiVersion,
): ManagedServiceIdentityClient {
  const key = [settings.ARM_ENDPOINT, identity, subscriptionId, version].join(' ');
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = new ManagedServiceIdentityClient(credentialOf(settings, identity), subscriptionId, {
    ...armClientOptions(settings),
    apiVersion: API_VERSIONS[version],
  });
  clients.set(key, client);
  return client;
}
