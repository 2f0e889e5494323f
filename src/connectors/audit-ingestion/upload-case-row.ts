import { ingestionOf } from '../../config/config-optional.ts';
import { failed, type VendorResult } from '../result.ts';
import type { AuditIngestionSettings } from '../settings.ts';
import { uploadOnce } from './upload-once.ts';

/** One row of the table of cases, `kql/mcp-offboarding-cases.schema.json`. */
export interface CaseLogRow {
  readonly TimeGenerated: string;
  /** The same each time that this row is uploaded: the service takes a row twice, and queries count it once. */
  readonly MessageId: string;
  readonly CaseId: string;
  readonly Moment: string;
  readonly Incident: boolean;
  readonly Mode: string;
  readonly Trigger: string;
  readonly State: string;
  readonly Outcome: string;
  readonly Link: string;
}

/** Uploads one row about a case, with the ingestor identity, through the data collection rule of the audit log. */
export async function uploadCaseRow(app: AuditIngestionSettings, row: CaseLogRow): Promise<VendorResult<undefined>> {
  const ingestion = ingestionOf(app);
  if (ingestion === undefined || app.CASES_STREAM === undefined)
    return failed({ kind: 'refused', status: 0, message: 'CASES_STREAM, or the audit pipeline, is not configured.' });
  return uploadOnce(app, { ...ingestion, stream: app.CASES_STREAM }, [row]);
}
