import { defineSource } from '../define-source.ts';
import { GITHUB_ACCOUNT, GITHUB_OWNERS, PROVISIONED, VERIFIED_MAILS } from '../github-account.ts';

const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';
/** Azure leaves out of a list what the caller may not read: only its rights tell whether the list is all there is. */
const LISTED = [
  `reader/azure/subscriptions/${IDENTITY}/read`,
  'reader/azure/subscriptions/Microsoft.Authorization/permissions/read',
];
/** An owner outside of the firm is the leaver or a stranger: without the leaver’s accounts nobody can tell. */
const restsOn = [GITHUB_ACCOUNT];

export const FEDERATION_SOURCES = [
  GITHUB_ACCOUNT,
  GITHUB_OWNERS,
  VERIFIED_MAILS,
  PROVISIONED,
  defineSource({
    id: 'azure/managed-identities',
    holds: 'identities that pipelines act as',
    examined: 'always',
    scope: 'SUBSCRIPTION_IDS',
    permissions: LISTED,
  }),
  defineSource({
    id: 'azure/federated-credentials',
    holds: 'trust of managed identities in the leaver’s repositories, or in anybody’s',
    examined: 'always',
    scope: 'SUBSCRIPTION_IDS',
    permissions: [...LISTED, `reader/azure/subscriptions/${IDENTITY}/federatedIdentityCredentials/read`],
    restsOn,
    remedies: ['delete-federated-credential', 'deny-identity'],
  }),
  defineSource({
    id: 'entra/applications',
    holds: 'app registrations that pipelines act as',
    examined: 'always',
    permissions: ['reader/graph/Application.Read.All'],
  }),
  defineSource({
    id: 'entra/application-credentials',
    holds: 'trust of app registrations in the leaver’s repositories, or in anybody’s',
    examined: 'always',
    permissions: ['reader/graph/Application.Read.All'],
    restsOn,
    remedies: ['delete-federated-credential', 'deny-identity'],
  }),
  defineSource({
    id: 'entra/service-principals',
    holds: 'object ids under which applications act',
    examined: { when: 'an application trusts the leaver, and its service principal could not be read, or is none' },
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
