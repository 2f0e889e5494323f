import type { ToolCall } from './tool-call.ts';

/** A row of the audit table, by the column names that `kql/mcp-audit-log.schema.json` declares. */
export type AuditRow = Readonly<
  Record<
    | 'TimeGenerated'
    | 'timestamp_t'
    | 'caller_oid_s'
    | 'caller_upn_s'
    | 'mcp_server_s'
    | 'tool_name_s'
    | 'tool_class_s'
    | 'scope_used_s'
    | 'resource_accessed_s'
    | 'apim_request_id_s',
    string
  > &
    Record<'latency_ms_d' | 'response_status_d', number>
>;

/**
 * The call as a row. Both times are the call's own: the service replaces a `TimeGenerated` of more than two days ago
 * (or a day ahead) by the time of ingestion, so `timestamp_t` is the one that always tells when it was.
 * learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns#timegenerated
 */
export function auditRowOf(call: ToolCall): AuditRow {
  return {
    TimeGenerated: call.timestamp,
    timestamp_t: call.timestamp,
    caller_oid_s: call.caller_oid,
    caller_upn_s: call.caller_upn,
    mcp_server_s: call.mcp_server,
    tool_name_s: call.tool_name,
    tool_class_s: call.tool_class,
    scope_used_s: call.scope_used,
    resource_accessed_s: call.resource_accessed,
    latency_ms_d: call.latency_ms,
    response_status_d: call.response_status,
    apim_request_id_s: call.apim_request_id,
  };
}
