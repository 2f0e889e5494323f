import type { GitHub, GitHubOrganisation } from '../../../../connectors/github/index.ts';
import { failed, NO_TIME_NAMED, ok, type VendorFailure, type VendorResult } from '../../../../connectors/result.ts';
import type { TargetState } from '../../../define-remedy.ts';
import { readTarget, type Standing } from './github-target.ts';

interface ListOf<T> {
  readonly items: readonly T[];
  readonly failure?: VendorFailure;
}

/** Questions under way, by organisation and question. */
const asking = new WeakMap<GitHubOrganisation, Map<string, Promise<unknown>>>();

/** As often as an owner may be renamed while one question is asked; after that, everybody's list is searched. */
const MOST_RENAMES = 2;

/**
 * The item in the list of its owner, undefined where it is gone. GitHub has no call for one of them, and its lists go by
 * login. A login is a name: the account may have another by now, and somebody else may have claimed this one. So an empty
 * answer counts only where the account, asked for by its number, still has the login for which the list was asked.
 */
export async function inListOf<T>(
  organisation: GitHubOrganisation,
  owner: { readonly id: number; readonly login: string },
  list: { readonly name: string; readonly of: (login?: string) => Promise<ListOf<T>> },
  isWanted: (item: T) => boolean,
): Promise<VendorResult<T | undefined>> {
  let { login } = owner;
  for (let renames = 0; renames <= MOST_RENAMES; renames += 1) {
    const asked = login;
    const own = await shared(organisation, `${list.name} ${asked}`, () => list.of(asked));
    const found = own.items.find(isWanted);
    if (found !== undefined) return ok(found);
    if (own.failure !== undefined) return unlisted(own.failure);
    const today = await shared(organisation, `account ${owner.id}`, () => organisation.accountWithId(owner.id));
    if (!today.ok) return today;
    // Nobody is shown under that number: deleted, or a managed user that hides from us. No login is sure any more.
    if (today.value === undefined) break;
    if (today.value.login.toLowerCase() === asked.toLowerCase()) return ok(undefined);
    login = today.value.login;
  }
  const all = await shared(organisation, list.name, () => list.of());
  const found = all.items.find(isWanted);
  return found === undefined && all.failure !== undefined ? unlisted(all.failure) : ok(found);
}

/** How an item of its owner's list stands, as `readTarget` has it. Owners are named by their number, and by the login of the plan. */
export function readOwned<T, Expected>(
  github: GitHub,
  { organisation, ownerId, login }: { readonly organisation: string; readonly ownerId: number; readonly login: string },
  list: {
    readonly name: string;
    readonly of: (organisation: GitHubOrganisation, login?: string) => Promise<ListOf<T>>;
  },
  isWanted: (item: T) => boolean,
  standingOf: (item: T) => Standing<Expected>,
): Promise<VendorResult<TargetState<Expected>>> {
  return readTarget(
    github,
    organisation,
    (there) =>
      inListOf(there, { id: ownerId, login }, { name: list.name, of: (asked) => list.of(there, asked) }, isWanted),
    (item) => item && standingOf(item),
  );
}

/** The same in a list of everybody, whose rows name what they are by a number that is given once. */
export function inWholeList<T>(
  { items, failure }: ListOf<T>,
  isWanted: (item: T) => boolean,
): VendorResult<T | undefined> {
  const found = items.find(isWanted);
  return found === undefined && failure !== undefined ? unlisted(failure) : ok(found);
}

/** Reads that ask for the same thing at the same moment share one answer. */
function shared<T>(organisation: GitHubOrganisation, question: string, ask: () => Promise<T>): Promise<T> {
  const open = asking.get(organisation) ?? new Map<string, Promise<unknown>>();
  asking.set(organisation, open);
  const known = open.get(question) as Promise<T> | undefined;
  if (known !== undefined) return known;
  const asked = ask().finally(() => open.delete(question));
  open.set(question, asked);
  return asked;
}

/** A list that is not there says nothing about what stood in it. */
function unlisted<T>(failure: VendorFailure): VendorResult<T> {
  if (failure.kind !== 'not-found') return failed(failure);
  return failed({ ...failure, kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED });
}
