import { LogsQueryClient, type LogsTable } from '@azure/monitor-query';
import { credentialOf, type IdentityName } from '../credentials.ts';
import { plainName } from '../plain-name.ts';
import { failed, NO_TIME_NAMED, ok, type VendorResult } from '../result.ts';
import type { AuditLogSettings } from '../settings.ts';
import { failureOf } from './failure.ts';

/** One query over the workspace of the audit log. */
export interface WorkspaceQuery {
  /** To complete “Log Analytics was asked for …”. */
  readonly what: string;
  readonly text: string;
  /** Rows outside of this time of ingestion are not looked at. */
  readonly from: Date;
  readonly to: Date;
}

/** What was read. `partial` says why there may be more: the service answers 200 all the same. */
export interface Read<T> {
  readonly value: T;
  readonly partial?: string;
}

export type TableRow = Readonly<Record<string, unknown>>;

const clients = new Map<string, LogsQueryClient>();

/** No retries inside the SDK: it would hold the activity for four times the server's own timeout. */
function clientOf(settings: AuditLogSettings, identity: IdentityName): LogsQueryClient {
  const key = `${settings.LOGS_ENDPOINT} ${settings.READER_CLIENT_ID} ${identity}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = new LogsQueryClient(credentialOf(settings, identity), {
    endpoint: settings.LOGS_ENDPOINT,
    audience: settings.LOGS_ENDPOINT,
    retryOptions: { maxRetries: 0 },
  });
  clients.set(key, client);
  return client;
}

/**
 * Runs a query once, by default with the reader identity. A null datetime comes out of the SDK as 1970; read only columns that
 * the row's kind fills.
 */
export async function queryWorkspace(
  settings: AuditLogSettings,
  query: WorkspaceQuery,
  identity: IdentityName = 'reader',
): Promise<VendorResult<Read<readonly TableRow[]>>> {
  const seconds = settings.REQUEST_TIMEOUT_SECONDS;
  try {
    const result = await clientOf(settings, identity).queryWorkspace(
      settings.AUDIT_WORKSPACE_ID,
      query.text,
      { startTime: query.from, endTime: query.to },
      { serverTimeoutInSeconds: Math.max(1, seconds - 1), abortSignal: AbortSignal.timeout(seconds * 1_000) },
    );
    if (result.status === 'Success') return ok({ value: rowsOf(result.tables) });
    const code = plainName(result.partialError.code) ?? 'PartialError';
    const partial = `Log Analytics cut its answer about ${query.what} short (${code}); there may be more than was read.`;
    return ok({ value: rowsOf(result.partialTables), partial });
  } catch (error) {
    return failed(failureOf(settings, query.what, error));
  }
}

/** The answer was read, but it is not what the query asks for. */
export function unexpectedShape<T>(what: string, where: string): VendorResult<T> {
  const message = `Log Analytics was asked for ${what} and answered 200 with unexpected rows (at “${where}”).`;
  return failed({ kind: 'unavailable', status: 200, tryAgainAfterMs: NO_TIME_NAMED, message });
}

function rowsOf(tables: readonly LogsTable[]): TableRow[] {
  const [table] = tables;
  if (table === undefined) throw new TypeError('an answer without a table');
  const names = table.columnDescriptors.map(({ name }) => name ?? '');
  return table.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
}
