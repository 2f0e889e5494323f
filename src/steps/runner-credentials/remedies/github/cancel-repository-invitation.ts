import * as z from 'zod';
import { defineRemedy } from '../../../define-remedy.ts';
import { actOn, readTarget, SIGNED } from './github-target.ts';
import { inWholeList } from './in-list-of.ts';

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
      async (there) =>
        inWholeList(
          await there.listRepositoryInvitations({ organisation, repository }),
          ({ id }) => id === invitationId,
        ),
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
