/** What a token has to come from so that a credential takes it. */
export type Pin =
  | {
      readonly kind: 'branch' | 'environment';
      readonly owner: string;
      readonly repository: string;
      readonly name: string;
    }
  /** Anybody who can open a pull request, or push to any branch. */
  | { readonly kind: 'pull-request' | 'repository' | 'wildcard' }
  /** It has another form: what it lets in nobody can say. */
  | { readonly kind: 'other' };

const GITHUB = /^https:\/\/token\.actions\.githubusercontent\.com(\/[\w-]+)?\/?$/i;

/** Whether an issuer is GitHub Actions, an enterprise’s own address of it included. */
export function isGitHubActions(issuer: string): boolean {
  return GITHUB.test(issuer);
}

const SUBJECT = /^repo:([^/:@]+)(?:@\d+)?\/([^/:@]+)(?:@\d+)?(?::(.+))?$/;

/**
 * Reads the subject of a credential for GitHub Actions: a text that is compared letter by letter, in which a `*` stands for
 * itself. The pairs of a template of the firm’s own are another form. A tag is one as well: whoever may push can move it.
 * Grammar: docs.github.com/actions/reference/security/oidc
 */
export function pinOf(subject: string): Pin {
  if (/(^|:)pull_request$/.test(subject)) return { kind: 'pull-request' };
  const match = SUBJECT.exec(subject);
  if (match === null) return { kind: 'other' };
  const [, owner = '', repository = '', tail] = match;
  if (tail === undefined) return { kind: 'repository' };
  const [, branch] = /^ref:refs\/heads\/([^*?:]+)$/.exec(tail) ?? [];
  if (branch !== undefined) return { kind: 'branch', owner, repository, name: decoded(branch) };
  const [, environment] = /^environment:([^*?:]+)$/.exec(tail) ?? [];
  if (environment !== undefined) return { kind: 'environment', owner, repository, name: decoded(environment) };
  return { kind: 'other' };
}

/** A `:` within a name is written so. */
const decoded = (name: string): string => name.replace(/%3a/gi, ':');

/**
 * The same of the conditions of a flexible credential. One on another claim only narrows it, and a wildcard in the subject
 * fails all the same. Conditions that were not understood are undefined here.
 */
export function pinOfExpression(
  conditions: readonly { readonly claim: string; readonly operator: string; readonly operand: string }[] | undefined,
): Pin {
  const subjects = (conditions ?? []).filter(({ claim }) => claim === 'sub');
  const [only, ...others] = subjects;
  if (only === undefined || others.length > 0) return { kind: 'other' };
  if (only.operator === 'matches' && /[*?]/.test(only.operand)) return { kind: 'wildcard' };
  return pinOf(only.operand);
}
