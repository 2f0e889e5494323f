import type { Leaver } from '../people/leaver.ts';
import { accountWritten, isFirmsDomain, isOwnAddress, type OfFirm } from '../people/names/account-name.ts';
import { isNameOf, leaverNames } from '../people/names/leaver-names.ts';
import { parseOid } from '../people/oid.ts';
import type { TokenHit } from './detector/token-hit.ts';
import type { OwnerSign } from './owner-sign.ts';
import { redactedStart } from './redact-secrets.ts';

export interface ResolvedPerson {
  readonly leaver: Pick<Leaver, 'oid' | 'displayName' | 'givenName' | 'github' | 'devops' | 'othersAccounts'> & OfFirm;
  /** The tenant in which object ids name our people. */
  readonly tenantId: string;
}

/** What a token says of its holder: proof, a name, or nothing. */
export type ClaimsSay =
  | { readonly kind: 'leaver'; readonly why: string }
  | { readonly kind: 'someone-else'; readonly whom: string; readonly why: string }
  | { readonly kind: 'named'; readonly sign: OwnerSign }
  | { readonly kind: 'nothing' };

const NAMES = ['upn', 'preferred_username', 'unique_name', 'email'] as const;

/** Issuers of Entra's, in all its clouds, before the id of the tenant. */
const ENTRA =
  /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net|sts\.chinacloudapi\.cn)\/([^/]+)\//;

/**
 * An object id in our tenant proves whose a token is (of a SAS it is `skoid`, the one who signed it). In another
 * tenant the leaver has other ids, and an issuer of one's own writes what one likes, so that neither disproves
 * anything. Names are given to others again.
 * Source: learn.microsoft.com/entra/identity-platform/access-token-claims-reference ("don't use … for authorization")
 */
export function whatClaimsSay(
  token: Pick<TokenHit, 'type' | 'claims' | 'holder'>,
  { leaver, tenantId }: ResolvedPerson,
): ClaimsSay {
  const { claims = {}, holder } = token;
  const oid = claims.oid === undefined ? undefined : parseOid(claims.oid);
  if (oid === leaver.oid) return { kind: 'leaver', why: 'it names the leaver’s object id' };
  const tenant = tenantNamedIn(token);
  if (oid !== undefined && tenant?.toLowerCase() === tenantId.toLowerCase()) {
    // An application's token is told by its format, and needs nobody's attention either.
    if (holder === 'service') return { kind: 'nothing' };
    return { kind: 'someone-else', whom: `the object ${oid}`, why: `it names the object id ${oid}` };
  }
  const names = NAMES.flatMap((claim) => {
    const name = claims[claim];
    return name === undefined ? [] : [{ claim, name: name.toLowerCase(), told: told(name) }];
  });
  const ours = names.find(({ name }) => isLeavers(name, leaver));
  if (ours !== undefined)
    return named('strong', `its claim ${ours.claim} is the leaver’s name ${ours.told}, which is no proof`);
  const alike = names.find(({ name }) => isNameOf(accountWritten(name).name, leaverNames(leaver)));
  if (alike !== undefined)
    return named('weak', `its claim ${alike.claim} is ${alike.told}, which is like the leaver’s name`);
  const [other] = names;
  if (other !== undefined) return named('against', `its claim ${other.claim} names ${other.told}, which is no proof`);
  return { kind: 'nothing' };
}

/** The tenant in which a token's object id names somebody; undefined where no issuer of Entra's says so. */
export function tenantNamedIn({ type, claims = {} }: Pick<TokenHit, 'type' | 'claims'>): string | undefined {
  const { iss = '', tid } = claims;
  return type === 'jwt' ? ENTRA.exec(iss)?.[1] : tid;
}

/** Anybody can sign a token with any text in it. */
function told(name: string): string {
  return redactedStart(name, 100);
}

function named(strength: OwnerSign['strength'], why: string): ClaimsSay {
  return { kind: 'named', sign: { strength, why, access: false } };
}

/**
 * A whole address is the leaver's; of an issuer that names people without one, the name alone, or with the firm's domain
 * on premises before it. An account of another domain is only called alike.
 */
function isLeavers(name: string, leaver: ResolvedPerson['leaver']): boolean {
  if (name.includes('@')) return isOwnAddress(name, leaver);
  const { name: account, domain } = accountWritten(name);
  if (domain !== undefined && !isFirmsDomain(domain, leaver)) return false;
  return isNameOf(account, leaverNames(leaver));
}
