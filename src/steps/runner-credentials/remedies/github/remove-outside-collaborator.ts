import * as z from 'zod';
import type { GitHubOrganisation } from '../../../../connectors/github/index.ts';
import { ok } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { actOn, readTarget, SIGNED } from './github-target.ts';
import { inWholeList } from './in-list-of.ts';

/** Takes an account out of every repository into which it was let without being a member. */
export const removeOutsideCollaborator = defineRemedy({
  kind: 'remove-outside-collaborator',
  system: 'github',
  call: z.strictObject({
    kind: z.literal('remove-outside-collaborator'),
    organisation: z.string(),
    accountId: z.int(),
    login: z.string(),
    /** The account: its login may be somebody else's by now. */
    expected: z.strictObject({ accountId: z.int() }),
  }),
  risk: 'disruptive',
  words: {
    noun: ['outside collaborator', 'outside collaborators'],
    done: 'removed',
    ability: 'remove outside collaborators',
    before: ({ login, organisation }, _names: undefined) =>
      `Remove the outside collaborator ${login} from all repositories of ${organisation}.`,
    impact:
      'The account loses its access, and its forks of private repositories are deleted. Schedules that run as it go on.',
  },
  permissions: [SIGNED, 'remover/github/members=write'],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 2 + 2 * length, writes: length }],
  ends: 'place',
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: ({ github }, { organisation, accountId }) =>
    readTarget(
      github,
      organisation,
      (there) => listed(there, accountId),
      (account) => account && { image: { ...account }, now: { accountId: account.id } },
    ),
  act: ({ github }, { organisation, accountId }) =>
    actOn(github, organisation, async (there) => {
      const account = await listed(there, accountId);
      if (!account.ok) return account;
      // By its login of today: GitHub takes nothing else.
      return account.value === undefined
        ? ok({ effect: 'done' })
        : there.removeOutsideCollaborator(account.value.login);
    }),
  restore: {
    by: 'hand',
    undo: 'Invite the account to the repositories again, which its owner has to accept.',
  },
});

async function listed(there: GitHubOrganisation, accountId: number) {
  return inWholeList(await there.listOutsideCollaborators(), ({ id }) => id === accountId);
}
