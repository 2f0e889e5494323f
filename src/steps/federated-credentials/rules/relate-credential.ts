import type { FederatedCredential } from '../../../connectors/federated-credential.ts';
import type { GitHubAccount } from '../../../people/leaver.ts';
import { type GitHubInstance, isInstance, parseIssuer } from './issuer.ts';
import { NOT_RESTRICTED, relateExpression } from './relate-expression.ts';
import { relateClaims, sameLogin } from './relate-subject.ts';
import type { Relation } from './relation.ts';
import { ownerRestricted } from './restricts-owner.ts';
import { parseSubject } from './subject.ts';

/**
 * How a federated credential relates to the leaver’s GitHub accounts, which live on `instance`. Every credential
 * gets an answer; one that cannot be read counts as one that may let the leaver in.
 */
export function relateCredential(
  credential: FederatedCredential,
  accounts: readonly GitHubAccount[],
  instance: GitHubInstance,
): Relation {
  const relation = relateTrust(credential, accounts, instance);
  return relation.verdict === 'unrelated' ? (relateName(credential, accounts) ?? relation) : relation;
}

function relateTrust(
  { issuer: issuerUrl, subject, expression }: FederatedCredential,
  accounts: readonly GitHubAccount[],
  instance: GitHubInstance,
): Relation {
  const issuer = parseIssuer(issuerUrl);
  if (isInstance(issuer, instance)) {
    if (expression !== undefined) return relateExpression(expression, accounts);
    if (subject === undefined) return UNREADABLE;
    const claims = parseSubject(subject);
    const relation = relateClaims(claims, accounts);
    return relation.verdict === 'references-leaver' || ownerRestricted(claims) ? relation : NOT_RESTRICTED;
  }
  if (issuer.kind === 'other') return OTHER_ISSUER;
  const segments = `${subject ?? ''} ${expression ?? ''}`.replace(/%3a/gi, ':').split(/[/:@'"\s]+/);
  const account = accounts.find(({ login }) => segments.some((segment) => sameLogin(segment, login)));
  if (account === undefined) return OTHER_ISSUER;
  const why = `It names ${account.login} at ${issuerUrl}, where that name may be another person’s.`;
  return { verdict: 'mentions-leaver', rule: 'name-at-another-issuer', why, login: account.login };
}

const UNREADABLE: Relation = {
  verdict: 'can-match-leaver',
  rule: 'no-subject-readable',
  why: 'Neither a subject nor a matching expression could be read, so nobody knows whom it lets in.',
};

const OTHER_ISSUER: Relation = {
  verdict: 'unrelated',
  rule: 'other-issuer',
  why: 'It trusts another issuer than GitHub and does not name the leaver.',
};

/** The login as a word of the credential’s own name or description: a hint about its purpose, nothing more. */
function relateName(
  { name, description }: FederatedCredential,
  accounts: readonly GitHubAccount[],
): Relation | undefined {
  for (const { login } of accounts) {
    const text = [name, description ?? ''].find((candidate) => hasWords(candidate, login));
    if (text === undefined) continue;
    const why = `Its name or description (“${text}”) carries ${login}, but what it trusts does not.`;
    return { verdict: 'mentions-leaver', rule: 'name-of-credential', why, login };
  }
  return undefined;
}

function hasWords(text: string, login: string): boolean {
  const words = (value: string): string =>
    ` ${value
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .join(' ')
      .trim()} `;
  return words(login).trim() !== '' && words(text).includes(words(login));
}
