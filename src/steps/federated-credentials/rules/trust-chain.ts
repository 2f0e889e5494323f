import type { FederatedCredential } from '../../../connectors/federated-credential.ts';
import { parseExpression } from './subject/expression.ts';
import { parseIssuer } from './subject/issuer.ts';
import { matchesWildcard } from './subject/wildcard.ts';

type Trust = Pick<FederatedCredential, 'name' | 'issuer' | 'subject' | 'expression'>;

/** A service principal that others may sign in as by tokens of the firm's own tenant. */
export interface TrustingPrincipal<Parent> {
  /** Lower case, as all object ids here. */
  readonly oid: string;
  readonly parent: Parent;
  readonly credentials: readonly Trust[];
}

/** One that can be had with a token of another. */
export interface Chained<Parent> {
  readonly oid: string;
  readonly parent: Parent;
  /** The credential that lets the other in. */
  readonly credential: string;
  readonly from: string;
}

/**
 * Whoever has a token of one of `roots` can exchange it for one of each principal that trusts it, and that one for the
 * next. Each is told once, by the shortest way; a circle ends where it began.
 * Source: learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity
 */
export function chainsFrom<Parent>(
  roots: readonly string[],
  trusting: readonly TrustingPrincipal<Parent>[],
  tenantId: string,
): Chained<Parent>[] {
  const reached = new Set(roots);
  const found: Chained<Parent>[] = [];
  let last = [...reached];
  while (last.length > 0) {
    const next = trusting.flatMap((principal): Chained<Parent>[] => {
      if (reached.has(principal.oid)) return [];
      for (const from of last) {
        const credential = principal.credentials.find((trust) => admitsPrincipal(trust, from, tenantId));
        if (credential !== undefined) {
          return [{ oid: principal.oid, parent: principal.parent, credential: credential.name, from }];
        }
      }
      return [];
    });
    found.push(...next);
    last = next.map(({ oid }) => oid);
    for (const oid of last) reached.add(oid);
  }
  return found;
}

/** Whether a credential trusts tokens of the tenant itself: the only ones that can be part of a chain. */
export function trustsTenant({ issuer }: Pick<Trust, 'issuer'>, tenantId: string): boolean {
  const parsed = parseIssuer(issuer);
  return parsed.kind === 'entra' && parsed.tenantId === tenantId.toLowerCase();
}

/** An expression that is not understood may admit anybody of the tenant. */
function admitsPrincipal(trust: Trust, oid: string, tenantId: string): boolean {
  if (!trustsTenant(trust, tenantId)) return false;
  if (trust.expression === undefined) return matchesWildcard((trust.subject ?? '*').trim(), oid);
  const parsed = parseExpression(trust.expression);
  if (!parsed.ok) return true;
  return parsed.conditions.filter(({ claim }) => claim === 'sub').every(({ operand }) => matchesWildcard(operand, oid));
}
