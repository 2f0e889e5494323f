import { isKnown } from '../people/leaver.ts';
import { accountWritten, isOwnAddress } from '../people/names/account-name.ts';
import { carriesName } from '../people/names/carries-name.ts';
import { isNameOf, leaverNames } from '../people/names/leaver-names.ts';
import type { OwnerSign } from './owner-sign.ts';
import { redactedStart } from './redact-secrets.ts';
import type { ResolvedPerson } from './whose-claims.ts';

/**
 * A place where a credential was found, as far as that may tell whose it is. Vendors are not in it: the same place
 * gives the same answer wherever it is.
 */
export interface CredentialPlace {
  /** Name of the variable or capability that holds it. */
  readonly variable?: string;
  /** What the variable stands in, and what that is called: a pipeline, a group, an agent, a file, a repository. */
  readonly container: { readonly what: string; readonly names: readonly string[] };
  /** Who made the container. Descriptors and sign-in names; no vendor records who wrote a single variable. */
  readonly writtenBy?: readonly string[];
  readonly lastEditedBy?: readonly string[];
  /** The credential stands on a machine that its own signs call the leaver's. */
  readonly onLeaversMachine?: boolean;
  /** Another credential in the container is proved to be the leaver's. */
  readonly besideLeavers?: boolean;
  /** Whom the tool that keeps the credential calls signed in: a login, a sign-in name, or what it calls everybody. */
  readonly account?: string;
  /** What single sign-on lists of the leaver’s, and ends in the same four characters, where no more of it is known. */
  readonly endsLike?: string;
}

/** The signs of a place. The last editor of a shared container need not have written what was there before. */
export function signsOfPlace(place: CredentialPlace, { leaver }: ResolvedPerson): OwnerSign[] {
  const accounts = new Set(leaver.devops.map(({ descriptor }) => descriptor));
  const upn = leaver.userPrincipalName?.toLowerCase();
  const isLeaver = (who: string): boolean => accounts.has(who) || who.toLowerCase() === upn;
  const { what } = place.container;
  const signs: OwnerSign[] = [];
  if (place.onLeaversMachine === true) signs.push(sign('strong', `the ${what} runs on the leaver’s machine`, true));
  if (place.writtenBy?.some(isLeaver)) signs.push(sign('strong', `the leaver made the ${what}`, true));
  else if (place.lastEditedBy?.some(isLeaver)) signs.push(sign('weak', `the leaver edited the ${what} last`, true));
  if (place.besideLeavers === true) signs.push(sign('weak', `a token of the leaver stands in the same ${what}`, true));
  if (place.account !== undefined) signs.push(...signsOfAccount(place.account, leaver));
  if (place.endsLike !== undefined) signs.push(sign('weak', `${place.endsLike} ends in the same four characters`));
  const called = place.variable === undefined ? [] : [{ name: place.variable, of: 'the variable' }];
  const within = place.container.names.map((name) => ({ name, of: `the ${what}` }));
  for (const { name, of } of [...called, ...within]) {
    const after = carriesName(name, leaver);
    if (after === 'theirs') signs.push(sign('strong', `${of} is named after the leaver`));
    if (after === 'perhaps') signs.push(sign('weak', `${of} has a name of the leaver’s, which others may have`));
    if (after === 'among-others') signs.push(sign('weak', `${of} has the leaver’s name among other words`));
  }
  return signs;
}

/**
 * Whoever wrote the file chose the name in it. It speaks for the leaver and never against: tools call everybody `git`.
 */
function signsOfAccount(account: string, leaver: ResolvedPerson['leaver']): OwnerSign[] {
  const told = `the tool that keeps it calls ${redactedStart(account, 100)} signed in`;
  if (isOwnAddress(account, leaver)) return [sign('strong', `${told}, a sign-in name of the leaver’s`, true)];
  const login = account.toLowerCase();
  const own = leaver.github.find((each) => each.login.toLowerCase() === login);
  if (own !== undefined) {
    if (isKnown(own)) return [sign('strong', `${told}, the leaver’s login`, true)];
    return [sign('weak', `${told}, a login that may be the leaver’s`, true)];
  }
  const former = leaver.github.some(({ formerLogins = [] }) =>
    formerLogins.some((each) => each.login.toLowerCase() === login),
  );
  if (former) return [sign('weak', `${told}, a login that the leaver had before`, true)];
  const alike = isNameOf(accountWritten(account).name, leaverNames(leaver));
  return alike ? [sign('weak', `${told}, which is like the leaver’s name`, true)] : [];
}

function sign(strength: OwnerSign['strength'], why: string, access = false): OwnerSign {
  return { strength, why, access };
}
