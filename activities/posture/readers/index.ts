import { READINGS } from '../../../src/posture/readings-needed.ts';
import type { Reader } from '../reader.ts';
import { readGatewayApis } from './gateway-apis.ts';
import { readGatewayProbes } from './gateway-probes.ts';
import { readLeavers } from './leavers.ts';
import { readNetwork } from './network.ts';
import { readPolicies } from './policies.ts';
import { readServers } from './servers.ts';

/** What makes each reading, by its id. */
export const READERS: Readonly<Record<string, Reader>> = {
  'azure/network': readNetwork,
  'azure/policies': readPolicies,
  'azure/servers': readServers,
  'store/leavers': readLeavers,
  'gateway/apis': readGatewayApis,
  'gateway/probes': readGatewayProbes,
};

/** Readings that nothing makes. A test holds that there is none. */
export const UNMADE: readonly string[] = READINGS.flatMap(({ id }) => (READERS[id] === undefined ? [id] : []));
