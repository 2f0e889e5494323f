import type { Claim } from './subject.ts';

/** Claims of a GitHub token that say nothing about whose repository it came from. */
const SAYS_NOTHING = new Set([
  'base_ref',
  'check_run_id',
  'environment',
  'event_name',
  'head_ref',
  'pull_request',
  'ref',
  'ref_protected',
  'ref_type',
  'repository_visibility',
  'run_attempt',
  'runner_environment',
  'workflow',
]);

/**
 * Whether a subject is bound to somebody’s repository, workflow or enterprise. An owner chooses the claims in the
 * subject of their own repositories, so `environment:production` alone is a subject that everybody can produce.
 * Source: docs.github.com/actions/reference/security/oidc (customising the subject)
 */
export function ownerRestricted(claims: readonly Claim[]): boolean {
  return !claims.every((claim) => SAYS_NOTHING.has(claim.key) || saysAnything(claim));
}

function saysAnything({ value, party }: Claim): boolean {
  return party !== undefined && /^\*+$/.test(value);
}
