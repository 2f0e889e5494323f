import { loginsOf } from '../../../../people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../../people/leaver.ts';
import { type Relation, strongest } from '../relation.ts';
import type { TrustContext } from '../trust-context.ts';
import type { Condition } from './expression.ts';
import { relateClaims } from './relate-subject.ts';
import { type Claim, makeClaim, parseSubject } from './subject.ts';
import { anything, hasWildcard, intersects, literal, type PatternSymbol, symbolsOf } from './wildcard.ts';

const UNRELATED: Relation = { verdict: 'unrelated', rule: 'other-party', why: 'It does not name the leaver.' };

/**
 * How the conditions of a credential relate to the leaver. One that names the leaver literally is enough, because all
 * conditions must hold. Where only a wildcard covers the leaver, strangers are covered as well, so a person has to
 * decide what the credential was meant to trust. An exact subject is one condition; a `*` in it counts as a wildcard.
 */
export function relateConditions(
  conditions: readonly Condition[],
  context: Pick<TrustContext, 'accounts' | 'owners'>,
): Relation {
  const conditionClaims = conditions.map(claimsOf);
  // Joined within one condition and over all of them: each names somebody, and together they name one token.
  const named = [...conditionClaims, conditionClaims.flat()].map((claims) =>
    relateClaims(claims.map(withoutWildcardParty), context),
  );
  const ofNames = conditions.flatMap((condition) =>
    // The repository at the head of the subject is judged over all conditions at once, below.
    claimsOf(condition).filter(({ key }, at) => condition.claim !== 'sub' || at > 0 || key !== 'repo'),
  );
  const covered = context.accounts.flatMap((account) => [
    ...relateSubjectPatterns(conditions, account),
    ...relateNamePatterns(ofNames, account),
  ]);
  return strongest([...named, ...covered], UNRELATED);
}

function claimsOf({ claim, operand }: Condition): Claim[] {
  return claim === 'sub' ? parseSubject(operand) : [makeClaim(claim, operand)];
}

/** A name with a wildcard in it is nobody’s name. */
function withoutWildcardParty(claim: Claim): Claim {
  const { party, ...rest } = claim;
  return party === undefined || hasWildcard(ownerSegment(claim)) ? rest : claim;
}

function ownerSegment({ value }: Claim): string {
  const [owner = ''] = value.split('/');
  return owner;
}

/**
 * Every subject that the repositories of an account can have without a template of their own, under the names that it
 * had before as well: whoever registers one of those again has its subjects.
 */
function subjectsOf(account: GitHubAccount): PatternSymbol[][] {
  const names = loginsOf(account).flatMap((name) => [name, `${name}@${account.id}`]);
  return names.map((name) => [...literal(`repo:${name}/`), ...anything()]);
}

/** The pattern that covers the repositories of an account, where all conditions on the subject let one through. */
function relateSubjectPatterns(conditions: readonly Condition[], account: GitHubAccount): Relation[] {
  const onSubject = conditions.filter(({ claim }) => claim === 'sub');
  const pattern = onSubject.find(({ operand }) => hasWildcard(operand));
  if (pattern === undefined) return [];
  const admitted = subjectsOf(account).some((subjects) =>
    onSubject.every(({ operand }) => intersects(subjects, symbolsOf(operand))),
  );
  if (!admitted) return [];
  const { login } = account;
  const why = `Its pattern “${pattern.operand}” covers repositories of the leaver’s account ${login}, and other people’s as well.`;
  return [{ verdict: 'can-match-leaver', rule: 'wildcard-covers-owner', why, login }];
}

/** A wildcard inside a name: `actor:al*`, `repository_owner:*`, `job_workflow_ref` matches `al*\/…`. */
function relateNamePatterns(claims: readonly Claim[], account: GitHubAccount): Relation[] {
  const { login, id } = account;
  return claims.flatMap((claim) => {
    const { key, value, party } = claim;
    if (party === undefined || !hasWildcard(ownerSegment(claim)) || /^\*+$/.test(value)) return [];
    const names = key.endsWith('_id') ? [String(id)] : loginsOf(account).flatMap((name) => [name, `${name}@${id}`]);
    const texts = names.flatMap((name) => [literal(name), [...literal(`${name}/`), ...anything()]]);
    if (!texts.some((text) => intersects(symbolsOf(value), text))) return [];
    const rule = party.role === 'actor' ? 'wildcard-covers-actor' : 'wildcard-covers-owner';
    const why = `Its pattern “${key}:${value}” covers the leaver’s account ${login}, and other people’s as well.`;
    return [{ verdict: 'can-match-leaver', rule, why, login }];
  });
}
