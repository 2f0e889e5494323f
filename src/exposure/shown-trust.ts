import { type GitHubOwners, whoseName } from '../people/evidence/github-owner.ts';
import type { GitHubAccount } from '../people/leaver.ts';
import { conditionsOf } from '../steps/federated-credentials/rules/owner-questions.ts';
import { type Claim, makeClaim, parseSubject } from '../steps/federated-credentials/rules/subject/subject.ts';

/** What a credential trusts: `subject` and `expression` exclude each other. */
interface Trust {
  readonly subject?: string;
  readonly expression?: string;
}

/** Whom a credential is shown to, and what is known of the names in it. */
interface ShownTo {
  readonly account: GitHubAccount;
  readonly owners: GitHubOwners;
  /** A word of it is the login or the number of somebody else’s account, whatever it means there. */
  readonly namesOthers: boolean;
}

/**
 * What a credential trusts, as the owner of one account is told: whole where it names nobody but this account and the
 * firm. Where it names another account as well, only what names this one, because that a colleague’s account gets in
 * is for the colleague’s own list.
 */
export function shownTrust({ subject, expression }: Trust, { account, owners, namesOthers }: ShownTo): string {
  // Also what stands behind a wildcard, which no rule goes by, names somebody.
  const claims = conditionsOf(subject, expression).flatMap(({ claim, operand }) =>
    claim === 'sub' ? parseSubject(operand) : [makeClaim(claim, operand)],
  );
  const whoseOf = ({ party }: Claim) => party && whoseName(party.name, owners, [account]).who;
  const isToldWhole = claims.every((claim) => [undefined, 'leaver', 'firm'].includes(whoseOf(claim)));
  if (isToldWhole && !namesOthers) return subject ?? expression ?? 'that is not told';
  const own = claims.filter((claim) => whoseOf(claim) === 'leaver').map(({ key, value }) => `${key}:${value}`);
  return [...new Set(own), 'more that is not shown here'].join(', and ');
}
