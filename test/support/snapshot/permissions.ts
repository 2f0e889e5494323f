import { nameOfGrant } from '../../../src/connectors/permission.ts';
import { PERMISSIONS } from '../../../src/permissions/table.ts';
import { snapshotText, sortedKeys } from './snapshot-text.ts';

/** The table of permissions by id: what is granted to whom, and what rests on it. Its sentences are not in it. */
export function permissionsSnapshot(): string {
  const rows = PERMISSIONS.map(({ id, system, identity, grant, neededFor, tier0, inherent }) => [
    id,
    { system, identity, name: nameOfGrant(grant), grant, neededFor: neededFor.map(inWords).sort(), tier0, inherent },
  ]);
  return snapshotText(sortedKeys(Object.fromEntries(rows)));
}

const inWords = (dependent: Readonly<Record<string, string>>): string => Object.values(dependent).join(' ');
