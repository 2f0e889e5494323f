import { bind } from '../bind.ts';
import type { AuditIngestionSettings } from '../settings.ts';
import { uploadCaseRow } from './upload-case-row.ts';
import { uploadPostureRows } from './upload-posture-rows.ts';
import { uploadRows } from './upload-rows.ts';

/** Where rows of the audit table, of the table of cases and of that of posture are uploaded. */
export const openAuditIngestion = (settings: AuditIngestionSettings) =>
  bind(settings, { uploadCaseRow, uploadPostureRows, uploadRows });

export type AuditIngestion = ReturnType<typeof openAuditIngestion>;
