import type { PersonName } from '../../connectors/graph/people/people-by-name.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { LeaverState } from '../../people/leaver.ts';
import type { Oid } from '../../people/oid.ts';

/** Somebody, or a group, who answers to a name. */
export interface Candidate {
  readonly oid: string;
  readonly displayName?: string;
  readonly userPrincipalName?: string;
  readonly state: LeaverState | 'group';
  /** Instant at which the account was made: whoever had the name before then is another. */
  readonly createdAt?: string;
}

/** Who is meant by a name. Several are never a choice of ours. */
export type Named =
  /** `formerHolders`: who else had the name, by what earlier cases and sweeps remember. */
  | {
      readonly kind: 'one';
      readonly oid: Oid;
      readonly candidate: Candidate;
      readonly formerHolders: readonly Oid[];
    }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'several' | 'group'; readonly candidates: readonly Candidate[] }
  /** Somebody was not asked, who may know a second one of that name. */
  | { readonly kind: 'not-known'; readonly failure: VendorFailure };

/**
 * Finds the person of a UPN or a mail address. A name that a deleted account had may be a colleague's by now, and an
 * address may reach a group: who answers to it is asked of all of them before one is taken.
 */
export async function findByName(vendors: Pick<Vendors, 'graph' | 'storage'>, name: PersonName): Promise<Named> {
  const { people, groups, failure } = await vendors.graph.listHolders(name);
  const candidates: Candidate[] = [
    ...people.map(({ oid, displayName, userPrincipalName, state, createdAt }) => ({
      oid,
      ...(displayName && { displayName }),
      ...(userPrincipalName && { userPrincipalName }),
      state,
      ...(createdAt && { createdAt }),
    })),
    ...groups.map(({ id, displayName }) => ({ oid: id, ...(displayName && { displayName }), state: 'group' as const })),
  ];
  if (candidates.length > 1) return { kind: 'several', candidates };
  if (failure !== undefined) return { kind: 'not-known', failure };
  const [only] = people;
  const [candidate] = candidates;
  if (only !== undefined && candidate !== undefined) {
    const { names } = await vendors.storage.readMemory([name.value]);
    const formerHolders = [...new Set(names.map(({ oid }) => oid))].filter((oid) => oid !== only.oid);
    return { kind: 'one', oid: only.oid, candidate, formerHolders };
  }
  return candidates.length === 1 ? { kind: 'group', candidates } : { kind: 'nobody' };
}
