import type { Listed } from '../../src/connectors/github/ask.ts';
import type { GitHubClient } from '../../src/connectors/github/client.ts';
import { isLoginTaken } from '../../src/connectors/github/users.ts';
import { failed, NO_TIME_NAMED, ok, type VendorFailure, type VendorResult } from '../../src/connectors/result.ts';

type ListOf<T> = (client: GitHubClient, login?: string) => Promise<Listed<T>>;

/** Questions under way, by client, function and login. */
const asking = new WeakMap<GitHubClient, Map<unknown, Map<string, Promise<unknown>>>>();

/**
 * The item in the list of its owner, undefined where it is gone. GitHub has no call for one of them. A login that
 * nobody has any more filters everything away (accounts are renamed when they are suspended): then the whole list
 * is searched, because an empty answer to a wrong question proves nothing.
 */
export async function inListOf<T>(
  client: GitHubClient,
  login: string,
  listOf: ListOf<T>,
  isWanted: (item: T) => boolean,
): Promise<VendorResult<T | undefined>> {
  const own = await shared(client, listOf, login, () => listOf(client, login));
  const found = own.items.find(isWanted);
  if (found !== undefined) return ok(found);
  if (own.failure !== undefined) return unlisted(own.failure);
  const taken = await shared(client, isLoginTaken, login, () => isLoginTaken(client, login));
  if (!taken.ok) return taken;
  if (taken.value) return ok(undefined);
  const all = await shared(client, listOf, '', () => listOf(client));
  const renamed = all.items.find(isWanted);
  return renamed === undefined && all.failure !== undefined ? unlisted(all.failure) : ok(renamed);
}

/** Reads that ask for the same thing at the same moment share one answer. */
function shared<T>(client: GitHubClient, about: unknown, login: string, ask: () => Promise<T>): Promise<T> {
  const byQuestion = asking.get(client) ?? new Map<unknown, Map<string, Promise<unknown>>>();
  asking.set(client, byQuestion);
  const open = byQuestion.get(about) ?? new Map<string, Promise<unknown>>();
  byQuestion.set(about, open);
  const known = open.get(login) as Promise<T> | undefined;
  if (known !== undefined) return known;
  const asked = ask().finally(() => open.delete(login));
  open.set(login, asked);
  return asked;
}

/** A list that is not there says nothing about what stood in it. */
function unlisted<T>(failure: VendorFailure): VendorResult<T> {
  if (failure.kind !== 'not-found') return failed(failure);
  return failed({ ...failure, kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED });
}
