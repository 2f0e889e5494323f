import { defineSource } from '../define-source.ts';
import { defineStep } from '../define-step.ts';
import { GITHUB_ACCOUNT } from '../github-account.ts';
import { deleteFederatedCredential } from './remedies/delete-federated-credential.ts';
import { RelatedPrincipalsSchema } from './rules/related-principals.ts';

const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';
/** Azure leaves out of a list what the caller may not read: only its rights tell whether the list is all there is. */
const LISTED = [
  `reader/azure/subscriptions/${IDENTITY}/read`,
  'reader/azure/subscriptions/Microsoft.Authorization/permissions/read',
];
const restsOn = [GITHUB_ACCOUNT];
const remedies = [deleteFederatedCredential.kind];

export const federatedCredentials = defineStep({
  name: 'federated-credentials',
  title: 'Federated credentials',
  phase: 'discover',
  needsAccounts: true,
  filings: 'added',
  tells: 'exposure',
  sources: [
    GITHUB_ACCOUNT,
    defineSource({
      id: 'azure/managed-identities',
      holds: 'identities that pipelines act as',
      permissions: LISTED,
      restsOn,
    }),
    defineSource({
      id: 'azure/federated-credentials',
      holds: 'trust of managed identities in the leaver’s repositories',
      permissions: [...LISTED, `reader/azure/subscriptions/${IDENTITY}/federatedIdentityCredentials/read`],
      restsOn,
      remedies,
    }),
    defineSource({
      id: 'entra/applications',
      holds: 'app registrations that pipelines act as',
      permissions: ['reader/graph/Application.Read.All'],
      restsOn,
    }),
    defineSource({
      id: 'entra/application-credentials',
      holds: 'trust of app registrations in the leaver’s repositories',
      permissions: ['reader/graph/Application.Read.All'],
      restsOn,
      remedies,
    }),
    defineSource({
      id: 'entra/service-principals',
      holds: 'object ids under which applications act',
      permissions: [],
    }),
  ],
  remedies: [deleteFederatedCredential],
  acts: [],
  facts: RelatedPrincipalsSchema,
  verdict: 'none',
  readBacks: 'none',
  refutes: 'nothing',
  page: 'tables-only',
});
