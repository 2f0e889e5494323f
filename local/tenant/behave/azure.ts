import { addRole, addToGateway } from '../arm/seeds/case-study-platform.ts';
import { WORLD } from '../seeds/world.ts';
import { DEPARTED, departed } from './departed.ts';
import { answering, type Scene, type Setting, type Settings } from './scene.ts';

const ROLES = 'azure-roles-of-deleted';
const BY_PRINCIPAL = /roleAssignments\?.*principalId/i;

function departedRole(scene: Scene): void {
  departed(scene, true);
  const { roleAssignments } = scene.states.arm;
  for (const { id, principalId } of roleAssignments.all()) if (principalId === DEPARTED) roleAssignments.delete(id);
  addRole(scene.states.arm, {
    scope: `/subscriptions/${WORLD.subscriptions.platform}`,
    role: 'reader',
    principalId: DEPARTED,
  });
  scene.lift(ROLES);
}

const users =
  (ids: readonly string[]): Setting =>
  ({ states: { arm } }) => {
    for (const { id } of arm.gatewayObjects.all()) if (/\/users\/[^/]+$/.test(id)) arm.gatewayObjects.delete(id);
    for (const [index, id] of ids.entries()) {
      const identities = [{ provider: 'Aad', id }];
      addToGateway(arm, `users/person-${index}`, { state: 'active', email: `p${index}@${WORLD.domain}`, identities });
    }
  };

const plan =
  (name: 'Analytics' | 'Basic' | undefined): Setting =>
  ({ states: { arm } }) => {
    for (const table of arm.tables.all()) table.plan = name;
  };

export const AZURE_SETTINGS: Settings = {
  [ROLES]: {
    found: departedRole,
    'not-found': (scene) => {
      departedRole(scene);
      scene.arm(ROLES, answering('arm', BY_PRINCIPAL, 200, { value: [] }));
    },
    refused: (scene) => {
      departedRole(scene);
      const error = { error: { code: 'UnsupportedQuery', message: 'The filter is not supported.' } };
      scene.arm(ROLES, answering('arm', BY_PRINCIPAL, 400, error));
    },
    'no-case': (scene) => {
      departed(scene, false);
      scene.lift(ROLES);
    },
  },
  'azure-gateway-user-ids': {
    'object-id': users([WORLD.leaver.oid, ...WORLD.colleagues.map(({ oid }) => oid)]),
    other: users(['someone@elsewhere.example']),
    'no-case': users([]),
  },
  'azure-audit-table-plan': { analytics: plan('Analytics'), other: plan('Basic'), 'not-told': plan(undefined) },
};
