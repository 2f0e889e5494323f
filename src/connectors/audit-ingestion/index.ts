import { bind } from '../bind.ts';
import type { AuditIngestionSettings } from '../settings.ts';
import { uploadRows } from './upload-rows.ts';

/** Where rows of the audit table are uploaded. */
export const openAuditIngestion = (settings: AuditIngestionSettings) => bind(settings, { uploadRows });

export type AuditIngestion = ReturnType<typeof openAuditIngestion>;
