import { createHash } from 'node:crypto';
import type { AuditRow } from './audit-row.ts';
import type { ReceivedEvent, RejectedEvent, SortedBatch } from './sort-batch.ts';
import { keptText, TOOL_CALL_FIELDS, type ToolCallField } from './tool-call.ts';

/** What is kept of an event that did not become a row. Its bytes are not: they may hold anything, secrets included. */
export interface DeadLetter {
  readonly reason: string;
  readonly sequenceNumber?: number;
  readonly enqueuedAt?: string;
  /** Of the event's bytes, to recognise it among those that the hub still holds. */
  readonly sha256: string;
  readonly bytes: number;
  /** Those of the eleven fields that could be read, without credentials. */
  readonly fields?: Readonly<Partial<Record<ToolCallField, string | number>>>;
}

/** A call that is in order and could not be uploaded: with its row, to be uploaded later. */
export interface StoredRow extends Omit<DeadLetter, 'fields'> {
  readonly row: AuditRow;
}

/** One blob of the container `dead-letter`: the dead letters of one batch. */
export type DeadLetterFile =
  | {
      readonly schemaVersion: 1;
      readonly kind: 'rejected';
      readonly partition: string;
      readonly events: readonly DeadLetter[];
    }
  | {
      readonly schemaVersion: 1;
      readonly kind: 'not-uploaded';
      readonly partition: string;
      readonly events: readonly StoredRow[];
    };
export type DeadLetterKind = DeadLetterFile['kind'];

const MAX_FIELD_CHARACTERS = 1_024;

/** Why a call that is in order is a dead letter all the same. */
export const TOO_LARGE = 'the row is larger than one upload may be';

/** Rows that were not uploaded, and why. */
export interface DeadLetterRows {
  readonly tooLarge: readonly AuditRow[];
  readonly notUploaded: readonly { readonly rows: readonly AuditRow[]; readonly reason: string }[];
}

/** The files that a batch leaves behind, at most one of each kind; none where every event became a row. */
export function deadLettersOf(
  partition: string,
  { accepted, rejected }: SortedBatch,
  { tooLarge, notUploaded }: DeadLetterRows,
): readonly DeadLetterFile[] {
  const large = new Set(tooLarge);
  const reasons = new Map(notUploaded.flatMap(({ rows, reason }) => rows.map((row) => [row, reason] as const)));
  const refused = [
    ...rejected.map(deadLetterOf),
    ...accepted.flatMap(({ event, call, row }) =>
      large.has(row) ? [deadLetterOf({ event, reason: TOO_LARGE, parsed: call })] : [],
    ),
  ].sort(({ sequenceNumber: one = 0 }, { sequenceNumber: other = 0 }) => one - other);
  const stored = accepted.flatMap(({ event, row }): StoredRow[] => {
    const reason = reasons.get(row);
    return reason === undefined ? [] : [{ ...markOf(event, `not uploaded: ${reason}`), row }];
  });
  return [
    ...(refused.length === 0 ? [] : [{ schemaVersion: 1, kind: 'rejected', partition, events: refused } as const]),
    ...(stored.length === 0 ? [] : [{ schemaVersion: 1, kind: 'not-uploaded', partition, events: stored } as const]),
  ];
}

/** A rejected event, as it may be kept: the eleven known fields in the clear, redacted; of everything else the digest. */
function deadLetterOf({ event, reason, parsed = {} }: RejectedEvent): DeadLetter {
  const fields: Partial<Record<ToolCallField, string | number>> = {};
  for (const field of TOOL_CALL_FIELDS) {
    const value = parsed[field];
    if (typeof value === 'number') fields[field] = value;
    if (typeof value === 'string') fields[field] = keptText(value, MAX_FIELD_CHARACTERS);
  }
  return { ...markOf(event, reason), ...(Object.keys(fields).length === 0 ? {} : { fields }) };
}

/**
 * `rejected/2026-11-23/0-000000000042-1f2e3d4c.json`: day on which the first event reached the hub, partition, its
 * sequence number, digest. Nothing of it depends on when it is written, so a batch that is delivered again writes the
 * same blob; if it comes back with other events, there is a second blob, and none is overwritten.
 */
export function deadLetterName(file: DeadLetterFile, content: string): string {
  const { enqueuedAt = 'undated', sequenceNumber = 0 } = file.events[0] ?? {};
  const day = enqueuedAt.slice(0, 10);
  const place = String(sequenceNumber).padStart(12, '0');
  return `${file.kind}/${day}/${file.partition}-${place}-${sha256(content).slice(0, 8)}.json`;
}

function markOf({ body, sequenceNumber, enqueuedAt }: ReceivedEvent, reason: string) {
  return {
    reason,
    ...(sequenceNumber === undefined ? {} : { sequenceNumber }),
    ...(enqueuedAt === undefined ? {} : { enqueuedAt }),
    sha256: sha256(body),
    bytes: body.length,
  };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
