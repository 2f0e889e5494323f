import { READINGS } from '../../../src/posture/readings-needed.ts';
import type { Reader } from '../reader.ts';
import { readAlerts } from './calls/alerts.ts';
import { readBlocked } from './calls/blocked.ts';
import { readCallRates } from './calls/call-rates.ts';
import { readCallsLogged } from './calls/calls-logged.ts';
import { readCanaries } from './calls/canary.ts';
import { readConditionalAccess } from './conditional-access.ts';
import { readGatewayApis } from './gateway/gateway-apis.ts';
import { readGatewayApps } from './gateway/gateway-apps.ts';
import { readGatewayNetwork } from './gateway/gateway-network.ts';
import { readGatewayProbes } from './gateway/gateway-probes.ts';
import { readLeavers } from './leavers.ts';
import { readNetwork } from './network.ts';
import { readPinnedSubjects } from './pipelines/pinned-subjects.ts';
import { readPipelineTokens } from './pipelines/pipeline-tokens.ts';
import { readServiceConnections } from './pipelines/service-connections.ts';
import { readWorkflowSecrets } from './pipelines/workflow-secrets.ts';
import { readPolicies } from './policies.ts';
import { readMachineServers } from './servers/machine-servers.ts';
import { readServers } from './servers/servers.ts';
import { readWorkstationServers } from './servers/workstation-servers.ts';

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
