import * as z from 'zod';
import { failed, NO_TIME_NAMED, ok, type VendorResult } from '../../result.ts';
import { act, ask } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { accountWithId, accountWithLogin } from './users.ts';

/** How an account stands in an organisation. */
export interface Membership {
  /** The login of today, by which GitHub takes the membership away. */
  readonly login: string;
  /** `admin` owns the organisation. */
  readonly role: string;
  /** `pending`: invited, and not there yet. */
  readonly state: string;
  /** Teams of the enterprise that let the account in, whatever becomes of its own membership. */
  readonly enterpriseTeams: readonly string[];
  /** False where those teams alone let it in. */
  readonly direct: boolean;
}

const Shape = z.object({
  state: z.string(),
  role: z.string(),
  direct_membership: z.boolean().nullish(),
  enterprise_teams_providing_indirect_membership: z.array(z.string()).nullish(),
  user: z.object({ id: z.int(), login: z.string() }),
});

/** As often as an account may be renamed while one question is asked. */
const MOST_RENAMES = 2;

/**
 * The membership of the account with this number; undefined where it has none. GitHub asks for a login, which may be
 * somebody else's by now: an answer counts where it names the number, and “none” where the account had that login before
 * and after. Source: docs.github.com/rest/orgs/members, "Get organization membership for a user"
 */
export async function membershipOf(
  client: GitHubClient,
  { id, login: known }: { readonly id: number; readonly login: string },
): Promise<VendorResult<Membership | undefined>> {
  const org = client.installation.organisation;
  const asked = askedOf(org, `the membership of the account ${known} (${id})`, 'read');
  let login = await loginOf(client, id, known);
  for (let renames = 0; renames <= MOST_RENAMES; renames += 1) {
    if (!login.ok) return login;
    const username = login.value;
    if (username === undefined) break;
    const answer = await ask(client, asked, Shape, (octokit) =>
      octokit.request('GET /orgs/{org}/memberships/{username}', { org, username }),
    );
    if (answer.ok && answer.value.user.id === id) return ok(membership(answer.value), answer.requestId);
    if (!answer.ok && answer.failure.kind !== 'not-found') return answer;
    const now = await loginOf(client, id, username);
    if (!answer.ok && now.ok && now.value?.toLowerCase() === username.toLowerCase()) return ok(undefined);
    login = now;
  }
  const message = `The GitHub account ${known} (${id}) has no login that holds still, by which its membership of ${org} could be asked for.`;
  return failed({ kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message });
}

/** Of an account that GitHub hides from us (a managed user) the login that is known, unless somebody else is shown under it. */
async function loginOf(client: GitHubClient, id: number, known: string): Promise<VendorResult<string | undefined>> {
  const account = await accountWithId(client, id);
  if (!account.ok) return account;
  if (account.value !== undefined) return ok(account.value.login);
  const holder = await accountWithLogin(client, known);
  if (!holder.ok) return holder;
  return ok(holder.value === undefined || holder.value.id === id ? known : undefined);
}

function membership(row: z.output<typeof Shape>): Membership {
  return {
    login: row.user.login,
    role: row.role,
    state: row.state,
    enterpriseTeams: row.enterprise_teams_providing_indirect_membership ?? [],
    direct: row.direct_membership ?? true,
  };
}

/** Takes the account’s own membership away; teams of the enterprise that let it in keep it there. */
export function removeMembership(
  client: GitHubClient,
  username: string,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const org = client.installation.organisation;
  return act(client, askedOf(org, `the membership of ${username}`, 'write'), (octokit) =>
    octokit.request('DELETE /orgs/{org}/memberships/{username}', { org, username }),
  );
}

/** Takes an outside collaborator out of every repository of the organisation. */
export function removeOutsideCollaborator(
  client: GitHubClient,
  username: string,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const org = client.installation.organisation;
  return act(client, askedOf(org, `the outside collaborator ${username}`, 'write'), (octokit) =>
    octokit.request('DELETE /orgs/{org}/outside_collaborators/{username}', { org, username }),
  );
}

function askedOf(where: string, what: string, level: 'read' | 'write'): Asked {
  return { what, where, permission: `members=${level}` };
}
