import * as z from 'zod';
import { count, day, instant, text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

const LogSchema = z.strictObject({
  /** Tool calls by the gateway's own log, and those of them that the audit log has. */
  days: z.array(z.strictObject({ day, calls: count, logged: count })),
  /** Newest first, twenty at most: request ids of the gateway. */
  missing: z.array(z.strictObject({ id: text, at: instant, api: text })),
  /** Rows of the audit log well within the time, and those of them that the gateway's own log does not know. */
  rows: count,
  unseen: count,
  /** Those that it knows, and of which it does not say that they are tool calls. */
  untold: count,
  /** Messages that came to each API, those that were let through, and those that are tool calls by its word. */
  apis: z.array(z.strictObject({ api: text, posts: count, passed: count, told: count })),
  /** The oldest row that there is; absent where there is none. */
  first: z.exactOptional(instant),
  /** Its day by the firm's clock, as `emptyDays` are. */
  firstDay: z.exactOptional(day),
});

const TableSchema = z.strictObject({ name: text, retentionDays: count, plan: z.exactOptional(text) });

const DiagnosticSchema = z.strictObject({
  id: text,
  percentage: z.exactOptional(z.number()),
  verbosity: z.exactOptional(text),
});

/** Whether the audit log has what the gateway's own log has, and whether either of them may hold back. */
export const callsLogged = defineReading({
  id: 'logs/calls-logged',
  holds: 'the tool calls of thirty days by the gateway’s own log and by the audit log, and what either may leave out',
  permissions: [
    'assessor/logs/Log Analytics Data Reader',
    'assessor/azure/workspace/Microsoft.OperationalInsights/workspaces/tables/read',
    'assessor/azure/gateway/Microsoft.ApiManagement/service/diagnostics/read',
    'assessor/azure/gateway/Microsoft.ApiManagement/service/apis/read',
    'assessor/azure/gateway/Microsoft.ApiManagement/service/apis/diagnostics/read',
    'assessor/azure/gateway/Microsoft.Insights/diagnosticSettings/read',
  ],
  shape: z.strictObject({
    /** Resource ids in lower case. */
    workspace: text,
    gateway: z.exactOptional(text),
    from: instant,
    to: instant,
    /** Absent where one of the questions had no answer. */
    log: z.exactOptional(LogSchema),
    /** Working days without a row of anybody; absent likewise. */
    emptyDays: z.exactOptional(z.array(day)),
    tables: z.array(TableSchema),
    /** Absent where it was not read whole. */
    gatewayLog: z.exactOptional(z.strictObject({ diagnostics: z.array(DiagnosticSchema), workspaces: z.array(text) })),
    /** Files of calls that did not become rows, by why; absent where storage did not answer. */
    deadLetters: z.exactOptional(z.strictObject({ rejected: z.array(text), notUploaded: z.array(text) })),
  }),
  nothing: {
    workspace: 'unknown',
    from: '1970-01-01T00:00:00.000Z',
    to: '1970-01-01T00:00:00.000Z',
    tables: [],
  },
});
export type CallsLoggedFacts = z.output<typeof callsLogged.shape>;
