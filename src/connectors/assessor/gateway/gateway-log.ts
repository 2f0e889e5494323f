import * as z from 'zod';
import { readList } from '../../arm/read-list.ts';
import { tableRetentionDays } from '../../arm/table-retention.ts';
import type { Listing } from '../../listing.ts';
import { mapBounded } from '../../map-bounded.ts';
import type { VendorFailure } from '../../result.ts';
import type { ArmSettings, AuditTableSettings } from '../../settings.ts';

const SERVICE = 'Microsoft.ApiManagement/service';
const API_VERSION = '2024-05-01';
const APIS_AT_ONCE = 4;

const Diagnostic = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    sampling: z.object({ percentage: z.number().nullish() }).nullish(),
    verbosity: z.string().nullish(),
  }),
});
const Api = z.object({ id: z.string(), name: z.string() });
const Destination = z.object({
  id: z.string(),
  properties: z.object({
    workspaceId: z.string().nullish(),
    logAnalyticsDestinationType: z.string().nullish(),
    logs: z
      .array(
        z.object({
          category: z.string().nullish(),
          categoryGroup: z.string().nullish(),
          enabled: z.boolean().nullish(),
        }),
      )
      .nullish(),
  }),
});

/** How much of its calls the gateway, or one of its APIs, writes to its own log. */
export interface FoundDiagnostic {
  readonly id: string;
  /** Absent where Azure does not say. */
  readonly percentage?: number;
  readonly verbosity?: string;
}

/** How the gateway's own log is made. */
export interface FoundGatewayLog {
  readonly diagnostics: readonly FoundDiagnostic[];
  /** Workspaces that get it as a table of its own, by their resource ids in lower case. */
  readonly workspaces: readonly string[];
  readonly failures: readonly VendorFailure[];
}

/**
 * What the gateway writes to its own log, and where that goes. An API may have a diagnostic of its own, which then
 * counts in place of the service's. Sources: azure-rest-api-specs, Microsoft.ApiManagement 2024-05-01
 * (diagnostics, apiDiagnostics); learn.microsoft.com/rest/api/monitor/diagnostic-settings
 */
export async function readGatewayLog(settings: ArmSettings, serviceId: string): Promise<FoundGatewayLog> {
  const list = <T extends { readonly id: string }>(
    path: string,
    types: string,
    what: string,
    shape: z.ZodType<T>,
  ): Promise<Listing<T>> =>
    readList(settings, {
      what: `list ${what} of the gateway`,
      action: `${SERVICE}/${types}/read`,
      identity: 'assessor',
      path: `${serviceId}/${path}`,
      apiVersion: API_VERSION,
      shape,
    });
  const [ofService, apis, destinations] = await Promise.all([
    list('diagnostics', 'diagnostics', 'the diagnostics', Diagnostic),
    list('apis', 'apis', 'the APIs', Api),
    readList(settings, {
      what: 'list where the logs of the gateway go',
      action: 'Microsoft.Insights/diagnosticSettings/read',
      identity: 'assessor',
      path: `${serviceId}/providers/Microsoft.Insights/diagnosticSettings`,
      apiVersion: '2021-05-01-preview',
      shape: Destination,
    }),
  ]);
  const ofApis = await mapBounded(apis.items, APIS_AT_ONCE, ({ name }) =>
    list(`apis/${encodeURIComponent(name)}/diagnostics`, 'apis/diagnostics', `the diagnostics of ${name}`, Diagnostic),
  );
  const lists = [ofService, ...ofApis];
  return {
    diagnostics: lists.flatMap(({ items }) => items.flatMap(fromDiagnostic)),
    workspaces: destinations.items.flatMap(workspacesOf),
    failures: [...lists, apis, destinations].flatMap(({ failure }) => failure ?? []),
  };
}

/** How long a table of the workspace keeps its rows, as the assessor sees it. */
export function readLogTable(settings: AuditTableSettings, table: string): ReturnType<typeof tableRetentionDays> {
  return tableRetentionDays(settings, table, 'assessor');
}

/** Others, such as Application Insights, take no part in the log that is compared. */
function fromDiagnostic({ id, name, properties }: z.output<typeof Diagnostic>): FoundDiagnostic[] {
  if (name.toLowerCase() !== 'azuremonitor') return [];
  const percentage = properties.sampling?.percentage;
  const { verbosity } = properties;
  return [
    {
      id,
      ...(typeof percentage === 'number' ? { percentage } : {}),
      ...(typeof verbosity === 'string' ? { verbosity } : {}),
    },
  ];
}

/** Without a table of its own the log goes into one that all of Azure shares, which nothing here reads. */
function workspacesOf({ properties }: z.output<typeof Destination>): string[] {
  const { workspaceId, logAnalyticsDestinationType, logs } = properties;
  const has = (logs ?? []).some(
    ({ category, categoryGroup, enabled }) =>
      enabled === true && (category === 'GatewayLogs' || categoryGroup === 'allLogs'),
  );
  if (!has || logAnalyticsDestinationType !== 'Dedicated' || typeof workspaceId !== 'string') return [];
  return [workspaceId.toLowerCase()];
}
