import type { AuditRow } from './audit-row.ts';

/**
 * The Logs Ingestion API takes 1 MB per call, before compression as well as after it. Whether a megabyte is 10^6 or
 * 2^20 bytes is not said; this is under both. learn.microsoft.com/azure/azure-monitor/service-limits
 */
const MAX_UPLOAD_BYTES = 1_000_000;

export interface PackedRows {
  /** Each fits into one call, brackets and commas included. In the order of the rows. */
  readonly uploads: readonly (readonly AuditRow[])[];
  /** Rows that are larger than a call by themselves. */
  readonly tooLarge: readonly AuditRow[];
}

/** Packs rows into as few calls as their order allows. */
export function packRows(rows: readonly AuditRow[], mostBytes: number = MAX_UPLOAD_BYTES): PackedRows {
  const uploads: AuditRow[][] = [];
  const tooLarge: AuditRow[] = [];
  let last: AuditRow[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    // Its own bytes and the comma before it, or the two brackets for the first.
    const size = bytesOf(row) + 1;
    if (size + 1 > mostBytes) {
      tooLarge.push(row);
    } else if (bytes + size > mostBytes) {
      last = [row];
      uploads.push(last);
      bytes = size + 1;
    } else {
      last.push(row);
      bytes += size;
    }
  }
  return { uploads, tooLarge };
}

/** Bytes of the row's JSON in UTF-8. */
function bytesOf(row: AuditRow): number {
  return Buffer.byteLength(JSON.stringify(row), 'utf8');
}
