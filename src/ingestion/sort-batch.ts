import { type AuditRow, auditRowOf } from './audit-row.ts';
import { readToolCall, type ToolCall } from './tool-call.ts';

/** One event as it came out of the hub. Where it stood is unknown if the host did not say. */
export interface ReceivedEvent {
  readonly body: Uint8Array;
  readonly sequenceNumber?: number;
  /** ISO 8601, UTC. */
  readonly enqueuedAt?: string;
}

export interface AcceptedEvent {
  readonly event: ReceivedEvent;
  readonly call: ToolCall;
  readonly row: AuditRow;
}

export interface RejectedEvent {
  readonly event: ReceivedEvent;
  readonly reason: string;
  readonly parsed?: Readonly<Record<string, unknown>>;
}

/** Every event of a batch is in exactly one of these. */
export interface SortedBatch {
  readonly accepted: readonly AcceptedEvent[];
  readonly rejected: readonly RejectedEvent[];
  /** The same call once more: the same request id, and everything else the same as well. */
  readonly duplicates: readonly ReceivedEvent[];
}

/**
 * What becomes a row and what does not. Within a batch, a request id stands for one row: the same call again is left
 * out, another call under the same id is refused with the reason rather than dropped.
 */
export function sortBatch(events: readonly ReceivedEvent[]): SortedBatch {
  const accepted = new Map<string, AcceptedEvent>();
  const rejected: RejectedEvent[] = [];
  const duplicates: ReceivedEvent[] = [];
  for (const event of events) {
    const reading = readToolCall(event.body);
    if (reading.kind === 'rejected') {
      const { reason, parsed } = reading;
      rejected.push(parsed === undefined ? { event, reason } : { event, reason, parsed });
      continue;
    }
    const { call } = reading;
    const row = auditRowOf(call);
    const known = accepted.get(row.apim_request_id_s);
    if (known === undefined) accepted.set(row.apim_request_id_s, { event, call, row });
    else if (isSame(known.row, row)) duplicates.push(event);
    else rejected.push({ event, reason: '/apim_request_id: another call has this id', parsed: call });
  }
  return { accepted: [...accepted.values()], rejected, duplicates };
}

function isSame(one: AuditRow, other: AuditRow): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
