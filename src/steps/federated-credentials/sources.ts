import { defineSource } from '../define-source.ts';
import { GITHUB_ACCOUNT } from '../github-account.ts';

const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';
/** Azure leaves out of a list what the caller may not read: only its rights tell whether the list is all there is. */
const LISTED = [
  `reader/azure/subscriptions/${IDENTITY}/read`,
  'reader/azure/subscriptions/Microsoft.Authorization/permissions/read',
];
const restsOn = [GITHUB_ACCOUNT];

export const FEDERATION_SOURCES = [
  GITHUB_ACCOUNT,
  defineSource({
    id: 'azure/managed-identities',
    holds: 'identities that pipelines act as',
    examined: 'always',
    scope: 'SUBSCRIPTION_IDS',
    permissions: LISTED,
    restsOn,
  }),
  defineSource({
    id: 'azure/federated-credentials',
    holds: 'trust of managed identities in the leaver’s repositories',
    examined: 'always',
    scope: 'SUBSCRIPTION_IDS',
    permissions: [...LISTED, `reader/azure/subscriptions/${IDENTITY}/federatedIdentityCredentials/read`],
    restsOn,
    remedies: ['delete-federated-credential'],
  }),
  defineSource({
    id: 'entra/applications',
    holds: 'app registrations that pipelines act as',
    examined: 'always',
    permissions: ['reader/graph/Application.Read.All'],
    restsOn,
  }),
  defineSource({
    id: 'entra/application-credentials',
    holds: 'trust of app registrations in the leaver’s repositories',
    examined: 'always',
    permissions: ['reader/graph/Application.Read.All'],
    restsOn,
    remedies: ['delete-federated-credential'],
  }),
  defineSource({
    id: 'entra/service-principals',
    holds: 'object ids under which applications act',
    examined: { when: 'an application trusts the leaver, and its service principal could not be read' },
    permissions: [],
  }),
  defineSource({
    id: 'azure/other-subscriptions',
    holds: 'pipeline identities in subscriptions that the app sees and SUBSCRIPTION_IDS does not name',
    examined: 'always',
    scope: 'SUBSCRIPTION_IDS',
    permissions: [],
  }),
] as const;
