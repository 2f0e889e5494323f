import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { credentialOf } from '../../credentials.ts';
import type { StorageSettings } from '../../settings.ts';
import { deadlinesOf } from './deadline.ts';

/**
 * Every client that is made of this one shares its pipeline. The option `additionalPolicies` of other SDKs would add the
 * policies to it anew with each of them (github.com/Azure/azure-sdk-for-js, `getCoreClientOptions` of storage-blob).
 */
class BlobsWithDeadlines extends BlobServiceClient {
  constructor(settings: StorageSettings) {
    super(settings.BLOB_ENDPOINT, credentialOf(settings, 'remover'), {
      retryOptions: { maxTries: 4, retryDelayInMs: 250, maxRetryDelayInMs: 4_000 },
    });
    for (const { policy, position } of deadlinesOf(settings)) {
      this.storageClientContext.pipeline.addPolicy(policy, position === 'perRetry' ? { afterPhase: 'Sign' } : {});
    }
  }
}

const clients = new Map<string, ContainerClient>();

/** A container of blob storage; its calls have deadlines. */
export function blobsOf(settings: StorageSettings, container: string): ContainerClient {
  const key = `${settings.BLOB_ENDPOINT}/${container} ${settings.STORAGE_TIMEOUT_SECONDS}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = new BlobsWithDeadlines(settings).getContainerClient(container);
  clients.set(key, client);
  return client;
}
