import { bind } from '../bind.ts';
import type { AuditIngestionSettings } from '../settings.ts';
import { uploadCaseRow } from './upload-case-row.ts';
import { uploadRows } from './upload-rows.ts';

/** Where rows of the audit table and of the table of cases are uploaded. */
export const openAuditIngestion = (settings: AuditIngestionSettings) => bind(settings, { uploadCaseRow, uploadRows });

export type AuditIngestion = ReturnType<typeof openAuditIngestion>;
