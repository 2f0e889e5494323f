/** The table that the gateway's tool calls are logged to. Queries in `kql/` name it themselves. */
export const AUDIT_TABLE = 'MCPAuditLog_CL';
