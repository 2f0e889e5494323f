import type { Condition } from './expression.ts';
import { type Claim, makeClaim, parseSubject } from './subject.ts';

/**
 * What a condition surely demands of a token: the claims that are whole before its first wildcard. A wildcard may stand
 * for any text, `:` and `/` included, so that nothing behind it can be told apart from what it swallows; and the last
 * claim before it counts only as far as its owner has ended: `repo:firm*` is the prefix of everybody's name who likes.
 * `*` in an exact subject is read the same way, because how a vendor compares is no reason to be less careful.
 */
export function completeClaims({ claim, operand }: Condition): Claim[] {
  const at = operand.search(/[*?]/);
  const head = at === -1 ? operand : operand.slice(0, at);
  const claims = claim === 'sub' ? parseSubject(head) : [makeClaim(claim, head)];
  if (at === -1) return claims;
  return [...claims.slice(0, -1), ...claims.slice(-1).flatMap(endedOwner)];
}

/** The claim as far as it names somebody, where that name has ended. */
function endedOwner({ key, value, party }: Claim): Claim[] {
  if (party === undefined || key.endsWith('_id') || key === 'repository_owner' || key === 'actor') return [];
  const [owner = '', name, more] = value.split('/');
  // The workflow's repository has to be whole as well: whether it is public decides.
  if (key === 'job_workflow_ref') return more === undefined ? [] : [makeClaim(key, `${owner}/${name}/`)];
  if (name !== undefined) return [makeClaim(key, `${owner}/`)];
  const [login = '', id] = owner.split('@');
  return id === undefined ? [] : [makeClaim(key, `${login}/`)];
}
