import type { AzureScope, PermissionIdentity, PermissionRow, PermissionSystem } from '../permission.ts';

const STORAGE =
  'learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity';

function role(
  identity: PermissionIdentity,
  system: PermissionSystem,
  scope: AzureScope,
  name: string,
  row: Pick<PermissionRow, 'why' | 'source' | 'duties' | 'risk' | 'unasked'>,
): PermissionRow {
  const key = `${identity}-${name.toLowerCase().replaceAll(' ', '-')}`;
  return {
    id: `${identity}/${system}/${name}`,
    system,
    identity,
    grant: { kind: 'azure-built-in-role', name, scope, role: key },
    ...row,
  };
}

/** What the app needs of the Azure resources that it brings along itself. */
export const PLATFORM_PERMISSIONS: readonly PermissionRow[] = [
  role('host', 'storage', 'storage', 'Storage Blob Data Owner', {
    why: 'The Functions runtime keeps its locks, its keys and the app’s package in blobs.',
    source: STORAGE,
    duties: ['the app’s start'],
    unasked: 'Only the runtime uses it: without it the app does not start.',
  }),
  role('host', 'storage', 'storage', 'Storage Queue Data Contributor', {
    why: 'Durable Functions passes its messages through queues.',
    source: 'learn.microsoft.com/azure/azure-functions/durable/durable-functions-configure-managed-identity',
    duties: ['every orchestration'],
    unasked:
      'Only the runtime uses it: without it cases stay in state running and the runtime’s log has errors of storage.',
  }),
  role('host', 'storage', 'storage', 'Storage Table Data Contributor', {
    why: 'Durable Functions keeps its history in tables.',
    source: 'learn.microsoft.com/azure/azure-functions/durable/durable-functions-configure-managed-identity',
    duties: ['every orchestration'],
    unasked:
      'Only the runtime uses it: without it cases stay in state running and the runtime’s log has errors of storage.',
  }),
  role('host', 'telemetry', 'application-insights', 'Monitoring Metrics Publisher', {
    why: 'Writes the app’s own telemetry, without an instrumentation key.',
    source: 'learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication',
    duties: ['the app’s logs in Application Insights'],
    unasked: 'Only the runtime uses it: without it nothing new arrives in Application Insights.',
  }),
  role('host', 'key-vault', 'webhook-secret', 'Key Vault Secrets User', {
    why: 'Resolves the references to the secrets of the webhooks in the app settings.',
    source: 'learn.microsoft.com/azure/app-service/app-service-key-vault-references',
    duties: ['the app’s start, where a webhook is configured'],
    unasked:
      'Only the platform uses it: without it TEAMS_WEBHOOK_URL is no address and WEBHOOK_SECRET no secret, and the app answers everything with 503.',
  }),
  role('remover', 'storage', 'storage', 'Storage Blob Data Contributor', {
    why: 'Files evidence and intermediate results. Evidence is protected by the container’s immutability policy, not by this role.',
    source: 'learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory',
    duties: ['every case: nothing is cut whose before-image cannot be filed'],
  }),
  role('remover', 'storage', 'storage', 'Storage Table Data Contributor', {
    why: 'Keeps the rows of the cases, who is denied at the gateway, and whose accounts and names were.',
    source: 'learn.microsoft.com/azure/storage/tables/authorize-access-azure-active-directory',
    duties: ['every case, and the list of cases'],
  }),
  role('remover', 'storage', 'storage', 'Storage Queue Data Contributor', {
    why: 'Takes HR’s messages from the queue of leavers, and from its poison queue what an earlier release gave up on.',
    source:
      'learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue-trigger#identity-based-connections',
    duties: ['messages from HR'],
    unasked:
      'Only the runtime uses it, for the queue’s trigger: without it its log says that the listener of hrLeavers did not start.',
  }),
  role('remover', 'key-vault', 'evidence-key', 'Key Vault Crypto User', {
    why: 'Signs what is filed, and reads the public key that belongs to the signature; the private key never leaves the vault.',
    source: 'learn.microsoft.com/azure/key-vault/general/rbac-guide',
    duties: ['the signature of every report'],
    risk: 'It can sign a false report. It cannot change one that is filed.',
  }),
  role('ingestor', 'event-hub', 'event-hub', 'Azure Event Hubs Data Receiver', {
    why: 'Receives the gateway’s tool-call events.',
    source:
      'learn.microsoft.com/azure/azure-functions/functions-bindings-event-hubs-trigger#identity-based-connections',
    duties: ['the ingestion of tool calls'],
    unasked:
      'Only the runtime uses it, for the event hub’s trigger: without it its log says that the listener did not start.',
  }),
  role('ingestor', 'ingestion', 'data-collection-rule', 'Monitoring Metrics Publisher', {
    why: 'Writes tool calls into the audit table. The identity that writes the log is neither the one that reads it nor the one that cuts.',
    source: 'learn.microsoft.com/azure/azure-monitor/logs/logs-ingestion-api-overview',
    duties: ['the ingestion of tool calls'],
    unasked:
      'To ask is to write a row into the audit log: without it the errors of ingestToolCalls name this role, and the rows wait in the dead letters.',
    risk: 'It can write false rows into the audit log.',
  }),
];
