import { addressesOf, type Leaver } from '../leaver.ts';
import { isNameOf, leaverNames, namedAfter, withoutShortCode, wordsOf } from '../names/leaver-names.ts';
import { type Exclusivity, nameEvidence } from '../names/name-holders.ts';
import { type Oid, parseGuid } from '../oid.ts';
import type { AccountEvidence } from './evidence.ts';
import { isFresh, type RememberedAccount } from './remembered.ts';
import { type NamedTenant, namesIn, objectIdsOf, possibleOids, type SignOnIdentity } from './sign-on-identity.ts';

/** What is known of a person that accounts are compared with. */
export type Compared = Pick<
  Leaver,
  'oid' | 'userPrincipalName' | 'mail' | 'otherAddresses' | 'givenName' | 'familyName' | 'displayName' | 'createdAt'
>;

/** What had to be asked elsewhere before a row can be judged. */
export interface Circumstances {
  /** `github/saml-identity:case-study-org`. */
  readonly source: string;
  readonly tenant: NamedTenant;
  /** Object ids that are people of our directory, of those that were asked for; undefined where it did not answer. */
  readonly directory: ReadonlySet<Oid> | undefined;
  /** Whether the GUIDs in that field of this organisation are object ids of people, as far as a sample tells. */
  readonly mapped: { readonly nameId: boolean; readonly externalId: boolean };
  /** Object ids that are the same person's by two people's word. */
  readonly joined?: ReadonlySet<Oid>;
  /** Of each name of the person: whether it was ever anybody else's. */
  readonly exclusive: ReadonlyMap<string, Exclusivity>;
}

/**
 * What one row of single sign-on says about whether its account is the person's. Names are compared here and never by
 * the vendor's filter: what a filter lets through is no proof, and what it keeps back is not absent.
 */
export function signOnEvidence(
  person: Compared,
  identity: SignOnIdentity,
  circumstances: Circumstances,
): readonly AccountEvidence[] {
  const { source } = circumstances;
  const say = (code: AccountEvidence['code'], what: string): AccountEvidence => ({ code, source, what });
  return [
    ...byAttribute(person, identity, circumstances, say),
    ...byGuid(person, identity, circumstances, say),
    ...byNames(person, identity, circumstances),
    ...byLikeness(person, identity, say),
    ...softSigns(person, identity, say),
  ];
}

type Say = (code: AccountEvidence['code'], what: string) => AccountEvidence;

/** The attribute that no policy of Entra's can change. Source: ED identity-platform/reference-claims-customization. */
function byAttribute(
  { oid }: Compared,
  identity: SignOnIdentity,
  { tenant, joined }: Circumstances,
  say: Say,
): AccountEvidence[] {
  return objectIdsOf(identity).flatMap((each) => {
    if (tenant === 'foreign') return [];
    if (joined?.has(each) === true) return tenant === 'ours' ? [say('P6', sameAs(each))] : [];
    if (each !== oid) return [say('X1', `The identity provider signed the account in as the object id ${each}.`)];
    if (tenant === 'unnamed') return [];
    return [say('P1', 'The identity provider of our tenant signed the account in with the person’s object id.')];
  });
}

function sameAs(oid: Oid): string {
  return `The identity provider of our tenant signed the account in as the object id ${oid}, which people say is the same person’s.`;
}

/** NameID and externalId are free to configure: a GUID there is an object id only where that is established. */
function byGuid(
  { oid }: Compared,
  identity: SignOnIdentity,
  { tenant, directory, mapped, joined }: Circumstances,
  say: Say,
): AccountEvidence[] {
  if (tenant === 'foreign') return [];
  const { named, external } = guidsOf(identity);
  const found: AccountEvidence[] = [];
  if (named === oid && tenant === 'ours' && mapped.nameId) {
    found.push(say('P2', 'The name under which the account signs in is the person’s object id.'));
  }
  if (external === oid && mapped.externalId) {
    found.push(say('P3', 'Provisioning made the account for the person’s object id.'));
  }
  for (const [field, each] of [['signs in under', named] as const, ['was provisioned for', external] as const]) {
    if (each === undefined || each === oid || joined?.has(each) || directory?.has(each) !== true) continue;
    found.push(say('X1', `The account ${field} the object id ${each}, which is another person’s.`));
  }
  return found;
}

/** GUIDs in either field; `externalId` only of the row of provisioning that is this identity's. */
function guidsOf({ nameId, provisioned, guid }: SignOnIdentity): {
  readonly named: Oid | undefined;
  readonly external: Oid | undefined;
} {
  const external = provisioned?.id.toLowerCase() === guid.toLowerCase() ? provisioned.externalId : undefined;
  return { named: parseGuid(nameId ?? ''), external: parseGuid(external ?? '') };
}

function byNames(
  person: Compared,
  identity: SignOnIdentity,
  { source, tenant, directory, exclusive }: Circumstances,
): readonly AccountEvidence[] {
  const own = new Set(addressesOf(person));
  // Whose the id in the row is could not be asked: a name beside it may be a name of before.
  const untold = directory === undefined && possibleOids(identity).some((each) => each !== person.oid);
  const doubt =
    tenant === 'foreign'
      ? 'the row is of another tenant'
      : untold
        ? 'the directory could not be asked whose the object id in the same row is'
        : undefined;
  return namesIn(identity)
    .filter((name) => own.has(name))
    .flatMap((name) => nameEvidence(name, source, 'The account signs in under', exclusive.get(name), { doubt }));
}

function byLikeness(person: Compared, { account, givenName, familyName }: SignOnIdentity, say: Say): AccountEvidence[] {
  const found: AccountEvidence[] = [];
  const same = (one?: string, other?: string): boolean => {
    const [a, b] = [wordsOf(one ?? '').join(' '), wordsOf(other ?? '').join(' ')];
    return a !== '' && a === b;
  };
  if (same(givenName, person.givenName) && same(familyName, person.familyName)) {
    found.push(say('W2', 'The account has the person’s given and family name.'));
  }
  if (account !== null && resembles(account.login, person)) {
    found.push(say('W3', `The login ${account.login} is made like the person’s name.`));
  }
  return found;
}

/** Whether somebody could have made this login of the person's name: `amoreau`, `alex-moreau`, `alexmoreau_acme`. */
export function resembles(login: string, person: Compared): boolean {
  const { givenName = '', familyName = '' } = person;
  const [given, family] = [wordsOf(givenName).join(''), wordsOf(familyName).join('')];
  const made =
    given === '' || family === ''
      ? []
      : [given + family, family + given, given.slice(0, 1) + family, family + given.slice(0, 1)];
  const names = new Set([...leaverNames({ ...person, github: [] }), ...made]);
  const bare = withoutShortCode(login);
  return namedAfter(bare, names) === 'theirs' || isNameOf(bare, names);
}

/** What makes a name worth less: the link is older than the person, or the row is called like somebody else. */
function softSigns(
  { createdAt, givenName, familyName, displayName }: Compared,
  identity: SignOnIdentity,
  say: Say,
): AccountEvidence[] {
  const found: AccountEvidence[] = [];
  const linked = identity.provisioned?.createdAt;
  if (linked !== undefined && createdAt !== undefined && Date.parse(linked) < Date.parse(createdAt)) {
    found.push(say('Y1', `The link was made on ${linked}, before the person’s account was (${createdAt}).`));
  }
  const theirs = wordsOf([identity.givenName, identity.familyName].join(' '));
  const own = new Set(wordsOf([givenName, familyName, displayName].join(' ')));
  if (theirs.length > 0 && own.size > 0 && !theirs.some((word) => own.has(word))) {
    found.push(say('Y2', 'The account is called otherwise than the person, in given and family name.'));
  }
  return found;
}

/** What an earlier case or sweep proved of the account. */
export function memoryEvidence(
  oid: Oid,
  remembered: RememberedAccount | undefined,
  now: Date,
  joined: ReadonlySet<Oid> = new Set(),
): readonly AccountEvidence[] {
  if (remembered === undefined) return [];
  const { code, lastSeen } = remembered;
  const say = (code: AccountEvidence['code'], what: string) => [{ code, source: 'identity/memory', what }];
  if (joined.has(remembered.oid)) return [];
  if (remembered.oid !== oid) {
    return say('X3', `On ${lastSeen} the account was proved to be that of the object id ${remembered.oid}.`);
  }
  const what = `The account was proved to be the person’s (${code}) on ${lastSeen}.`;
  return say(isFresh(remembered, now) ? 'P5' : 'S4', what);
}

/** Whose an account is by what the row alone proves; undefined where it proves nobody, or two. */
export function provedOwner(
  identity: SignOnIdentity,
  { tenant, directory, mapped }: Pick<Circumstances, 'tenant' | 'directory' | 'mapped'>,
): { readonly oid: Oid; readonly code: 'P1' | 'P2' | 'P3' } | undefined {
  if (tenant === 'foreign') return undefined;
  const attributes = tenant === 'ours' ? objectIdsOf(identity) : [];
  const { named, external } = guidsOf(identity);
  // A GUID that is nobody's of the directory says nothing beside an attribute that names a person.
  const counts = (oid: Oid | undefined, established: boolean): oid is Oid =>
    oid !== undefined && established && (attributes.length === 0 || directory?.has(oid) === true);
  const claims = [
    ...attributes.map((oid) => ({ oid, code: 'P1' as const })),
    ...(counts(named, mapped.nameId && tenant === 'ours') ? [{ oid: named, code: 'P2' as const }] : []),
    ...(counts(external, mapped.externalId) ? [{ oid: external, code: 'P3' as const }] : []),
  ];
  const [first] = claims;
  return first !== undefined && claims.every(({ oid }) => oid === first.oid) ? first : undefined;
}
