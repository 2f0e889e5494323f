import { READINGS } from '../../../src/posture/checks/index.ts';
import type { Reader } from '../reader.ts';
import { readConditionalAccess } from './conditional-access.ts';
import { readGatewayApps } from './gateway-apps.ts';
import { readServers } from './servers.ts';

/** What makes each reading, by its id. */
export const READERS: Readonly<Record<string, Reader>> = {
  'azure/servers': readServers,
  'entra/conditional-access': readConditionalAccess,
  'entra/gateway-apps': readGatewayApps,
};

/** Readings that nothing makes. A test holds that there is none. */
export const UNMADE: readonly string[] = READINGS.flatMap(({ id }) => (READERS[id] === undefined ? [id] : []));
