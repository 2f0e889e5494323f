import { carriesName } from '../people/machine-names.ts';
import type { OwnerSign } from './owner-sign.ts';
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

function sign(strength: OwnerSign['strength'], why: string, access = false): OwnerSign {
  return { strength, why, access };
}
