import { createHash } from 'node:crypto';
import { type IngestionSettings, ingestionOf } from '../../config/config-optional.ts';
import { OffboardingError } from '../../errors.ts';
import type { AuditRow } from '../../ingestion/audit-row.ts';
import { mapBounded } from '../map-bounded.ts';
import type { VendorFailure } from '../result.ts';
import type { AuditIngestionSettings } from '../settings.ts';
import { uploadOnce } from './upload-once.ts';

/** What became of rows; each row is in exactly one of these. */
export interface UploadedRows {
  readonly uploaded: readonly AuditRow[];
  /** Rows that the service refuses by their size, each alone. */
  readonly tooLarge: readonly AuditRow[];
  readonly notUploaded: readonly { readonly rows: readonly AuditRow[]; readonly failure: VendorFailure }[];
}

const UPLOADS_IN_FLIGHT = 4;

/**
 * What was uploaded of batches that failed in part. The host delivers such a batch again to the same process, which
 * then sends the rest only. Forgotten by a restart: then some rows are in the table twice.
 */
const uploadedBefore = new Set<string>();
const MOST_REMEMBERED = 10_000;

/** Uploads packed rows side by side, with the ingestor identity. What one upload meets stops no other. */
export async function uploadRows(
  app: AuditIngestionSettings,
  packed: readonly (readonly AuditRow[])[],
): Promise<UploadedRows> {
  const settings = ingestionOf(app);
  if (settings === undefined) throw new OffboardingError('config-invalid', 'The audit pipeline is not configured.');
  const parts = await mapBounded(packed, UPLOADS_IN_FLIGHT, (rows) => uploadOrSplit(app, settings, rows));
  const notUploaded = parts.flatMap((part) => part.notUploaded);
  const uploads = parts.flatMap((part) => part.uploads);
  for (const rows of uploads) {
    if (notUploaded.length > 0 && uploadedBefore.size < MOST_REMEMBERED) uploadedBefore.add(digestOf(rows));
    else if (uploadedBefore.size > 0) uploadedBefore.delete(digestOf(rows));
  }
  return { uploaded: uploads.flat(), tooLarge: parts.flatMap((part) => part.tooLarge), notUploaded };
}

interface Part extends Pick<UploadedRows, 'tooLarge' | 'notUploaded'> {
  /** As they were sent: halves of what was too large for one call. */
  readonly uploads: readonly (readonly AuditRow[])[];
}

async function uploadOrSplit(
  app: AuditIngestionSettings,
  settings: IngestionSettings,
  rows: readonly AuditRow[],
): Promise<Part> {
  const none: Part = { uploads: [], tooLarge: [], notUploaded: [] };
  if (uploadedBefore.size > 0 && uploadedBefore.has(digestOf(rows))) return { ...none, uploads: [rows] };
  const answer = await uploadOnce(app, settings, rows);
  if (answer.ok) return { ...none, uploads: [rows] };
  const { failure } = answer;
  if (failure.kind !== 'refused' || failure.status !== 413) return { ...none, notUploaded: [{ rows, failure }] };
  if (rows.length <= 1) return { ...none, tooLarge: rows };
  const middle = Math.ceil(rows.length / 2);
  const first = await uploadOrSplit(app, settings, rows.slice(0, middle));
  const second = await uploadOrSplit(app, settings, rows.slice(middle));
  return {
    uploads: [...first.uploads, ...second.uploads],
    tooLarge: [...first.tooLarge, ...second.tooLarge],
    notUploaded: [...first.notUploaded, ...second.notUploaded],
  };
}

function digestOf(rows: readonly AuditRow[]): string {
  return createHash('sha256').update(JSON.stringify(rows)).digest('base64');
}
