import type { LeaverState } from '../people/leaver.ts';
import { type Oid, parseOid } from '../people/oid.ts';

/** Somebody who has left: deleted, or past the last day that HR recorded. */
export interface InactivePerson {
  readonly oid: Oid;
  readonly state: LeaverState;
  readonly userPrincipalName?: string;
  readonly deletedAt?: string;
  readonly leaveAt?: string;
}

/** Whom a credential names as its owner: an object id, or an account that a directory of accounts resolves. */
type OwnerName = { readonly oid: string } | { readonly login: string };

/** A credential that names its owner. Never its value: the vendor does not give it out. */
export interface OwnedCredential {
  readonly kind: 'delegated-grant' | 'fine-grained-token' | 'sso-credential';
  /** Where it was read; a source of the sweep's coverage. */
  readonly source: string;
  /** The vendor's own id. */
  readonly id: string;
  readonly owner: OwnerName;
}

/** A GitHub login and every name by which the company's sign-on knows its holder. */
export interface LoginIdentity {
  readonly login: string;
  readonly names: readonly string[];
}

/** Somebody who has left and still owns credentials. */
export interface Orphaned {
  readonly person: InactivePerson;
  readonly credentials: readonly Omit<OwnedCredential, 'owner'>[];
}

export interface Join {
  readonly orphaned: readonly Orphaned[];
  /** Credentials whose login the sign-on links to nobody: it cannot be said whether their owner is gone. */
  readonly unlinked: readonly OwnedCredential[];
}

/**
 * Joins credentials with the people who have left. One pass over each list, so that the cost does not grow with
 * the number of leavers. Where the sign-on knows an object id, names do not count: they are given to others again.
 */
export function findOrphans(
  people: readonly InactivePerson[],
  credentials: readonly OwnedCredential[],
  identities: readonly LoginIdentity[],
): Join {
  const byName = new Map<string, InactivePerson>();
  for (const person of people) {
    if (person.userPrincipalName !== undefined) byName.set(person.userPrincipalName.toLowerCase(), person);
  }
  for (const person of people) byName.set(person.oid, person);
  const namesOf = new Map<string, readonly string[]>();
  for (const { login, names } of identities) {
    const key = login.toLowerCase();
    namesOf.set(key, [...(namesOf.get(key) ?? []), ...names.map((name) => name.toLowerCase())]);
  }

  const found = new Map<Oid, { person: InactivePerson; credentials: Omit<OwnedCredential, 'owner'>[] }>();
  const unlinked: OwnedCredential[] = [];
  for (const credential of credentials) {
    const { owner, ...rest } = credential;
    const names = 'oid' in owner ? [owner.oid.toLowerCase()] : namesOf.get(owner.login.toLowerCase());
    if (names === undefined) {
      unlinked.push(credential);
      continue;
    }
    const oids = names.filter((name) => parseOid(name) !== undefined);
    const decisive = oids.length > 0 ? oids : names;
    const person = decisive.map((name) => byName.get(name)).find((known) => known !== undefined);
    if (person === undefined) continue;
    const entry = found.get(person.oid) ?? { person, credentials: [] };
    entry.credentials.push(rest);
    found.set(person.oid, entry);
  }
  return { orphaned: [...found.values()], unlinked };
}

/** One sentence for the case: what the sweep found. Kinds and numbers only, so that the request stays small. */
export function reasonOf({ credentials }: Orphaned): string {
  const kinds = [...Map.groupBy(credentials, ({ kind }) => kind)];
  const counted = kinds.map(([kind, all]) => `${NAMES[kind]}: ${all.length}`).join(', ');
  return `The sweep found credentials of somebody who has left and whose departure nobody reported (${counted}).`;
}

const NAMES: Readonly<Record<OwnedCredential['kind'], string>> = {
  'delegated-grant': 'consents for the gateway',
  'fine-grained-token': 'fine-grained personal access tokens',
  'sso-credential': 'credentials authorised for single sign-on',
};

/** The same leaving gives the same key every hour: the second sweep recognises the first one's request. */
export function sweepKey({ oid, deletedAt, leaveAt }: InactivePerson): string {
  return `sweep:${oid}:${deletedAt ?? leaveAt ?? 'gone'}`;
}
