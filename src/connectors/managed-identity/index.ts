import { ownPermissions } from '../arm/own-permissions.ts';
import { listSubscriptions } from '../arm/subscriptions.ts';
import { bind } from '../bind.ts';
import type { ArmSettings } from '../settings.ts';
import {
  deleteFederatedCredential,
  getFederatedCredential,
  listFederatedCredentials,
} from './federated-credentials.ts';
import { listIdentities } from './identities.ts';

/** Azure Resource Manager: managed identities, whom they trust, and what we may do ourselves. */
export const openAzure = (settings: ArmSettings) =>
  bind(settings, {
    deleteFederatedCredential,
    getFederatedCredential,
    listFederatedCredentials,
    listIdentities,
    listSubscriptions,
    ownPermissions,
  });

export type Azure = ReturnType<typeof openAzure>;
