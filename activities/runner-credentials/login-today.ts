import type { GitHubOrganisation } from '../../src/connectors/github/index.ts';
import { NO_TIME_NAMED, ok, type VendorFailure, type VendorResult } from '../../src/connectors/result.ts';

/** As often as an account may be renamed while one list is read. */
export const MOST_RENAMES = 2;

/**
 * The login that an account has now, by its number. Undefined where GitHub shows no such account and the login is
 * somebody else's, so that no list by login says anything of it. A managed user that hides from us keeps the login under
 * which the organisation just named it, as long as nobody else is shown under it.
 */
export async function loginToday(
  client: Pick<GitHubOrganisation, 'accountWithId' | 'accountWithLogin'>,
  { id, login }: { readonly id: number; readonly login: string },
): Promise<VendorResult<string | undefined>> {
  const account = await client.accountWithId(id);
  if (!account.ok) return account;
  if (account.value !== undefined) return ok(account.value.login);
  const holder = await client.accountWithLogin(login);
  if (!holder.ok) return holder;
  return ok(holder.value === undefined || holder.value.id === id ? login : undefined);
}

export function renamedTooOften({ id, login }: { readonly id: number; readonly login: string }): VendorFailure {
  const message = `The GitHub account ${login} (${id}) was renamed again and again while its credentials were listed.`;
  return { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message };
}

export function withoutLogin({ id, login }: { readonly id: number; readonly login: string }): VendorFailure {
  const message = `The GitHub account ${login} (${id}) has no login any more by which its credentials could be listed.`;
  return { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message };
}
