import type { FineGrainedToken, SsoCredential } from '../../../src/connectors/github/credentials.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';

/** Fine-grained tokens of the leaver's accounts. The owner's id decides: a login may be somebody else's by now. */
export async function leaversFineGrainedTokens(
  client: GitHubOrganisation,
  accounts: readonly GitHubAccount[],
): Promise<Listing<FineGrainedToken>> {
  const lists = await Promise.all(accounts.map(({ login }) => client.listFineGrainedTokens(login)));
  const ids = new Set(accounts.map(({ id }) => id));
  const all = together(lists);
  return { ...all, items: all.items.filter(({ owner }) => ids.has(owner.id)) };
}

/**
 * Of everybody's credentials those of the leaver's accounts. Where that list broke off on the way, the accounts are
 * asked for by themselves: what is the leaver's must not wait for what explains others' tokens.
 */
export async function leaversSsoCredentials(
  client: GitHubOrganisation,
  { items, ...how }: Listing<SsoCredential>,
  accounts: readonly GitHubAccount[],
): Promise<Listing<SsoCredential>> {
  if (how.failure !== undefined && items.length > 0) {
    return together(await Promise.all(accounts.map(({ login }) => client.listSsoCredentials(login))));
  }
  const logins = new Set(accounts.map(({ login }) => login.toLowerCase()));
  return { ...how, items: items.filter(({ login }) => logins.has(login.toLowerCase())) };
}

function together<T>(lists: readonly Listing<T>[]): Listing<T> {
  const failure = lists.find((each) => each.failure !== undefined)?.failure;
  const items = lists.flatMap((each) => each.items);
  return failure === undefined ? { items } : { items, failure };
}
