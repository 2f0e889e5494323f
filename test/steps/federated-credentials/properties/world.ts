import type { NameHolder } from '../../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../../src/people/leaver.ts';
import { relateCredential } from '../../../../src/steps/federated-credentials/rules/relate-credential.ts';
import type { Relation } from '../../../../src/steps/federated-credentials/rules/relation.ts';
import type { TrustContext } from '../../../../src/steps/federated-credentials/rules/trust-context.ts';
import { fc } from '../../../support/properties.ts';

export const leaver: GitHubAccount = { login: 'alice', id: 111, source: 'test', confidence: 'proved' };
export const ISSUER = 'https://token.actions.githubusercontent.com';
const NAMES: readonly (readonly [string, NameHolder])[] = [
  ['corp', { state: 'held', id: 900, login: 'corp' }],
  ['alice', { state: 'held', id: 111, login: 'alice' }],
  ['bob', { state: 'held', id: 303, login: 'bob' }],
  ['corp-x', { state: 'unclaimed' }],
];
const CONTEXT: TrustContext = {
  accounts: [leaver],
  oid: '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35',
  instance: { kind: 'github.com' },
  owners: {
    firm: [{ login: 'corp', id: 900 }],
    names: new Map(NAMES),
    repositories: new Map([
      ['corp/flows', { state: 'seen', ownerId: 900, ownerLogin: 'corp', isPublic: false }],
      ['corp/open', { state: 'seen', ownerId: 900, ownerLogin: 'corp', isPublic: true }],
      ['5', { state: 'seen', ownerId: 900, ownerLogin: 'corp', isPublic: false }],
    ]),
  },
  tenantId: '5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10',
  devopsOrganisations: [],
  trusted: [],
};

type Trust = { readonly subject: string } | { readonly expression: string };
export const relate = (trust: Trust, context: Partial<TrustContext> = {}, name = 'ci', issuer = ISSUER): Relation =>
  relateCredential({ id: 'id', name, issuer, audiences: [], ...trust }, { ...CONTEXT, ...context });

export const relateExpression = (expression: string): Relation => relate({ expression });

export const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789-'), maxLength: 8 });
export const tail = fc.constantFrom('pull_request', 'ref:refs/heads/main', 'environment:prod', 'ref:refs/tags/v1');

/** The meaning of a pattern, written down a second time and as plainly as possible. */
export function reference(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [head, rest] = [pattern[0], pattern.slice(1)];
  if (head === '*') return reference(rest, text) || (text !== '' && reference(pattern, text.slice(1)));
  return text !== '' && (head === '?' || head === text[0]) && reference(rest, text.slice(1));
}
