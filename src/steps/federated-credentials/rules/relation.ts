/**
 * How a credential relates to the leaver, and whom it lets in, from the most to the least urgent; each is the kind of
 * its finding. docs/trust.md says what each means.
 */
export const VERDICTS = [
  'references-leaver',
  'can-match-leaver',
  'anybody-can-satisfy',
  'unclaimed-owner',
  'recycled-name',
  'owner-not-resolved',
  'outside-owner',
  'unknown-issuer',
  'mentions-leaver',
  'unrelated',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The rule that decided; it stands in the evidence of the finding. */
export type Rule =
  | 'repository-owner-id'
  | 'repository-owner-login'
  | 'repository-id'
  | 'actor-id'
  | 'actor-login'
  | 'workflow-owner-id'
  | 'workflow-owner-login'
  | 'wildcard-covers-owner'
  | 'wildcard-covers-actor'
  | 'owner-not-restricted'
  | 'expression-not-understood'
  | 'no-subject-readable'
  | 'unclaimed-name'
  | 'unresolved-name'
  | 'other-owner'
  | 'recycled-name'
  | 'name-at-another-issuer'
  | 'issuer-of-leaver'
  | 'issuer-not-known'
  | 'name-in-text'
  | 'name-of-credential'
  | 'other-party';

export interface Relation {
  readonly verdict: Verdict;
  readonly rule: Rule;
  /** One sentence for the operator. */
  readonly why: string;
  /** The leaver's account that the credential names or covers. */
  readonly login?: string;
  /** The login is written in another case than GitHub writes it. It lowers nothing: logins have no case. */
  readonly wrongCase?: boolean;
  /**
   * That the name is the leaver's rests on what it is called alone: GitHub did not say whose it is today. A person
   * decides then.
   */
  readonly unproved?: boolean;
  /** An owner outside of the firm that the trust names; it may be an account of the leaver that nobody knows. */
  readonly outsider?: string;
}

/** The strongest of several relations; the first of equals. */
export function strongest(relations: readonly Relation[], otherwise: Relation): Relation {
  return relations.reduce<Relation>(
    (best, relation) => (VERDICTS.indexOf(relation.verdict) < VERDICTS.indexOf(best.verdict) ? relation : best),
    relations[0] ?? otherwise,
  );
}
