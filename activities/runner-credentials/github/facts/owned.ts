import type { TokenFact } from '../../../../src/credentials/token-fact.ts';
import { tenantNamedIn } from '../../../../src/credentials/whose-claims.ts';
import type { OwnedCredential } from '../../../../src/sweep/find-orphans.ts';

/**
 * Tokens of one place that name their owner by object id. The id counts in our own tenant alone, which the sweep
 * compares; what single sign-on lists is read as its list.
 */
export function ownedTokens(tokens: readonly TokenFact[], place: string, source: string): OwnedCredential[] {
  return tokens.flatMap(({ hit }): OwnedCredential[] => {
    const oid = hit.claims?.oid;
    if (oid === undefined || hit.holder === 'service') return [];
    const tenantId = tenantNamedIn(hit);
    if (tenantId === undefined) return [];
    const id = `${place}#${hit.sha256.slice(0, 16)}`;
    return [{ kind: 'token-in-repository', source, id, owner: { oid, tenantId } }];
  });
}
