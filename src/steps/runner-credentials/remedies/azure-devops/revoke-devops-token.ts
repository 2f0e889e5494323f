import * as z from 'zod';
import { failed, ok } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { isTokenOf } from '../../rules/azure-devops/devops-token.ts';
import { whereItMayStand } from '../../rules/behind-credential.ts';

/** Revokes a person's Azure DevOps token. It may go on working for up to an hour: what is read back decides. */
export const revokeDevOpsToken = defineRemedy({
  kind: 'revoke-devops-token',
  system: 'azure-devops',
  call: z.strictObject({
    kind: z.literal('revoke-devops-token'),
    organisation: z.string(),
    descriptor: z.string(),
    authorizationId: z.string(),
    /** The storage key of its owner. */
    expected: z.strictObject({ owner: z.nullable(z.string()) }),
  }),
  risk: 'by-impact',
  words: {
    noun: ['Azure DevOps token', 'Azure DevOps tokens'],
    done: 'revoked',
    ability: 'revoke personal access tokens of Azure DevOps',
    before: ({ organisation }, { token }: { token: string }) =>
      `Revoke the personal access token “${token}” in ${organisation}.`,
    impact: 'Whatever uses this token can no longer reach the organisation.',
  },
  permissions: ['remover/azure-devops/vso.tokenadministration'],
  leastCalls: ({ length }) => [{ vendor: 'devops', calls: 2 + length }],
  ends: 'token',
  // Waiting for a person costs little where the account has left: the service ends its tokens by itself within the hour.
  stops: ({ organisation }, read) => whereItMayStand((place) => isTokenOf(organisation, place), read),
  // Its caches honour a revoked token meanwhile, whatever the list says: learn.microsoft.com/azure/devops/organizations/accounts/admin-revoke-user-pats
  livesOn: () => ({ minutes: 60, why: 'Azure DevOps may honour a revoked token for up to an hour.' }),
  read: async ({ devops }, { organisation, descriptor, authorizationId }) => {
    const { items, failure } = await devops.listPersonalTokens(organisation, descriptor, { sshKeys: false });
    const token = items.find((item) => item.authorizationId === authorizationId);
    // Only a list that was read to its end can say that something is not in it.
    if (token === undefined && failure !== undefined) return failed(failure);
    if (token === undefined || token.isValid === false) return ok({ state: 'gone' });
    return ok({ state: 'present', image: { ...token }, now: { owner: token.userId ?? null } });
  },
  act: async ({ devops }, { organisation, authorizationId }) => {
    const revoked = await devops.revokePersonalToken(organisation, authorizationId);
    return revoked.ok ? ok({ effect: 'queued' }, revoked.requestId) : revoked;
  },
  restore: {
    by: 'nothing',
    undo: 'Nothing brings it back; its owner or a service issues another one.',
  },
});
