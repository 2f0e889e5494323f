import { WORLD } from '../../seeds/world.ts';
import type { DevOpsState } from '../state/state.ts';
import type { IdentityRef } from '../state/state-people.ts';

const LEAVER: IdentityRef = {
  id: WORLD.leaver.devopsStorageKey,
  displayName: WORLD.leaver.displayName,
  uniqueName: WORLD.leaver.userPrincipalName,
  descriptor: WORLD.leaver.devopsDescriptor,
};

/**
 * What a leaver leaves in an organisation besides machines and tokens: a connection with their own token in it, a hook to
 * an address that they chose, and a membership that nobody took away. The case study has none of these.
 */
export function seedLeftBehind(state: DevOpsState): void {
  const [project] = state.projects.all();
  if (project === undefined) throw new Error('There is no project.');
  state.connections.add({
    id: 'c0ffee00-0000-4000-8000-0000000000c2',
    projectIds: [project.id],
    name: 'github-deploy',
    type: 'github',
    scheme: 'PersonalAccessToken',
    secret: 'never told',
    createdBy: LEAVER,
    modifiedBy: LEAVER,
    creationDate: '2026-02-01T09:00:00Z',
    modificationDate: '2026-02-01T09:00:00Z',
    isDisabled: false,
    uses: [{ definitionId: 11, name: 'nightly-index', finishTime: '2026-11-01T02:00:00Z' }],
  });
  state.hooks.add({
    id: 'c0ffee00-0000-4000-8000-0000000000f2',
    status: 'enabled',
    eventType: 'git.push',
    consumerId: 'webHooks',
    createdBy: LEAVER,
    modifiedBy: LEAVER,
    consumerInputs: { url: 'https://relay.example/moreau?key=not-to-be-told' },
  });
  state.groups.add({
    descriptor: 'vssgp.Q29udHJpYnV0b3Jz',
    principalName: '[Platform]\\Contributors',
    displayName: 'Contributors',
    origin: 'vsts',
    members: [LEAVER.descriptor],
  });
  const user = state.users.get(LEAVER.descriptor);
  if (user !== undefined) user.active = true;
}
