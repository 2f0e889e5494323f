import * as z from 'zod';
import type { IdentityName } from '../credentials.ts';
import type { VendorResult } from '../result.ts';
import type { AuditTableSettings } from '../settings.ts';
import { readResource } from './read-resource.ts';

const Table = z.object({
  properties: z.object({
    retentionInDays: z.number(),
    totalRetentionInDays: z.number(),
    plan: z.string().nullish(),
  }),
});

export interface TableRetention {
  /** Days that queries reach back. */
  readonly retentionInDays: number;
  readonly totalRetentionInDays: number;
  /** Only `Analytics` can be queried all the time; absent where Azure does not say. */
  readonly plan?: string;
}

/**
 * How long a table of the audit workspace keeps its rows. The default is 30 days, so a query over 90 can be silent
 * about two thirds of them.
 * Source: learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
 */
export async function tableRetentionDays(
  settings: AuditTableSettings,
  table: string,
  identity: IdentityName = 'reader',
): Promise<VendorResult<TableRetention>> {
  const answer = await readResource(settings, {
    identity,
    path: `${settings.AUDIT_WORKSPACE_RESOURCE_ID}/tables/${encodeURIComponent(table)}`,
    apiVersion: '2022-10-01',
    what: `read how long the table ${table} keeps its rows`,
    action: 'Microsoft.OperationalInsights/workspaces/tables/read',
    shape: Table,
  });
  if (!answer.ok) return answer;
  const { plan, ...days } = answer.value.properties;
  return { ...answer, value: { ...days, ...(plan ? { plan } : {}) } };
}
