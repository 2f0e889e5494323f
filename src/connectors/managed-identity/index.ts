import { listContainerGroups } from '../arm/container-groups.ts';
import { ownPermissions } from '../arm/own-permissions.ts';
import { listRoleDefinitions, listRoles } from '../arm/roles.ts';
import { listSubscriptions } from '../arm/subscriptions.ts';
import { listVaults } from '../arm/vaults.ts';
import { bind } from '../bind.ts';
import type { ArmSettings } from '../settings.ts';
import {
  createFederatedCredential,
  deleteFederatedCredential,
  getFederatedCredential,
  listFederatedCredentials,
} from './federated-credentials.ts';
import { listIdentities } from './identities.ts';

/** Azure Resource Manager: managed identities, whom they trust, who holds roles, and what we may do ourselves. */
export const openAzure = (settings: ArmSettings) =>
  bind(settings, {
    createFederatedCredential,
    deleteFederatedCredential,
    getFederatedCredential,
    listContainerGroups,
    listFederatedCredentials,
    listIdentities,
    listRoleDefinitions,
    listRoles,
    listSubscriptions,
    listVaults,
    ownPermissions,
  });

export type Azure = ReturnType<typeof openAzure>;
