import type { FineGrainedToken } from '../../../../src/connectors/github/credentials/credentials.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import type { GitHubAccount } from '../../../../src/people/leaver.ts';
import { loginToday, MOST_RENAMES, renamedTooOften } from '../../login-today.ts';

/** A credential and the account that holds it. */
export interface Held<T> {
  readonly item: T;
  readonly account: GitHubAccount;
}

/**
 * Fine-grained tokens of the leaver's accounts. GitHub's filter goes by login, which may be another one by now: an
 * answer counts only where the account still has that login afterwards. The owner's number decides whose a token is.
 */
export async function leaversFineGrainedTokens(
  client: GitHubOrganisation,
  accounts: readonly GitHubAccount[],
): Promise<Listing<Held<FineGrainedToken>>> {
  return together(await Promise.all(accounts.map((account) => tokensOf(client, account))));
}

async function tokensOf(client: GitHubOrganisation, account: GitHubAccount): Promise<Listing<Held<FineGrainedToken>>> {
  const held = ({ items, ...how }: Listing<FineGrainedToken>): Listing<Held<FineGrainedToken>> => ({
    ...how,
    items: items.filter(({ owner }) => owner.id === account.id).map((item) => ({ item, account })),
  });
  let { login } = account;
  for (let renames = 0; renames <= MOST_RENAMES; renames += 1) {
    const listed = await client.listFineGrainedTokens(login);
    if (listed.failure !== undefined) return held(listed);
    const today = await loginToday(client, { id: account.id, login });
    if (!today.ok) return { ...held(listed), failure: today.failure };
    // No login is sure: everybody's tokens name their owner's number.
    if (today.value === undefined) return held(await client.listFineGrainedTokens());
    if (today.value.toLowerCase() === login.toLowerCase()) return held(listed);
    login = today.value;
  }
  return { items: [], failure: renamedTooOften(account) };
}

/** Several lists as one; the first failure stands for all, and “not found” only where there is no other. */
export function together<T>(lists: readonly Listing<T>[]): Listing<T> {
  const failures = lists.flatMap((each) => each.failure ?? []);
  const failure = failures.find(({ kind }) => kind !== 'not-found') ?? failures[0];
  const items = lists.flatMap((each) => each.items);
  return failure === undefined ? { items } : { items, failure };
}
