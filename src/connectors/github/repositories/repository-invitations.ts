import * as z from 'zod';
import type { VendorResult } from '../../result.ts';
import type { RepositoryPlace } from '../actions/workflows.ts';
import { act } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { list, type TaggedListing } from '../call/list.ts';

const AccountSchema = z.strictObject({ id: z.int(), login: z.string() });

/** An invitation to one repository that nobody has accepted. */
export const RepositoryInvitationSchema = z.strictObject({
  id: z.int(),
  /** Null where it went to a mail address, which GitHub does not tell. */
  invitee: z.nullable(AccountSchema),
  inviter: z.nullable(AccountSchema),
  /** `read`, `write`, `maintain`, `triage` or `admin`. */
  permissions: z.string(),
  createdAt: z.string(),
  /** Nobody can accept it any more. */
  expired: z.boolean(),
});
export type RepositoryInvitation = Readonly<z.output<typeof RepositoryInvitationSchema>>;

const Account = z.object({ id: z.int(), login: z.string() });
const Row = z
  .object({
    id: z.int(),
    invitee: Account.nullable(),
    inviter: Account.nullable(),
    permissions: z.string(),
    created_at: z.string(),
    expired: z.boolean().optional(),
  })
  .transform(
    ({ created_at: createdAt, expired = false, ...row }): RepositoryInvitation => ({ ...row, createdAt, expired }),
  );

/**
 * The invitations of a repository; `unless` is the ETag of an earlier reading.
 * Source: docs.github.com/rest/collaborators/invitations, "List repository invitations"
 */
export function listRepositoryInvitations(
  client: GitHubClient,
  place: RepositoryPlace,
  unless?: string,
): Promise<TaggedListing<RepositoryInvitation>> {
  return list(client, askedOf(place, 'invitations', 'read'), {
    path: '/repos/{owner}/{repo}/invitations',
    parameters: parametersOf(place),
    id: 'id',
    item: Row,
    unless,
  });
}

/** Takes an invitation back. */
export function cancelRepositoryInvitationOf(
  client: GitHubClient,
  place: RepositoryPlace,
  invitationId: number,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  return act(client, askedOf(place, `invitation ${invitationId}`, 'write'), (octokit) =>
    octokit.request('DELETE /repos/{owner}/{repo}/invitations/{invitation_id}', {
      ...parametersOf(place),
      invitation_id: invitationId,
    }),
  );
}

function parametersOf({ organisation, repository }: RepositoryPlace): { owner: string; repo: string } {
  return { owner: organisation, repo: repository };
}

function askedOf({ organisation, repository }: RepositoryPlace, what: string, level: 'read' | 'write'): Asked {
  return { what, where: `${organisation}/${repository}`, permission: `administration=${level}`, repository: true };
}
