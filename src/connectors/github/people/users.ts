import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import { ask } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import { list } from '../call/list.ts';
import type { Account } from './external-identities.ts';

const AccountShape = z.object({ id: z.int(), login: z.string(), type: z.string().optional() });

/**
 * The account with this number under its login of today; undefined where GitHub shows none: it was deleted, or it is a
 * managed user of an enterprise that we do not belong to.
 */
export async function accountWithId(client: GitHubClient, id: number): Promise<VendorResult<Account | undefined>> {
  const asked = { what: `the account with the number ${id}`, where: 'GitHub' };
  // An answer about another account is no answer.
  const shape = AccountShape.refine((account) => account.id === id, { path: ['id'] });
  const answer = await ask(client, asked, shape, (octokit) =>
    octokit.request('GET /user/{account_id}', { account_id: id }),
  );
  if (answer.ok) return ok(answer.value, answer.requestId);
  return answer.failure.kind === 'not-found' ? ok(undefined) : answer;
}

/** Whose this login is now; undefined for a name that anybody may claim. Another number than before means: renamed. */
export async function accountWithLogin(
  client: GitHubClient,
  login: string,
): Promise<VendorResult<Account | undefined>> {
  const asked = { what: `the account ${login}`, where: 'GitHub' };
  const answer = await ask(client, asked, AccountShape, (octokit) =>
    octokit.request('GET /users/{username}', { username: login }),
  );
  if (answer.ok) return ok(answer.value, answer.requestId);
  return answer.failure.kind === 'not-found' ? ok(undefined) : answer;
}

const ProfileShape = AccountShape.extend({ name: z.string().nullish(), avatar_url: z.string().optional() });

/** An account as somebody recognises it: by its name and its picture. */
export interface Profile extends Account {
  readonly name?: string;
  readonly avatarUrl?: string;
}

/** The account of a login, or of a number written in digits, as it is today; undefined where GitHub shows none. */
export async function profileOf(
  client: GitHubClient,
  named: { readonly login: string } | { readonly id: number },
): Promise<VendorResult<Profile | undefined>> {
  const asked = { what: `the account ${'login' in named ? named.login : named.id}`, where: 'GitHub' };
  const shape = ProfileShape.refine((account) => 'login' in named || account.id === named.id, { path: ['id'] });
  const answer = await ask(client, asked, shape, (octokit) =>
    'login' in named
      ? octokit.request('GET /users/{username}', { username: named.login })
      : octokit.request('GET /user/{account_id}', { account_id: named.id }),
  );
  if (!answer.ok) return answer.failure.kind === 'not-found' ? ok(undefined) : answer;
  const { name, avatar_url: avatarUrl, ...account } = answer.value;
  return ok({ ...account, ...(name && { name }), ...(avatarUrl && { avatarUrl }) }, answer.requestId);
}

/** Accounts that are let into single repositories without being members. */
export async function listOutsideCollaborators(client: GitHubClient): Promise<Listing<Account>> {
  const org = client.installation.organisation;
  return list(
    client,
    { what: 'the outside collaborators', where: org, permission: 'members=read' },
    { path: '/orgs/{org}/outside_collaborators', parameters: { org }, id: 'id', item: AccountShape },
  );
}
