import type { TokenCredential } from '@azure/identity';
import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { QueueServiceClient } from '@azure/storage-queue';

/**
 * The storage account behind a trigger's `connection`: a connection string in the setting of that name, or an
 * identity with `<name>__queueServiceUri` (or `__accountName`) and, for a user-assigned one, `<name>__clientId`.
 * Throws where nothing is set.
 */
export function queueService(
  connection: string,
  settings: Readonly<Record<string, string | undefined>>,
): QueueServiceClient {
  for (const name of [connection, `AzureWebJobs${connection}`]) {
    const text = settings[name];
    if (text !== undefined && text !== '') return QueueServiceClient.fromConnectionString(text);
    const account = settings[`${name}__accountName`];
    const uri =
      settings[`${name}__queueServiceUri`] ??
      (account === undefined ? undefined : `https://${account}.queue.core.windows.net`);
    if (uri !== undefined) return new QueueServiceClient(uri, credentialOf(name, settings));
  }
  throw new Error(`The connection "${connection}" is not set: give ${connection} or ${connection}__queueServiceUri.`);
}

/** The identity behind a connection's settings. */
export function credentialOf(name: string, settings: Readonly<Record<string, string | undefined>>): TokenCredential {
  const clientId = settings[`${name}__clientId`];
  if (settings[`${name}__credential`]?.toLowerCase() === 'managedidentity' || clientId !== undefined) {
    return clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
  }
  return new DefaultAzureCredential();
}
