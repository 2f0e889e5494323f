import { leaverNames, namedAfter } from '../people/names/leaver-names.ts';
import type { FoundToken, TokenHit } from './detector/token-hit.ts';
import type { OwnerSign } from './owner-sign.ts';
import { type ResolvedPerson, whatClaimsSay } from './whose-claims.ts';
import { type CredentialPlace, signsOfPlace } from './whose-place.ts';

/**
 * Whose a found credential is. `leaver`, `someone-else` and `service` are proved. `likely`: a sign points to the
 * leaver, and a sign is no proof. `unknown`: nothing tells, so that it may be the leaver's. Every answer has its
 * reasons in words.
 */
export type Ownership =
  | {
      readonly owner: 'leaver';
      readonly proof: OwnerProof;
      readonly reasons: readonly string[];
      /** What single sign-on lists it as, in every organisation. */
      readonly listed?: readonly Pick<ListedCredential, 'organisation' | 'credentialId'>[];
    }
  | { readonly owner: 'likely'; readonly reasons: readonly string[] }
  | { readonly owner: 'someone-else'; readonly whom: string; readonly reasons: readonly string[] }
  | { readonly owner: 'service'; readonly inLeaversHands: boolean; readonly reasons: readonly string[] }
  /** `pointsToLeaver`: something does, too weak to say more, or beside something that speaks against it. */
  | { readonly owner: 'unknown'; readonly pointsToLeaver: boolean; readonly reasons: readonly string[] };

/** What alone proves whose a credential is: an id that the issuer wrote into it, or the issuer's own list. */
export type OwnerProof = 'object-id' | 'sign-on-list';

/** A credential that an organisation's single sign-on lists, with its owner. Compared in memory only. */
export interface ListedCredential {
  readonly organisation: string;
  readonly credentialId: number;
  readonly login: string;
  /** The number of the account that holds it, where that is one of the leaver's: a login alone is nobody's for good. */
  readonly ownerId?: number;
  readonly tokenLastEight?: string;
}

/** What is known of people and their credentials, whichever vendor told it. */
export interface Known extends ResolvedPerson {
  /** The single sign-on credentials of whole organisations. What is missing here explains nothing. */
  readonly credentials: readonly ListedCredential[];
}

/** What is kept of a hit: not where it stands in a text that is gone. */
export type KeptHit = Omit<TokenHit, 'start' | 'end'>;

/** A credential that ends like a token, and whether it is this very token. */
export interface AlikeCredential {
  readonly organisation: string;
  readonly credentialId: number;
  readonly same: boolean;
}

/** A found token as far as its owner can be told: with what may be compared in memory, or with what it was compared to. */
export type OwnableToken = { readonly hit: KeptHit } & (
  | Pick<FoundToken, 'lastEight'>
  | { readonly alike: readonly AlikeCredential[] }
);

/**
 * The one rule for every format, vendor and kind of place. What proves comes first, whatever the place is called;
 * a name, wherever it stands, is never proof: people choose and inherit names, and share them.
 */
export function ownershipOf(token: OwnableToken, place: CredentialPlace, known: Known): Ownership {
  const { hit } = token;
  const claims = whatClaimsSay(hit, known);
  if (claims.kind === 'leaver') return { owner: 'leaver', proof: 'object-id', reasons: [claims.why] };
  if (claims.kind === 'someone-else') return { owner: 'someone-else', whom: claims.whom, reasons: [claims.why] };
  const listed = hit.holder === 'personal' ? listedAs(token, known) : undefined;
  if (listed !== undefined) return listed;

  const signs = signsOfPlace(place, known);
  const all: readonly OwnerSign[] = claims.kind === 'named' ? [claims.sign, ...signs] : signs;
  if (hit.holder === 'service') return serviceIn(all);
  const reasons = all.map(({ why }) => why);
  // A token that names somebody else is not made the leaver's by the place in which it stands.
  const against = all.some(({ strength }) => strength === 'against');
  if (!against && all.some(({ strength }) => strength === 'strong')) return { owner: 'likely', reasons };
  const nothing = hit.holder === 'personal' ? 'its format is a person’s' : 'its format says nothing of its holder';
  return {
    owner: 'unknown',
    pointsToLeaver: all.some(({ strength }) => strength !== 'against'),
    reasons: [`${nothing}, and nothing proves whose it is`, ...reasons],
  };
}

/** Whether the lists of single sign-on could tell whose one of these is: GitHub lists only what people hold there. */
export function explainedBySignOn(found: readonly { readonly hit: Pick<TokenHit, 'type' | 'holder'> }[]): boolean {
  return found.some(({ hit }) => isGitHubs(hit) && hit.holder === 'personal');
}

function isGitHubs({ type }: Pick<TokenHit, 'type'>): boolean {
  return type.startsWith('github-');
}

/** The last eight characters of a token are 47 bits, of which chance does not make two. */
function listedAs(token: OwnableToken, { credentials, leaver }: Known): Ownership | undefined {
  if (!isGitHubs(token.hit)) return undefined;
  const listed = credentials.filter((credential) => isSame(token, credential));
  const [first] = listed;
  if (first === undefined) return undefined;
  const accountOf = ({ ownerId }: ListedCredential) => leaver.github.find(({ id }) => id === ownerId);
  const others = listed.find((credential) => accountOf(credential) === undefined);
  const own = listed.find((credential) => accountOf(credential) !== undefined);
  if (own === undefined) return ofAnotherLogin(first, leaver);
  const why = `single sign-on of ${own.organisation} lists it as the leaver’s credential ${own.credentialId}`;
  if (others !== undefined) {
    return { owner: 'likely', reasons: [why, `${others.login} has a credential that ends alike`] };
  }
  if (accountOf(own)?.confidence !== 'proved') {
    return { owner: 'likely', reasons: [why, `it is not proved that the account ${own.login} is the leaver’s`] };
  }
  return { owner: 'leaver', proof: 'sign-on-list', reasons: [why], listed };
}

function isSame(token: OwnableToken, { organisation, credentialId, tokenLastEight }: ListedCredential): boolean {
  if ('lastEight' in token) return tokenLastEight === token.lastEight;
  return token.alike.some(
    (each) => each.same && each.organisation === organisation && each.credentialId === credentialId,
  );
}

/**
 * A listed credential of a login that is not among the leaver's accounts. That proves somebody else only where the
 * leaver's account is known: without one, or under a login that carries the leaver's name, it may be theirs.
 */
function ofAnotherLogin({ organisation, credentialId, login }: ListedCredential, leaver: Known['leaver']): Ownership {
  const why = `single sign-on of ${organisation} lists it as credential ${credentialId} of ${login}`;
  const others = leaver.othersAccounts?.find((each) => each.login.toLowerCase() === login.toLowerCase());
  if (others !== undefined) return { owner: 'someone-else', whom: login, reasons: [why, others.whose] };
  if (namedAfter(login, leaverNames(leaver)) === 'theirs') {
    return { owner: 'likely', reasons: [why, `the login ${login} is named after the leaver`] };
  }
  if (leaver.github.some(({ confidence }) => confidence === 'proved')) {
    return { owner: 'someone-else', whom: login, reasons: [why] };
  }
  const unsure = 'no account of the leaver is proved, so that this one may be theirs';
  return { owner: 'unknown', pointsToLeaver: true, reasons: [why, unsure] };
}

/** A service's token belongs to no person, but a person who could read it may have kept a copy. */
function serviceIn(signs: readonly OwnerSign[]): Ownership {
  const held = signs.filter(({ strength, access }) => strength === 'strong' || access);
  const reasons = ['it acts as no person', ...held.map(({ why }) => why)];
  return { owner: 'service', inLeaversHands: held.length > 0, reasons };
}
