import { bind } from '../bind.ts';
import type { ArmSettings, AuditLogSettings, AuditTableSettings } from '../settings.ts';
import { listAlerting } from './alert-rules.ts';
import { listFiredAlerts } from './fired-alerts.ts';
import { readGatewayLog, readLogTable } from './gateway-log.ts';
import { readCallsDetails, readCallsLogged, readDaysWithoutRows, runDetection } from './log-queries.ts';
import { listServerHosts } from './server-hosts.ts';

/** What the checklist rests on, read as the identity `assessor`, which can change nothing. */
export const openAssessor = (settings: ArmSettings & AuditLogSettings & AuditTableSettings) =>
  bind(settings, {
    listAlerting,
    listFiredAlerts,
    listServerHosts,
    readCallsDetails,
    readCallsLogged,
    readDaysWithoutRows,
    readGatewayLog,
    readLogTable,
    runDetection,
  });

export type Assessor = ReturnType<typeof openAssessor>;
