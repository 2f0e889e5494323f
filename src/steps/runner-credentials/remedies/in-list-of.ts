import type { GitHubOrganisation } from '../../../connectors/github/index.ts';
import { failed, NO_TIME_NAMED, ok, type VendorFailure, type VendorResult } from '../../../connectors/result.ts';

interface ListOf<T> {
  readonly items: readonly T[];
  readonly failure?: VendorFailure;
}

/** Questions under way, by organisation, question and login. */
const asking = new WeakMap<GitHubOrganisation, Map<string, Promise<unknown>>>();

/**
 * The item in the list of its owner, undefined where it is gone. GitHub has no call for one of them. A login that
 * nobody has any more filters everything away (accounts are renamed when they are suspended): then the whole list
 * is searched, because an empty answer to a wrong question proves nothing.
 */
export async function inListOf<T>(
  organisation: GitHubOrganisation,
  login: string,
  list: { readonly name: string; readonly of: (login?: string) => Promise<ListOf<T>> },
  isWanted: (item: T) => boolean,
): Promise<VendorResult<T | undefined>> {
  const own = await shared(organisation, `${list.name} ${login}`, () => list.of(login));
  const found = own.items.find(isWanted);
  if (found !== undefined) return ok(found);
  if (own.failure !== undefined) return unlisted(own.failure);
  const taken = await shared(organisation, `login ${login}`, () => organisation.isLoginTaken(login));
  if (!taken.ok) return taken;
  if (taken.value) return ok(undefined);
  const all = await shared(organisation, list.name, () => list.of());
  const renamed = all.items.find(isWanted);
  return renamed === undefined && all.failure !== undefined ? unlisted(all.failure) : ok(renamed);
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
