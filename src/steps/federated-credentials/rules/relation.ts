/** How a credential relates to the leaver, from the strongest to none. */
export const VERDICTS = ['references-leaver', 'can-match-leaver', 'mentions-leaver', 'unrelated'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The rule that decided; it stands in the evidence of the finding. */
export type Rule =
  | 'repository-owner-id'
  | 'repository-owner-login'
  | 'actor-id'
  | 'actor-login'
  | 'workflow-owner-id'
  | 'workflow-owner-login'
  | 'wildcard-covers-owner'
  | 'wildcard-covers-actor'
  | 'owner-not-restricted'
  | 'expression-not-understood'
  | 'no-subject-readable'
  | 'recycled-name'
  | 'name-at-another-issuer'
  | 'name-in-text'
  | 'name-of-credential'
  | 'other-issuer'
  | 'other-party';

export interface Relation {
  readonly verdict: Verdict;
  readonly rule: Rule;
  /** One sentence for the operator. */
  readonly why: string;
  /** The leaver's account that the credential names or covers. */
  readonly login?: string;
  /**
   * The login is written in another case than GitHub writes it. Entra compares exactly (since August 2024), so the
   * credential lets nobody in; it still names the leaver.
   */
  readonly wrongCase?: boolean;
}

/** The strongest of several relations; the first of equals. */
export function strongest(relations: readonly Relation[], otherwise: Relation): Relation {
  return relations.reduce<Relation>(
    (best, relation) => (VERDICTS.indexOf(relation.verdict) < VERDICTS.indexOf(best.verdict) ? relation : best),
    relations[0] ?? otherwise,
  );
}
