import type { FederatedCredential } from '../../../connectors/federated-credential.ts';
import { loginsOf, sameLogin } from '../../../people/evidence/github-owner.ts';
import { judgeOther, ofUnknown } from './other-trust.ts';
import { type Relation, strongest } from './relation.ts';
import { completeClaims } from './subject/complete-claims.ts';
import { type Condition, parseExpression } from './subject/expression.ts';
import { judgeGitHub } from './subject/github-trust.ts';
import { isInstance, parseIssuer } from './subject/issuer.ts';
import { relateConditions } from './subject/relate-expression.ts';
import { gitHubOwner, type TrustContext, trustedAt } from './trust-context.ts';

/**
 * How a federated credential relates to the leaver, and whether it lets in anybody beside the firm. Every credential
 * gets an answer; one that cannot be read counts as one that may let the leaver in. An audience restricts nobody:
 * whoever asks GitHub or another issuer for a token names the audience.
 */
export function relateCredential(credential: FederatedCredential, context: TrustContext): Relation {
  const relation = relateTrust(credential, context);
  if (relation.verdict !== 'unrelated') return relation;
  return { ...relation, ...relateName(credential, context.accounts) };
}

function relateTrust(credential: FederatedCredential, context: TrustContext): Relation {
  const conditions = conditionsOf(credential);
  if (!Array.isArray(conditions)) return conditions;
  const { issuer: url } = credential;
  const issuer = parseIssuer(url);
  const trusted = trustedAt(url, context);
  if (isInstance(issuer, context.instance)) {
    const named = relateConditions(conditions, context);
    if (trusted.includes('*')) return named;
    const judged = judgeGitHub(conditions, context, trusted);
    // Where no organisation is the firm's, everybody is a stranger: the list says so once, and not each credential.
    const toldOnce = context.owners.firm.length === 0 && judged.verdict === 'owner-not-resolved';
    return strongest([named, toldOnce ? { ...judged, verdict: 'unrelated' } : judged], named);
  }
  if (issuer.kind !== 'github.com' && issuer.kind !== 'ghe.com' && issuer.kind !== 'github-server') {
    return judgeOther(issuer, url, conditions, context);
  }
  if (trusted.includes('*')) return namedElsewhere(conditions, url, context.accounts) ?? ELSEWHERE;
  const mention = mentionOf(credential, context);
  // Another GitHub: logins and ids of ours mean nothing there, and its names cannot be asked.
  const firm = trusted.map(gitHubOwner);
  const there = { accounts: [], owners: { firm, names: new Map(), repositories: new Map() } };
  const unknown = issuer.kind === 'github-server' && trusted.length === 0;
  const judged = unknown
    ? ofUnknown(url, subjectsOf(conditions), trusted, context)
    : judgeGitHub(conditions, there, trusted);
  return strongest([judged, ...mention], judged);
}

const ELSEWHERE: Relation = {
  verdict: 'unrelated',
  rule: 'other-party',
  why: 'What it trusts is the firm’s own, at another GitHub.',
};

/** The leaver’s name as that of somebody, at a GitHub of the firm’s where everybody is trusted. */
function namedElsewhere(
  conditions: readonly Condition[],
  url: string,
  accounts: TrustContext['accounts'],
): Relation | undefined {
  const names = conditions.flatMap(completeClaims).map(({ party }) => party?.name.login);
  const account = accounts.find((each) => loginsOf(each).some((login) => names.some((name) => sameLogin(name, login))));
  if (account === undefined) return undefined;
  const why = `It names ${account.login} at ${url}, which is the leaver’s name on GitHub: it may be the leaver’s there as well.`;
  return { verdict: 'can-match-leaver', rule: 'name-at-another-issuer', why, login: account.login };
}

function subjectsOf(conditions: readonly Condition[]): string[] {
  return conditions.filter(({ claim }) => claim === 'sub').map(({ operand }) => operand);
}

/** What a token has to show, or why nobody can tell. */
function conditionsOf({ subject, expression }: FederatedCredential): Condition[] | Relation {
  if (expression !== undefined) {
    const parsed = parseExpression(expression);
    if (parsed.ok) return [...parsed.conditions];
    const why = `Its matching expression is not understood from character ${parsed.at + 1} on, so nobody knows whom it lets in.`;
    return { verdict: 'can-match-leaver', rule: 'expression-not-understood', why };
  }
  if (subject !== undefined) return [{ claim: 'sub', operator: 'eq', operand: subject }];
  const why = 'Neither a subject nor a matching expression could be read, so nobody knows whom it lets in.';
  return { verdict: 'can-match-leaver', rule: 'no-subject-readable', why };
}

/** The leaver’s login at another GitHub than the firm’s, where it may be anybody’s. */
function mentionOf({ issuer, subject, expression }: FederatedCredential, { accounts }: TrustContext): Relation[] {
  const segments = [subject, expression]
    .join(' ')
    .replace(/%3a/gi, ':')
    .split(/[/:@'"\s]+/);
  const account = accounts.find((each) =>
    loginsOf(each).some((login) => segments.some((segment) => sameLogin(segment, login))),
  );
  if (account === undefined) return [];
  const why = `It names ${account.login} at ${issuer}, where that name may be another person’s.`;
  return [{ verdict: 'can-match-leaver', rule: 'name-at-another-issuer', why, login: account.login }];
}

/** The login as a word of the credential’s own name or description: a hint about its purpose, nothing more. */
function relateName(
  { name, description }: FederatedCredential,
  accounts: TrustContext['accounts'],
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
