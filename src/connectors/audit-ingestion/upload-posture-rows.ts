import { ingestionOf } from '../../config/config-optional.ts';
import type { PostureLogRow } from '../../posture/output/log-rows.ts';
import { failed, type VendorResult } from '../result.ts';
import type { AuditIngestionSettings } from '../settings.ts';
import { uploadOnce } from './upload-once.ts';

/** Uploads what a run measured and judged, with the ingestor identity, through the data collection rule of the audit log. */
export async function uploadPostureRows(
  app: AuditIngestionSettings,
  rows: readonly PostureLogRow[],
): Promise<VendorResult<undefined>> {
  const ingestion = ingestionOf(app);
  if (ingestion === undefined || app.POSTURE_STREAM === undefined)
    return failed({ kind: 'refused', status: 0, message: 'POSTURE_STREAM, or the audit pipeline, is not configured.' });
  return uploadOnce(app, { ...ingestion, stream: app.POSTURE_STREAM }, rows);
}
