import schemaFile from '../../../kql/mcp-audit-log.schema.json' with { type: 'json' };
import casesFile from '../../../kql/mcp-offboarding-cases.schema.json' with { type: 'json' };
import postureFile from '../../../kql/mcp-posture.schema.json' with { type: 'json' };
import type { ColumnType, Schema } from '../kql/schema.ts';
import type { Row } from '../kql/values/values.ts';
import { WORLD } from '../seeds/world.ts';

/** The table of tool calls, as its data collection rule declares it. */
export const AUDIT_SCHEMA: Schema = {
  [schemaFile.table]: schemaFile.columns.map(({ name, type }) => ({ name, type: type as ColumnType })),
};

/** The table of cases, which no query of the app reads. */
export const CASES_SCHEMA: Schema = {
  [casesFile.table]: casesFile.columns.map(({ name, type }) => ({ name, type: type as ColumnType })),
};

/** The table of posture, likewise. */
export const POSTURE_SCHEMA: Schema = {
  [postureFile.table]: postureFile.columns.map(({ name, type }) => ({ name, type: type as ColumnType })),
};

/** The gateway's own log as Azure declares it, cut down: learn.microsoft.com/azure/azure-monitor/reference/tables/apimanagementgatewaylogs */
export const GATEWAY_LOG_SCHEMA: Schema = {
  ApiManagementGatewayLogs: [
    { name: 'TimeGenerated', type: 'datetime' },
    { name: 'ApiId', type: 'string' },
    { name: 'CorrelationId', type: 'string' },
    { name: 'IsRequestSuccess', type: 'bool' },
    { name: 'Method', type: 'string' },
    { name: 'OperationId', type: 'string' },
    { name: 'ResponseCode', type: 'int' },
    { name: 'TraceRecords', type: 'dynamic' },
    { name: 'Url', type: 'string' },
  ],
};

/** The workspace that the gateway logs to. */
export interface LogsState {
  readonly workspaceId: string;
  readonly rows: Row[];
  /** The gateway's own log, of which there is a table once something was logged to it. */
  readonly gatewayRows: Row[];
  /** Rows that were ingested longer ago cannot be queried. */
  retentionDays: number;
  /**
   * How the service answers a query that it could run. `partial`: half of the rows, with an error beside them and
   * status 200. `no-content`: 204, as for a workspace without data. `empty`: 200 without a body.
   */
  answers: 'complete' | 'partial' | 'no-content' | 'empty';
}

export function emptyLogs(): LogsState {
  return {
    workspaceId: WORLD.audit.workspaceId,
    rows: [],
    gatewayRows: [],
    retentionDays: 90,
    answers: 'complete',
  };
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

/** What a test or a seed says of one request in the gateway's own log. */
export interface GatewayRequest {
  readonly at: Date;
  readonly id: string;
  readonly server: string;
  readonly status?: number;
  /** Whether the policy said that the audit log must have it; default: it did. */
  readonly told?: boolean;
}

/** The record of a request in the gateway's own log. Which form traces have there is not documented. */
export function gatewayRow({ at, id, server, status = 200, told = true }: GatewayRequest): Row {
  const trace = {
    source: 'mcp-tool-call',
    severity: 'Information',
    message: 'mcp-tool-call: the audit log must have this call.',
  };
  return {
    TimeGenerated: at,
    ApiId: `mcp-${server}`,
    CorrelationId: id,
    IsRequestSuccess: status < 400,
    Method: 'POST',
    OperationId: 'post',
    ResponseCode: status,
    TraceRecords: told ? [trace] : null,
    Url: `https://${WORLD.apim.name}.azure-api.net/mcp/${server}`,
  };
}
