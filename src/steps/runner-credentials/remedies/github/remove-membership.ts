import * as z from 'zod';
import type { Membership } from '../../../../connectors/github/people/membership.ts';
import { ok } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { actOn, readTarget, SIGNED } from './github-target.ts';

/**
 * Takes the leaver out of an organisation. Gone means: no membership of their own; what a team of the enterprise gives
 * its owner alone takes away. GitHub removes by login, so that the account is asked for its login of today right before.
 */
export const removeMembership = defineRemedy({
  kind: 'remove-membership',
  system: 'github',
  call: z.strictObject({
    kind: z.literal('remove-membership'),
    organisation: z.string(),
    accountId: z.int(),
    login: z.string(),
    /** `admin` owns the organisation; who was made one since is somebody's decision. */
    expected: z.strictObject({ role: z.string() }),
  }),
  risk: 'disruptive',
  words: {
    noun: ['membership of an organisation', 'memberships of organisations'],
    done: 'removed',
    ability: 'remove members of an organisation',
    before: ({ login, organisation }, _names: undefined) => `Remove ${login} from the organisation ${organisation}.`,
    impact:
      'The account loses its access, and its forks of private repositories are deleted. Schedules that run as it and ' +
      'runners that it registered go on.',
  },
  permissions: [SIGNED, 'remover/github/members=write'],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 5 * length, writes: length }],
  ends: 'place',
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: ({ github }, { organisation, accountId, login }) =>
    readTarget(
      github,
      organisation,
      (there) => there.membershipOf({ id: accountId, login }),
      (membership) =>
        membership !== undefined && isOwnMember(membership)
          ? { image: { accountId, ...membership }, now: { role: membership.role } }
          : undefined,
    ),
  act: ({ github }, { organisation, accountId, login }) =>
    actOn(github, organisation, async (there) => {
      const standing = await there.membershipOf({ id: accountId, login });
      if (!standing.ok) return standing;
      const member = standing.value;
      if (member === undefined || !isOwnMember(member)) return ok({ effect: 'done' });
      return there.removeMembership(member.login);
    }),
  restore: {
    by: 'hand',
    undo: 'Invite the account again, which its owner has to accept; within three months GitHub offers to restore its role, teams and forks.',
  },
});

function isOwnMember({ direct, state }: Membership): boolean {
  return direct && state === 'active';
}
