import type { GitHubAccount } from '../../../people/leaver.ts';
import { type Condition, parseExpression } from './expression.ts';
import { relateClaims } from './relate-subject.ts';
import { type Relation, strongest } from './relation.ts';
import { ownerRestricted } from './restricts-owner.ts';
import { type Claim, makeClaim, parseSubject } from './subject.ts';
import { anything, hasWildcard, intersects, literal, type PatternSymbol, symbolsOf } from './wildcard.ts';

/**
 * How a flexible credential relates to the leaver. One condition that names the leaver literally is enough, because
 * all conditions must hold. Where only a wildcard covers the leaver, strangers are covered as well, so a person
 * has to decide what the credential was meant to trust.
 */
export function relateExpression(expression: string, accounts: readonly GitHubAccount[]): Relation {
  const parsed = parseExpression(expression);
  if (!parsed.ok) {
    const why = `Its matching expression is not understood from character ${parsed.at + 1} on, so nobody knows whom it lets in.`;
    return { verdict: 'can-match-leaver', rule: 'expression-not-understood', why };
  }
  const { conditions } = parsed;
  const conditionClaims = conditions.map(claimsOf);
  const named = conditionClaims.map((claims) => relateClaims(claims.map(withoutWildcardParty), accounts));
  const ofNames = conditions.flatMap(({ claim, operator }, index) =>
    // The repository at the head of the subject is judged over all conditions at once, below.
    operator === 'eq'
      ? []
      : (conditionClaims[index] ?? []).filter(({ key }, at) => claim !== 'sub' || at > 0 || key !== 'repo'),
  );
  const covered = accounts.flatMap((account) => [
    ...relateSubjectPatterns(conditions, account),
    ...relateNamePatterns(ofNames, account),
  ]);
  const open: Relation[] = ownerRestricted(conditionClaims.flat()) ? [] : [NOT_RESTRICTED];
  return strongest([...named, ...covered, ...open], NOT_RESTRICTED);
}

/** No claim says whose repository it has to be: anybody can shape the subject of their own repository like this. */
export const NOT_RESTRICTED: Relation = {
  verdict: 'can-match-leaver',
  rule: 'owner-not-restricted',
  why: 'Nothing in it says whose repository may use it, so any GitHub account can, the leaver’s included.',
};

function claimsOf({ claim, operand }: Condition): Claim[] {
  return claim === 'sub' ? parseSubject(operand) : [makeClaim(claim, operand)];
}

/** A name with a wildcard in it is nobody’s name. */
function withoutWildcardParty(claim: Claim): Claim {
  const { party, ...rest } = claim;
  return party === undefined || hasWildcard(ownerSegment(claim)) ? rest : claim;
}

const ownerSegment = (claim: Claim): string => claim.value.split('/')[0] ?? '';

/** Every subject that the repositories of an account can have without a template of their own. */
function subjectsOf({ login, id }: GitHubAccount): PatternSymbol[][] {
  return [login, `${login}@${id}`].map((name) => [...literal(`repo:${name}/`), ...anything()]);
}

function admits({ operator, operand }: Condition, subjects: readonly PatternSymbol[]): boolean {
  return operator === 'eq' ? intersects(subjects, literal(operand)) : intersects(subjects, symbolsOf(operand));
}

/** The pattern that covers the repositories of an account, where all conditions on the subject let one through. */
function relateSubjectPatterns(conditions: readonly Condition[], account: GitHubAccount): Relation[] {
  const onSubject = conditions.filter(({ claim }) => claim === 'sub');
  const pattern = onSubject.find(({ operator, operand }) => operator === 'matches' && hasWildcard(operand));
  if (pattern === undefined) return [];
  const admitted = subjectsOf(account).some((subjects) => onSubject.every((condition) => admits(condition, subjects)));
  if (!admitted) return [];
  const { login } = account;
  const why = `Its pattern “${pattern.operand}” covers repositories of the leaver’s account ${login}, and other people’s as well.`;
  return [{ verdict: 'can-match-leaver', rule: 'wildcard-covers-owner', why, login }];
}

/** A wildcard inside a name: `actor:al*`, `repository_owner:*`, `job_workflow_ref` matches `al*\/…`. */
function relateNamePatterns(claims: readonly Claim[], { login, id }: GitHubAccount): Relation[] {
  return claims.flatMap((claim) => {
    const { key, value, party } = claim;
    if (party === undefined || !hasWildcard(ownerSegment(claim)) || /^\*+$/.test(value)) return [];
    const names = key.endsWith('_id') ? [String(id)] : [login, `${login}@${id}`];
    const texts = names.flatMap((name) => [literal(name), [...literal(`${name}/`), ...anything()]]);
    if (!texts.some((text) => intersects(symbolsOf(value), text))) return [];
    const rule = party.role === 'actor' ? 'wildcard-covers-actor' : 'wildcard-covers-owner';
    const why = `Its pattern “${key}:${value}” covers the leaver’s account ${login}, and other people’s as well.`;
    return [{ verdict: 'can-match-leaver', rule, why, login }];
  });
}
