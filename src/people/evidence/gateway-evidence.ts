import { addressesOf, type Leaver } from '../leaver.ts';
import { wordsOf } from '../names/leaver-names.ts';
import { parseGuid } from '../oid.ts';
import type { AccountEvidence } from './evidence.ts';

/** A user of the gateway's developer portal, as far as it may be somebody's. */
export interface PortalUser {
  readonly email: string;
  readonly personName: string;
  readonly identities: readonly { readonly provider: string; readonly id: string }[];
}

const SOURCE = 'gateway/users';
/**
 * Of Entra. `Azure` is that of whoever made the service in the portal, whose id may be a mail address; an identity of
 * Azure AD B2C is one of another directory.
 */
const ENTRA = new Set(['aad', 'azure']);

/**
 * What says that a user of the developer portal is the person's. The object id proves it; a mail address is a name that
 * is given to the next person, and nothing here tells when it was given.
 * Source: learn.microsoft.com/rest/api/apimanagement/user, UserIdentityContract; that the id of an identity of Entra is
 * the object id is not written there (`strangeIdentities`).
 */
export function gatewayUserEvidence(user: PortalUser, leaver: Leaver): AccountEvidence[] {
  const say = (code: AccountEvidence['code'], what: string): AccountEvidence => ({ code, source: SOURCE, what });
  const ids = entraIdentities(user).flatMap(({ id }) => parseGuid(id) ?? []);
  const mail = addressesOf(leaver).includes(user.email);
  const names = namesAgree(user.personName, leaver);
  return [
    ...(ids.includes(leaver.oid) ? [say('P7', 'Its identity of Entra is the person’s object id.')] : []),
    ...(mail ? [say('W1', `Its mail address is ${user.email}, one of the person’s.`)] : []),
    ...(names ? [say('W2', `It is called ${user.personName}, as the person is.`)] : []),
    ...((mail || names) && ids.length > 0 && !ids.includes(leaver.oid)
      ? [say('X2', `Its identity of Entra is another object id (${ids.join(', ')}).`)]
      : []),
  ];
}

/** Users whose identity of Entra is no object id: of them nobody can tell by it whose they are. */
export function strangeIdentities(users: readonly PortalUser[]): number {
  const isStrange = ({ provider, id }: PortalUser['identities'][number]): boolean =>
    provider.toLowerCase() === 'aad' && parseGuid(id) === undefined;
  return users.filter(({ identities }) => identities.some(isStrange)).length;
}

/** Whether somebody else signs in as the same user: it has the identities of several people. */
export function isShared(user: Pick<PortalUser, 'identities'>): boolean {
  return new Set(entraIdentities(user).flatMap(({ id }) => parseGuid(id) ?? [])).size > 1;
}

function entraIdentities({ identities }: Pick<PortalUser, 'identities'>): PortalUser['identities'] {
  return identities.filter(({ provider }) => ENTRA.has(provider.toLowerCase()));
}

function namesAgree(name: string, { givenName, familyName }: Leaver): boolean {
  const wanted = [...wordsOf(givenName ?? ''), ...wordsOf(familyName ?? '')];
  const words = wordsOf(name);
  return (givenName ?? '') !== '' && (familyName ?? '') !== '' && wanted.every((word) => words.includes(word));
}
