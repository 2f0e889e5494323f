import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import type { VendorResult } from '../../result.ts';
import { act } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { list } from '../call/list.ts';

/** An invitation to the organisation that nobody has taken up: to an account, or to a mail address. */
export interface Invitation {
  readonly id: number;
  /** Null where it went to a mail address. */
  readonly login: string | null;
  readonly email: string | null;
  /** `direct_member`, `admin`, `billing_manager` or `hiring_manager`. */
  readonly role: string;
  readonly createdAt: string;
  readonly inviter: { readonly id: number; readonly login: string };
}

const Row = z
  .object({
    id: z.int(),
    login: z.string().nullable(),
    email: z.string().nullable(),
    role: z.string(),
    created_at: z.string(),
    inviter: z.object({ id: z.int(), login: z.string() }),
  })
  .transform(({ created_at: createdAt, ...row }): Invitation => ({ ...row, createdAt }));

/**
 * Invitations that are open. An organisation of managed users has none, and answers 404.
 * Source: docs.github.com/enterprise-cloud@latest/rest/orgs/members, "List pending organization invitations"
 */
export function listInvitations(client: GitHubClient): Promise<Listing<Invitation>> {
  const org = client.installation.organisation;
  return list(client, askedOf(org, 'the open invitations', 'read'), {
    path: '/orgs/{org}/invitations',
    parameters: { org },
    id: 'id',
    item: Row,
  });
}

/** Takes an invitation back; whoever got it is told so by GitHub. */
export function cancelInvitation(
  client: GitHubClient,
  invitationId: number,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const org = client.installation.organisation;
  return act(client, askedOf(org, `invitation ${invitationId}`, 'write'), (octokit) =>
    octokit.request('DELETE /orgs/{org}/invitations/{invitation_id}', { org, invitation_id: invitationId }),
  );
}

function askedOf(where: string, what: string, level: 'read' | 'write'): Asked {
  return { what, where, permission: `members=${level}` };
}
