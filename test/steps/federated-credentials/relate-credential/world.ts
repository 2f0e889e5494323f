import type { FederatedCredential } from '../../../../src/connectors/federated-credential.ts';
import type { NameHolder } from '../../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../../src/people/leaver.ts';
import { relateCredential } from '../../../../src/steps/federated-credentials/rules/relate-credential.ts';
import type { Relation } from '../../../../src/steps/federated-credentials/rules/relation.ts';
import type { TrustContext } from '../../../../src/steps/federated-credentials/rules/trust-context.ts';

export const GITHUB = 'https://token.actions.githubusercontent.com';
export const TENANT = '5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10';

export const OID = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35';
export const source = { source: 'test', confidence: 'proved' } as const;
export const alice: GitHubAccount = { login: 'alice', id: 111, ...source };

const held = (login: string, id: number): [string, NameHolder] => [login.toLowerCase(), { state: 'held', id, login }];
export const NAMES = new Map<string, NameHolder>([
  held('corp', 900),
  held('alice', 111),
  held('alice-corp', 301),
  held('alice-111', 302),
  held('bob', 303),
  held('hashicorp', 304),
  ['ghost', { state: 'unclaimed' }],
]);
/** The firm is the organisation corp; its workflows in `flows` are private, those in `open` public. */
export const CONTEXT: TrustContext = {
  accounts: [alice],
  oid: OID,
  instance: { kind: 'github.com' },
  owners: {
    firm: [{ login: 'corp', id: 900 }],
    names: NAMES,
    repositories: new Map([
      ['corp/flows', { state: 'seen', ownerId: 900, ownerLogin: 'corp', isPublic: false }],
      ['corp/open', { state: 'seen', ownerId: 900, ownerLogin: 'corp', isPublic: true }],
      ['5', { state: 'seen', ownerId: 900, ownerLogin: 'corp', isPublic: false }],
      ['6', { state: 'seen', ownerId: 111, ownerLogin: 'alice', isPublic: false }],
      ['7', { state: 'seen', ownerId: 303, ownerLogin: 'bob', isPublic: true }],
      ['8', { state: 'unknown' }],
    ]),
  },
  tenantId: TENANT,
  devopsOrganisations: ['corp-devops'],
  trusted: [
    { issuer: 'gitlab.com', owner: 'corp/platform' },
    { issuer: 'app.terraform.io', owner: 'corp' },
    { issuer: 'api.bitbucket.org/2.0/workspaces/corp/pipelines-config/identity/oidc', owner: 'corp' },
    { issuer: 'gitlab.corp.example', owner: '*' },
    { issuer: 'gitlab.com', owner: '*' },
    { issuer: 'accounts.google.com', owner: '107' },
    { issuer: 'token.actions.githubusercontent.com/corp-inc', owner: '*' },
    { issuer: 'token.actions.githubusercontent.com', owner: 'enterprise:corp-inc' },
    { issuer: 'github.other.example/_services/token', owner: 'corp' },
  ],
};

export function relate(credential: Partial<FederatedCredential>, context: Partial<TrustContext> = {}): Relation {
  const whole = { id: 'id', name: 'ci', issuer: GITHUB, audiences: ['api://AzureADTokenExchange'], ...credential };
  return relateCredential(whole, { ...CONTEXT, ...context });
}
