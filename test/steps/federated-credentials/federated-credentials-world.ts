import type { RelatedCredential } from '../../../src/steps/federated-credentials/rules/findings-of.ts';
import type { Relation, Verdict } from '../../../src/steps/federated-credentials/rules/relation.ts';

export const relation = (verdict: Verdict, more: Partial<Relation> = {}): Relation => ({
  verdict,
  rule: 'other-party',
  why: 'Because.',
  ...more,
});

const IDENTITY = {
  type: 'managed-identity',
  subscriptionId: 'sub',
  resourceGroup: 'rg',
  name: 'id-pay',
  resourceId: '/subscriptions/Sub/id-pay',
} as const;
export const related = (of: Relation, more: Partial<RelatedCredential> = {}): RelatedCredential => ({
  parent: IDENTITY,
  credential: {
    id: '/subscriptions/Sub/id-pay/federatedIdentityCredentials/ci',
    name: 'ci',
    issuer: 'https://token.actions.githubusercontent.com',
    audiences: ['api://AzureADTokenExchange'],
    subject: 'repo:alice/x:ref:refs/heads/main',
  },
  relation: of,
  traits: { servesProduction: false, declaredInCode: false } as RelatedCredential['traits'],
  confidence: 'proved',
  accountKnown: true,
  ...more,
});
export const LEAVERS = relation('references-leaver', { rule: 'repository-owner-id', login: 'alice' });
