import { seededGuid } from '../entra/directory.ts';
import { WORLD } from '../seeds/world.ts';
import type { Scene } from './scene.ts';

/** Somebody who is deleted, and had all that can be left behind. */
export const DEPARTED = seededGuid('departed');
export const OWNED = seededGuid('application of the departed');

/** Makes sure that the departed are in the deleted items, or that nobody is. */
export function departed({ states: { entra } }: Scene, there: boolean): void {
  if (!there) entra.deletedUsers.clear();
  if (!there || entra.deletedUsers.get(DEPARTED) !== undefined) return;
  entra.deletedUsers.add({
    id: DEPARTED,
    displayName: 'Robin Departed',
    userPrincipalName: `${DEPARTED.replaceAll('-', '')}robin.departed@${WORLD.domain}`,
    mail: null,
    accountEnabled: false,
    userType: 'Member',
    employeeLeaveDateTime: null,
    signInSessionsValidFromDateTime: '2026-01-01T00:00:00Z',
    managerId: null,
    deletedDateTime: '2026-11-20T09:00:00Z',
  });
}

export function application(id: string, owners: readonly string[]) {
  return {
    id,
    appId: seededGuid(`app ${id}`),
    displayName: 'left behind',
    tags: [],
    scopes: [],
    preAuthorized: [],
    owners: new Set(owners),
  };
}
