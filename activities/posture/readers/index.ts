import { READINGS } from '../../../src/posture/checks/index.ts';
import type { Reader } from '../reader.ts';
import { readConditionalAccess } from './conditional-access.ts';
import { readGatewayApps } from './gateway-apps.ts';
import { readPinnedSubjects } from './pinned-subjects.ts';
import { readServers } from './servers.ts';
import { readServiceConnections } from './service-connections.ts';
import { readWorkflowSecrets } from './workflow-secrets.ts';

/** What makes each reading, by its id. */
export const READERS: Readonly<Record<string, Reader>> = {
  'azure-devops/stored-secrets': readServiceConnections,
  'azure/servers': readServers,
  'entra/conditional-access': readConditionalAccess,
  'entra/gateway-apps': readGatewayApps,
  'github/pinned-subjects': readPinnedSubjects,
  'github/stored-secrets': readWorkflowSecrets,
};

/** Readings that nothing makes. A test holds that there is none. */
export const UNMADE: readonly string[] = READINGS.flatMap(({ id }) => (READERS[id] === undefined ? [id] : []));
