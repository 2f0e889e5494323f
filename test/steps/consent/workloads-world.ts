import assert from 'node:assert/strict';
import type { OwnedObject } from '../../../src/connectors/graph/applications/application-owners.ts';
import type { DirectoryChange } from '../../../src/connectors/graph/logs/directory-audit.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { type Workload, workloadsOf } from '../../../src/steps/consent/rules/workloads/workloads.ts';

export const OID = '0e000000-0000-4000-8000-000000000001' as Oid;
export const OTHER = '0e000000-0000-4000-8000-000000000002';
export const SP = '0E000000-0000-4000-8000-0000000000AA';
export const NOW = new Date('2026-11-23T10:00:00.000Z');
export const leaver = (state: Leaver['state'] = 'active'): Leaver => ({
  ...{ oid: OID, state, displayName: 'Alex Moreau', userPrincipalName: 'alex.moreau@corp.example' },
  ...{ github: [], devops: [] },
});

type Credential = OwnedObject['credentials'][number];
export const secret = (keyId: string, more: Partial<Credential> = {}): Credential => ({
  keyId,
  type: 'secret',
  ...more,
});
export const application = (more: Partial<OwnedObject> = {}): OwnedObject => ({
  ...{ set: 'applications', id: 'APP', appId: 'a1', name: 'ci registration', owners: [], credentials: [] },
  isManagedIdentity: false,
  ...more,
});
export const principal = (more: Partial<OwnedObject> = {}): OwnedObject =>
  application({ set: 'servicePrincipals', id: SP, name: 'ci', ...more });
const assignment = {
  ...{ id: 'as', appRoleId: 'r', principalId: SP, principalType: 'ServicePrincipal' },
  ...{ principalName: 'ci', resourceId: 'gw' },
};
export const WRITES = { role: 'mcp.write', assignment };
export const withRole = new Map([[SP.toLowerCase(), [WRITES]]]);
export const one = (objects: readonly OwnedObject[], roles: Parameters<typeof workloadsOf>[1] = withRole): Workload => {
  const [workload, ...more] = workloadsOf(objects, roles, NOW);
  assert.ok(workload !== undefined && more.length === 0);
  return workload;
};
export const change = (more: Partial<DirectoryChange>): DirectoryChange => ({
  ...{ id: 'c', at: '2026-11-01T00:00:00Z', activity: 'Update application', by: OID, targets: [], addedKeys: [] },
  ...more,
});

export const KEYED = [
  application({ credentials: [secret('k', { name: 'ci', from: '2026-11-01T00:00:00Z' })] }),
  principal(),
];
export const ADDED = [change({ addedKeys: ['k'] })];
