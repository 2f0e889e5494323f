import type { LeaverState } from '../people/leaver.ts';
import { type Oid, parseOid } from '../people/oid.ts';

/**
 * Somebody who has left: deleted, for good as well, past the last day that HR recorded, or disabled where the firm says
 * that this means it.
 */
export interface InactivePerson {
  readonly oid: Oid;
  readonly state: LeaverState;
  readonly userPrincipalName?: string;
  readonly deletedAt?: string;
  readonly leaveAt?: string;
  /** Where being disabled is why: since when at the latest. */
  readonly disabledSince?: string;
}

/**
 * Whom a credential names as its owner: an object id, the number of an account, or its login or a sign-in name where that
 * is all.
 */
type OwnerName =
  | { readonly oid: string; readonly tenantId?: string }
  | { readonly accountId: number }
  | { readonly login: string }
  | { readonly signInName: string };

export const CREDENTIAL_KINDS = [
  'delegated-grant',
  'fine-grained-token',
  'sso-credential',
  'token-in-repository',
  'schedule',
  'token-on-machine',
] as const;

/** A credential that names its owner. Never its value: the vendor does not give it out. */
export interface OwnedCredential {
  readonly kind: (typeof CREDENTIAL_KINDS)[number];
  /** Where it was read; a source of the sweep's coverage. */
  readonly source: string;
  /** The vendor's own id. */
  readonly id: string;
  readonly owner: OwnerName;
}

/** A GitHub account that is proved to be a person's, by an object id. Names prove nobody, and are not here. */
export interface ProvedAccount {
  readonly id: number;
  readonly login: string;
  readonly oid: Oid;
}

/** What is known of logins, which are names that change hands. */
interface KnownLogins {
  /** Every account that was seen, proved to be somebody's or not. */
  readonly seen?: readonly Pick<ProvedAccount, 'id' | 'login'>[];
  /** Accounts whose login of this reading may be somebody else's. */
  readonly doubtful?: ReadonlySet<number>;
  /** Sign-in names of people who are here, in lower case: what names one of them is not the leaver’s who had it before. */
  readonly taken?: ReadonlySet<string>;
}

/** Somebody who has left and still owns credentials. */
export interface Orphaned {
  readonly person: InactivePerson;
  readonly credentials: readonly Omit<OwnedCredential, 'owner'>[];
}

export interface Join {
  readonly orphaned: readonly Orphaned[];
  /** Credentials whose account is proved to be nobody's, or two people's: it cannot be said whether their owner is gone. */
  readonly unlinked: readonly OwnedCredential[];
}

/**
 * Joins credentials with the people who have left. One pass over each list, so that the cost does not grow with
 * the number of leavers. Only an object id joins, or a name that leads to one: names are given to others again, and a
 * case that was opened by one of theirs would be a colleague's.
 */
export function findOrphans(
  people: readonly InactivePerson[],
  credentials: readonly OwnedCredential[],
  accounts: readonly ProvedAccount[],
  logins: KnownLogins = {},
): Join {
  const byOid = new Map(people.map((person) => [person.oid, person]));
  const accountOf = ownersOf(accounts, logins);
  const named = namesOf(people, logins.taken);
  const ownerOf = (owner: OwnerName): Oid | undefined => {
    if ('oid' in owner) return parseOid(owner.oid);
    return 'signInName' in owner ? named.get(owner.signInName.toLowerCase()) : accountOf(owner);
  };
  const found = new Map<Oid, { person: InactivePerson; credentials: Omit<OwnedCredential, 'owner'>[] }>();
  const unlinked: OwnedCredential[] = [];
  for (const credential of credentials) {
    const { owner, ...rest } = credential;
    const oid = ownerOf(owner);
    if (oid === undefined) {
      unlinked.push(credential);
      continue;
    }
    const person = byOid.get(oid);
    if (person === undefined) continue;
    const entry = found.get(person.oid) ?? { person, credentials: [] };
    entry.credentials.push(rest);
    found.set(person.oid, entry);
  }
  return { orphaned: [...found.values()], unlinked };
}

/** Who had a sign-in name that nobody has now, and nobody else of them had. */
function namesOf(people: readonly InactivePerson[], taken: ReadonlySet<string> = new Set()): ReadonlyMap<string, Oid> {
  const had = Map.groupBy(people, ({ userPrincipalName = '' }) => userPrincipalName.toLowerCase());
  const single = [...had].flatMap(([name, those]): [string, Oid][] =>
    name === '' || those.length > 1 || taken.has(name) ? [] : those.map(({ oid }) => [name, oid]),
  );
  return new Map(single);
}

/** An account that is proved to be two people's is nobody's here: people decide between the two. */
export function ownersOf(
  accounts: readonly ProvedAccount[],
  { seen = [], doubtful = new Set() }: KnownLogins,
): (owner: Extract<OwnerName, { accountId: number } | { login: string }>) => Oid | undefined {
  const only = (same: readonly ProvedAccount[] | undefined): Oid | undefined => {
    const oids = new Set(same?.map(({ oid }) => oid));
    return oids.size === 1 ? [...oids][0] : undefined;
  };
  const byId = Map.groupBy(accounts, ({ id }) => id);
  const byLogin = Map.groupBy([...accounts, ...seen], ({ login }) => login.toLowerCase());
  return (owner) => {
    if ('accountId' in owner) return only(byId.get(owner.accountId));
    const ids = new Set(byLogin.get(owner.login.toLowerCase())?.map(({ id }) => id));
    const [id] = ids;
    // A login that two numbers had within one reading was renamed in the middle of it.
    return id !== undefined && ids.size === 1 && !doubtful.has(id) ? only(byId.get(id)) : undefined;
  };
}

/** One sentence for the case: what the sweep found. Kinds and numbers only, so that the request stays small. */
export function reasonOf({ person: { disabledSince }, credentials }: Orphaned): string {
  const kinds = [...Map.groupBy(credentials, ({ kind }) => kind)];
  const counted = kinds.map(([kind, all]) => `${NAMES[kind]}: ${all.length}`).join(', ');
  const why =
    disabledSince === undefined
      ? 'who has left and whose departure nobody reported'
      : `whose account has been disabled since ${disabledSince} at the latest, which means by DISABLED_MEANS_LEFT_AFTER_DAYS that they have left`;
  return `The sweep found credentials of somebody ${why} (${counted}).`;
}

const NAMES: Readonly<Record<OwnedCredential['kind'], string>> = {
  'delegated-grant': 'consents for the gateway',
  'fine-grained-token': 'fine-grained personal access tokens',
  'sso-credential': 'credentials authorised for single sign-on',
  'token-in-repository': 'tokens in repositories and variables',
  schedule: 'schedules that run as them',
  'token-on-machine': 'tokens that machines say they hold',
};

/** The same leaving gives the same key every hour: the second sweep recognises the first one's request. */
export function sweepKey({ oid, deletedAt, leaveAt, disabledSince }: InactivePerson): string {
  return `sweep:${oid}:${deletedAt ?? leaveAt ?? disabledSince ?? 'gone'}`;
}
