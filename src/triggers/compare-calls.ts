import { isCanary } from '../cases/denied/canary.ts';
import type { Denied } from '../cases/denied/denied.ts';
import { answeredCalls, type CallSeen, passedDenial } from '../cases/following/reopening.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { withinDeadline } from '../deadline.ts';
import { OffboardingError } from '../errors.ts';
import type { AuditRow } from '../ingestion/audit-row.ts';
import { reopenAfterCall } from '../intake/reopen.ts';
import type { Log } from '../log.ts';
import type { OutboxSettings } from '../outbox/listening.ts';

/** A denial counts minutes after it was written, so that a table of half a minute ago says all that is asked of it. */
const FRESH_MS = 30_000;
/** Rows are uploaded meanwhile, and the next batch waits for both. */
const LONGEST_MS = 10_000;

/** What a process keeps between two batches. */
export interface Comparing {
  /** The newest answered call of each caller that could not be compared yet. */
  waiting: readonly CallSeen[];
  denied?: { readonly readAt: number; readonly rows: ReadonlyMap<string, Denied> };
}

const OF_THIS_PROCESS: Comparing = { waiting: [] };

/**
 * Compares tool calls with who is denied, and reopens the cases of whom the gateway let pass. It never fails: rows are
 * uploaded whatever becomes of it, and what could not be compared is compared with the next batch. What a process that
 * ends takes with it is in the audit table, where the follow-ups of the case look.
 */
export async function compareCalls(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  rows: readonly AuditRow[],
  log: Log,
  now: () => Date = () => new Date(),
  kept: Comparing = OF_THIS_PROCESS,
): Promise<void> {
  const people = rows.filter(({ mcp_server_s: server }) => !isCanary(server));
  const calls = answeredCalls([...kept.waiting, ...people.map(callOf)]);
  if (calls.length === 0) return;
  kept.waiting = [];
  try {
    await withinDeadline('comparing calls with who is denied', LONGEST_MS, async () => {
      const denied = await deniedNow(vendors, kept, now().getTime());
      for (const call of calls) {
        const row = denied.get(call.oid);
        if (row === undefined || !passedDenial(call, row)) continue;
        await reopenAfterCall(vendors, settings, { call, denied: row }, log, now);
      }
    });
  } catch (error) {
    kept.waiting = answeredCalls([...kept.waiting, ...calls]);
    const why = error instanceof OffboardingError ? error.message : String(error);
    log.error('tool calls were not compared with who is denied', {
      code: 'calls-not-compared',
      callers: calls.length,
      why,
    });
  }
}

async function deniedNow(
  { storage }: Pick<Vendors, 'storage'>,
  kept: Comparing,
  at: number,
): Promise<ReadonlyMap<string, Denied>> {
  if (kept.denied !== undefined && at - kept.denied.readAt < FRESH_MS) return kept.denied.rows;
  const rows = new Map((await storage.listDenied()).map((row) => [row.oid, row]));
  kept.denied = { readAt: at, rows };
  return rows;
}

function callOf(row: AuditRow): CallSeen {
  return {
    oid: row.caller_oid_s,
    at: row.timestamp_t,
    server: row.mcp_server_s,
    tool: row.tool_name_s,
    status: row.response_status_d,
    requestId: row.apim_request_id_s,
  };
}
