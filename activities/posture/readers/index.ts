import { READINGS } from '../../../src/posture/readings-needed.ts';
import type { Reader } from '../reader.ts';
import { readAlerts } from './alerts.ts';
import { readBlocked } from './blocked.ts';
import { readCallRates } from './call-rates.ts';
import { readCallsLogged } from './calls-logged.ts';
import { readCanaries } from './canary.ts';
import { readConditionalAccess } from './conditional-access.ts';
import { readGatewayApis } from './gateway-apis.ts';
import { readGatewayApps } from './gateway-apps.ts';
import { readGatewayNetwork } from './gateway-network.ts';
import { readGatewayProbes } from './gateway-probes.ts';
import { readLeavers } from './leavers.ts';
import { readMachineServers } from './machine-servers.ts';
import { readNetwork } from './network.ts';
import { readPinnedSubjects } from './pinned-subjects.ts';
import { readPipelineTokens } from './pipeline-tokens.ts';
import { readPolicies } from './policies.ts';
import { readServers } from './servers.ts';
import { readServiceConnections } from './service-connections.ts';
import { readWorkflowSecrets } from './workflow-secrets.ts';
import { readWorkstationServers } from './workstation-servers.ts';

/** What makes each reading, by its id. */
export const READERS: Readonly<Record<string, Reader>> = {
  'azure/network': readNetwork,
  'azure/policies': readPolicies,
  'azure/servers': readServers,
  'store/leavers': readLeavers,
  'store/machine-servers': readMachineServers,
  'gateway/apis': readGatewayApis,
  'gateway/network': readGatewayNetwork,
  'gateway/probes': readGatewayProbes,
  'azure-devops/stored-secrets': readServiceConnections,
  'entra/conditional-access': readConditionalAccess,
  'entra/gateway-apps': readGatewayApps,
  'github/pinned-subjects': readPinnedSubjects,
  'github/pipeline-tokens': readPipelineTokens,
  'github/stored-secrets': readWorkflowSecrets,
  'azure/alerts': readAlerts,
  'azure/blocked': readBlocked,
  'defender/workstation-servers': readWorkstationServers,
  'logs/call-rates': readCallRates,
  'store/canary': readCanaries,
  'logs/calls-logged': readCallsLogged,
};

/** Readings that nothing makes. A test holds that there is none. */
export const UNMADE: readonly string[] = READINGS.flatMap(({ id }) => (READERS[id] === undefined ? [id] : []));
