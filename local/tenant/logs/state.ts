import schemaFile from '../../../kql/mcp-audit-log.schema.json' with { type: 'json' };
import casesFile from '../../../kql/mcp-offboarding-cases.schema.json' with { type: 'json' };
import type { ColumnType, Schema } from '../kql/schema.ts';
import type { Row } from '../kql/values.ts';
import { WORLD } from '../seeds/world.ts';

/** The table of tool calls, as its data collection rule declares it. */
export const AUDIT_SCHEMA: Schema = {
  [schemaFile.table]: schemaFile.columns.map(({ name, type }) => ({ name, type: type as ColumnType })),
};

/** The table of cases, which no query of the app reads. */
export const CASES_SCHEMA: Schema = {
  [casesFile.table]: casesFile.columns.map(({ name, type }) => ({ name, type: type as ColumnType })),
};

/** The workspace that the gateway logs to. */
export interface LogsState {
  readonly workspaceId: string;
  readonly rows: Row[];
  /** Rows that were ingested longer ago cannot be queried. */
  retentionDays: number;
  /**
   * How the service answers a query that it could run. `partial`: half of the rows, with an error beside them and
   * status 200. `no-content`: 204, as for a workspace without data. `empty`: 200 without a body.
   */
  answers: 'complete' | 'partial' | 'no-content' | 'empty';
}

export function emptyLogs(): LogsState {
  return { workspaceId: WORLD.audit.workspaceId, rows: [], retentionDays: 90, answers: 'complete' };
}

/** What a test or a seed says of one tool call. */
export interface ToolCall {
  readonly at: Date;
  readonly oid: string;
  /** Empty for service principals. */
  readonly upn?: string;
  readonly server: string;
  readonly tool: string;
  /** What the gateway took the call for; default: by its name, as the gateway's defaults do. */
  readonly toolClass?: string;
  readonly resource: string;
  readonly scope?: string;
  readonly status?: number;
  readonly latencyMs?: number;
  /** When the row reached the workspace; default: half a minute after the call. */
  readonly ingestedAt?: Date;
}

const READS = /^(read_|list_|get_|search_|find_|view_|describe_|directory_tree)/;

function classOf({ server, tool }: ToolCall): string {
  if (server === 'secrets') return 'secrets';
  return READS.test(tool) ? 'read' : 'write';
}

let requests = 0;

/** The row that the platform writes about a tool call. */
export function auditRow(call: ToolCall): Row {
  requests += 1;
  return {
    TimeGenerated: call.ingestedAt ?? new Date(call.at.getTime() + 30_000),
    timestamp_t: call.at,
    caller_oid_s: call.oid,
    caller_upn_s: call.upn ?? '',
    mcp_server_s: call.server,
    tool_name_s: call.tool,
    tool_class_s: call.toolClass ?? classOf(call),
    scope_used_s: call.scope ?? 'mcp.tools.read',
    resource_accessed_s: call.resource,
    latency_ms_d: call.latencyMs ?? 40,
    response_status_d: call.status ?? 200,
    apim_request_id_s: `r-${requests.toString(16).padStart(8, '0')}`,
  };
}
