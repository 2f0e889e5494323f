import { READINGS } from '../../../src/posture/checks/index.ts';
import type { Reader } from '../reader.ts';
import { readNetwork } from './network.ts';
import { readPolicies } from './policies.ts';
import { readServers } from './servers.ts';

/** What makes each reading, by its id. */
export const READERS: Readonly<Record<string, Reader>> = {
  'azure/network': readNetwork,
  'azure/policies': readPolicies,
  'azure/servers': readServers,
};

/** Readings that nothing makes. A test holds that there is none. */
export const UNMADE: readonly string[] = READINGS.flatMap(({ id }) => (READERS[id] === undefined ? [id] : []));
