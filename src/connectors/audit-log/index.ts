import { tableRetentionDays } from '../arm/table-retention.ts';
import { bind } from '../bind.ts';
import type { AuditLogSettings, AuditTableSettings } from '../settings.ts';
import { readCallerActivity } from './caller-activity.ts';
import { readRowsByHour } from './rows-by-hour.ts';

/** The table of tool calls, and how long it keeps them. */
export const openAuditLog = (settings: AuditLogSettings & AuditTableSettings) =>
  bind(settings, { readCallerActivity, readRowsByHour, tableRetentionDays });

export type AuditLog = ReturnType<typeof openAuditLog>;
