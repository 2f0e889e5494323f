import { defineStep } from '../define-step.ts';
import { deleteFederatedCredential } from './remedies/delete-federated-credential.ts';
import { denyIdentity } from './remedies/deny-identity.ts';
import { RelatedPrincipalsSchema } from './rules/related-principals.ts';
import { tokensLeft } from './rules/tokens-left.ts';
import { FEDERATION_SOURCES } from './sources.ts';

export const federatedCredentials = defineStep({
  name: 'federated-credentials',
  title: 'Federated credentials',
  phase: 'discover',
  needsAccounts: true,
  filings: 'added',
  tells: 'exposure',
  sources: FEDERATION_SOURCES,
  remedies: [deleteFederatedCredential, denyIdentity],
  acts: [],
  facts: RelatedPrincipalsSchema,
  verdict: 'none',
  readBacks: 'none',
  confirms: 'nothing',
  refutes: 'nothing',
  gathers: 'nothing',
  lives: tokensLeft,
  page: 'tables-only',
});
