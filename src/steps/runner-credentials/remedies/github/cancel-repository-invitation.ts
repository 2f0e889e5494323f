import * as z from 'zod';
import type { RepositoryInvitation } from '../../../../connectors/github/repositories/repository-invitations.ts';
import type { Listing } from '../../../../connectors/listing.ts';
import { failed, NO_TIME_NAMED, ok, type VendorResult } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { actOn, readTarget, SIGNED } from './github-target.ts';

/** One of a list; a list that is not there says nothing about what stood in it. */
function inList(
  { items, failure }: Listing<RepositoryInvitation>,
  invitationId: number,
): VendorResult<RepositoryInvitation | undefined> {
  const found = items.find(({ id }) => id === invitationId);
  if (found !== undefined || failure === undefined) return ok(found);
  return failed(
    failure.kind === 'not-found' ? { ...failure, kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED } : failure,
  );
}

/** Takes back an invitation to one repository that the leaver could still accept. */
export const cancelRepositoryInvitation = defineRemedy({
  kind: 'cancel-repository-invitation',
  system: 'github',
  call: z.strictObject({
    kind: z.literal('cancel-repository-invitation'),
    organisation: z.string(),
    repository: z.string(),
    invitationId: z.int(),
    /** Whom it is for, by the number of the account, and with what permission. */
    expected: z.strictObject({ inviteeId: z.nullable(z.int()), permissions: z.string() }),
  }),
  risk: 'safe',
  words: {
    noun: ['invitation to a repository', 'invitations to repositories'],
    done: 'cancelled',
    ability: 'cancel invitations to repositories',
    before: ({ organisation, repository, invitationId, expected }, _names: undefined) =>
      `Cancel invitation ${invitationId}, which lets the leaver’s account (${expected.inviteeId}) into ${organisation}/${repository}.`,
    impact: 'Nothing: an invitation that nobody accepted opens nothing.',
  },
  permissions: [SIGNED, 'remover/github/administration=write'],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 3 * length, writes: length }],
  ends: 'token',
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: ({ github }, { organisation, repository, invitationId }) =>
    readTarget(
      github,
      organisation,
      async (there) => inList(await there.listRepositoryInvitations({ organisation, repository }), invitationId),
      (invitation) => {
        // One that has lapsed can be accepted by nobody.
        if (invitation === undefined || invitation.expired) return undefined;
        const { invitee, permissions } = invitation;
        return { image: { ...invitation }, now: { inviteeId: invitee?.id ?? null, permissions } };
      },
    ),
  act: ({ github }, { organisation, repository, invitationId }) =>
    actOn(github, organisation, (there) =>
      there.cancelRepositoryInvitationOf({ organisation, repository }, invitationId),
    ),
  restore: {
    by: 'hand',
    undo: 'An administrator of the repository invites them again; an invitation gives nothing before it is accepted.',
  },
});
