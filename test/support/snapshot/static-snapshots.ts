import { completeExample } from '../../infra/support/complete-example.ts';
import { functionsSnapshot } from './functions.ts';
import { logSnapshot } from './log.ts';
import { permissionsSnapshot } from './permissions.ts';
import { platformSnapshot } from './platform.ts';
import { settingsSnapshot } from './settings.ts';

/** What can be told without a case, by the name of its file below `test/snapshot`. */
export const STATIC_SNAPSHOTS: Readonly<Record<string, () => string | Promise<string>>> = {
  'functions.yaml': functionsSnapshot,
  'permissions.yaml': permissionsSnapshot,
  'settings.yaml': settingsSnapshot,
  'log.yaml': logSnapshot,
  'platform.yaml': async () => platformSnapshot(await completeExample()),
};
