import { tableRetentionDays } from '../arm/table-retention.ts';
import { bind } from '../bind.ts';
import type { AuditLogSettings, AuditTableSettings } from '../settings.ts';
import { readCallerActivity } from './caller-activity.ts';
import { readDaysWithRows } from './days-with-rows.ts';

/** The table of tool calls, and how long it keeps them. */
export const openAuditLog = (settings: AuditLogSettings & AuditTableSettings) =>
  bind(settings, { readCallerActivity, readDaysWithRows, tableRetentionDays });

export type AuditLog = ReturnType<typeof openAuditLog>;
