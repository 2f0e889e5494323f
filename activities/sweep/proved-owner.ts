import type { OwnedCredential } from '../../src/sweep/find-orphans.ts';

/** A credential whose owner is named by an id that proves them. */
export type ProvedCredential = Omit<OwnedCredential, 'owner'> & {
  readonly owner: { readonly oid: string } | { readonly accountId: number };
};

/** An object id names somebody in the tenant that gave it, and a login nobody for good. */
export function provedIn({ owner, ...rest }: OwnedCredential, tenantId: string): ProvedCredential[] {
  if ('accountId' in owner) return [{ ...rest, owner: { accountId: owner.accountId } }];
  if (!('oid' in owner) || owner.tenantId?.toLowerCase() !== tenantId.toLowerCase()) return [];
  return [{ ...rest, owner: { oid: owner.oid } }];
}
