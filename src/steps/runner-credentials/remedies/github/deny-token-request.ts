import * as z from 'zod';
import { defineRemedy } from '../../../define-remedy.ts';
import { actOn, readTarget, SIGNED } from './github-target.ts';
import { inWholeList } from './in-list-of.ts';

/** Refuses a fine-grained token that waits for approval, so that nobody lets it in after its owner has left. */
export const denyTokenRequest = defineRemedy({
  kind: 'deny-token-request',
  system: 'github',
  call: z.strictObject({
    kind: z.literal('deny-token-request'),
    organisation: z.string(),
    requestId: z.int(),
    login: z.string(),
    /** The numeric id of its owner: the login may be somebody else's by now. */
    expected: z.strictObject({ ownerId: z.int() }),
  }),
  risk: 'safe',
  words: {
    noun: ['request for a fine-grained GitHub token', 'requests for fine-grained GitHub tokens'],
    done: 'denied',
    ability: 'deny fine-grained tokens that wait for approval',
    before: ({ login, organisation }, { token }: { token: string }) =>
      `Deny ${login}’s fine-grained token “${token}” the access to ${organisation} for which it waits.`,
    impact: 'Nothing: a token that waits opens nothing of the organisation but what is public.',
  },
  permissions: [SIGNED, 'remover/github/organization_personal_access_token_requests=write'],
  leastCalls: ({ length }) => [{ vendor: 'github', calls: 2 + length, writes: length }],
  ends: 'token',
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: ({ github }, { organisation, requestId }) =>
    readTarget(
      github,
      organisation,
      async (there) => inWholeList(await there.listTokenRequests(), ({ id }) => id === requestId),
      (request) => request && { image: { ...request }, now: { ownerId: request.owner.id } },
    ),
  act: ({ github }, { organisation, requestId }) =>
    actOn(github, organisation, (there) => there.denyTokenRequest(requestId)),
  restore: {
    by: 'hand',
    undo: 'Its owner asks for access again.',
  },
});
