import * as z from 'zod';
import { defineRemedy } from '../../../define-remedy.ts';
import { behindCredential, whereItMayStand } from '../../rules/behind-credential.ts';
import { actOn, SIGNED } from '../github/github-target.ts';
import { readOwned } from '../github/in-list-of.ts';

/** Revokes what a fine-grained token may do in the organisation. GitHub queues it; the list tells when it is done. */
export const revokeFineGrainedToken = defineRemedy({
  kind: 'revoke-fine-grained-token',
  system: 'github',
  call: z.strictObject({
    kind: z.literal('revoke-fine-grained-token'),
    organisation: z.string(),
    grantId: z.int(),
    /** The account that holds it; `login` is its name when the plan was made. */
    ownerId: z.int(),
    login: z.string(),
    /** The numeric id of its owner: the login may be somebody else's by now. */
    expected: z.strictObject({ ownerId: z.int() }),
  }),
  risk: 'by-impact',
  words: {
    noun: ['fine-grained GitHub token', 'fine-grained GitHub tokens'],
    done: 'revoked',
    ability: 'revoke fine-grained tokens',
    before: ({ login, organisation }, { token }: { token: string }) =>
      `Revoke the access of ${login}’s fine-grained token “${token}” to ${organisation}.`,
    impact: 'Whatever uses this token can no longer reach the organisation.',
  },
  permissions: [SIGNED, 'remover/github/organization_personal_access_tokens=write'],
  leastCalls: () => [{ vendor: 'github', calls: 3, writes: 1 }],
  ends: 'token',
  stops: (_, read, finding) => [
    ...behindCredential(finding, read),
    ...whereItMayStand(({ evidence }) => evidence.tokenType === 'github-fine-grained', read),
  ],
  livesOn: 'nothing',
  read: ({ github }, call) =>
    readOwned(
      github,
      call,
      { name: 'fine-grained tokens', of: (there, login) => there.listFineGrainedTokens(login) },
      ({ grantId, owner }) => grantId === call.grantId && owner.id === call.ownerId,
      (token) => ({
        image: {
          grantId: call.grantId,
          name: token.name,
          owner: token.owner,
          repositories: token.repositories,
          permissions: token.permissions,
          grantedAt: token.grantedAt,
          expiresAt: token.expiresAt,
        },
        now: { ownerId: token.owner.id },
      }),
    ),
  act: ({ github }, { organisation, grantId }) =>
    actOn(github, organisation, (there) => there.revokeFineGrainedTokens([grantId])),
  restore: {
    by: 'hand',
    undo: 'Its owner asks for access again, and an owner of the organisation grants it.',
  },
});
