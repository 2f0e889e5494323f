import { READINGS } from '../../../src/posture/checks/index.ts';
import type { Reader } from '../reader.ts';
import { readAlerts } from './alerts.ts';
import { readCallsLogged } from './calls-logged.ts';
import { readServers } from './servers.ts';

/** What makes each reading, by its id. */
export const READERS: Readonly<Record<string, Reader>> = {
  'azure/alerts': readAlerts,
  'azure/servers': readServers,
  'logs/calls-logged': readCallsLogged,
};

/** Readings that nothing makes. A test holds that there is none. */
export const UNMADE: readonly string[] = READINGS.flatMap(({ id }) => (READERS[id] === undefined ? [id] : []));
