import { bind } from '../bind.ts';
import type { GatewayPlace } from '../gateway/objects.ts';
import type {
  AuditLogSettings,
  AuditTableSettings,
  DevOpsSettings,
  GitHubSettings,
  GraphSettings,
} from '../settings.ts';
import { listAccessPolicies } from './access-policies.ts';
import { listBlocked } from './alerts/activity-log.ts';
import { listAlerting } from './alerts/alert-rules.ts';
import { listFiredAlerts } from './alerts/fired-alerts.ts';
import {
  readBusiestMinute,
  readCallsDetails,
  readCallsLogged,
  readDaysWithoutRows,
  readRefusedCalls,
  runDetection,
} from './alerts/log-queries.ts';
import { readGateway } from './gateway/gateway.ts';
import { listConsentsTo, listPrincipals, listRegistrations, listRolesOn } from './gateway/gateway-apps.ts';
import { listGatewayApis, listGatewayBackends, readGatewayService } from './gateway/gateway-lists.ts';
import { readGatewayLog, readLogTable } from './gateway/gateway-log.ts';
import { askWithoutToken, reachServer } from './gateway/probes.ts';
import { openAssessorGitHub } from './github.ts';
import { listDevices, listReportingDevices, listWorkstationServers } from './hunting.ts';
import { readSecurityRules, readSubnet } from './network.ts';
import { listPolicies } from './policies.ts';
import { listServerHosts } from './server-hosts.ts';
import { listAzureConnections } from './service-connections.ts';

/** What the checklist rests on, read as the identity `assessor`, which can change nothing. */
export const openAssessor = (
  settings: GatewayPlace & AuditLogSettings & AuditTableSettings & DevOpsSettings & GitHubSettings & GraphSettings,
) => ({
  github: openAssessorGitHub(settings),
  ...bind(settings, {
    askWithoutToken,
    listAccessPolicies,
    listAlerting,
    listAzureConnections,
    listBlocked,
    listConsentsTo,
    listDevices,
    listFiredAlerts,
    listGatewayApis,
    listGatewayBackends,
    listPolicies,
    listPrincipals,
    listRegistrations,
    listReportingDevices,
    listRolesOn,
    listServerHosts,
    listWorkstationServers,
    reachServer,
    readBusiestMinute,
    readCallsDetails,
    readCallsLogged,
    readDaysWithoutRows,
    readGateway,
    readGatewayLog,
    readGatewayService,
    readLogTable,
    readRefusedCalls,
    readSecurityRules,
    readSubnet,
    runDetection,
  }),
});

export type Assessor = ReturnType<typeof openAssessor>;
