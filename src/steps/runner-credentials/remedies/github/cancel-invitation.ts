import * as z from 'zod';
import { defineRemedy } from '../../../define-remedy.ts';
import { actOn, readTarget, SIGNED } from './github-target.ts';
import { inWholeList } from './in-list-of.ts';

/** Takes back an invitation that the leaver could still accept. */
export const cancelInvitation = defineRemedy({
  kind: 'cancel-invitation',
  system: 'github',
  call: z.strictObject({
    kind: z.literal('cancel-invitation'),
    organisation: z.string(),
    invitationId: z.int(),
    /** Whom it is for, and as what: an account, or a mail address. */
    expected: z.strictObject({ login: z.nullable(z.string()), email: z.nullable(z.string()), role: z.string() }),
  }),
  risk: 'safe',
  words: {
    noun: ['invitation', 'invitations'],
    done: 'cancelled',
    ability: 'cancel invitations',
    before: ({ organisation, expected: { login, email } }, _names: undefined) =>
      `Cancel the invitation of ${login ?? email ?? 'the leaver'} to ${organisation}; GitHub tells whoever got it.`,
    impact: 'Nothing: an invitation that nobody took up opens nothing.',
  },
  permissions: [SIGNED, 'remover/github/members=write'],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 2 + length, writes: length }],
  ends: 'token',
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: ({ github }, { organisation, invitationId }) =>
    readTarget(
      github,
      organisation,
      async (there) => inWholeList(await there.listInvitations(), ({ id }) => id === invitationId),
      (invitation) => {
        if (invitation === undefined) return undefined;
        const { login, email, role } = invitation;
        return { image: { ...invitation }, now: { login, email, role } };
      },
    ),
  act: ({ github }, { organisation, invitationId }) =>
    actOn(github, organisation, (there) => there.cancelInvitation(invitationId)),
  restore: {
    by: 'hand',
    undo: 'An owner invites them again; an invitation gives nothing before it is accepted.',
  },
});
