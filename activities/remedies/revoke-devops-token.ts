import { listPersonalTokens, revokePersonalToken } from '../../src/connectors/azure-devops/personal-tokens.ts';
import { failed, ok } from '../../src/connectors/result.ts';
import type { RemedyHandler } from './handler.ts';

/** Revokes a person's Azure DevOps token. It may go on working for up to an hour: what is read back decides. */
export const revokeDevOpsToken: RemedyHandler<'revoke-devops-token'> = {
  kind: 'revoke-devops-token',
  read: async (config, { organisation, descriptor, authorizationId }) => {
    const {
      items,
      failures: [failure],
    } = await listPersonalTokens(config, organisation, descriptor, { sshKeys: false });
    const token = items.find((item) => item.authorizationId === authorizationId);
    // Only a list that was read to its end can say that something is not in it.
    if (token === undefined && failure !== undefined) return failed(failure);
    if (token === undefined || token.isValid === false) return ok({ state: 'gone' });
    return ok({ state: 'present', image: { ...token } });
  },
  act: async (config, { organisation, authorizationId }) => {
    const revoked = await revokePersonalToken(config, organisation, authorizationId);
    return revoked.ok ? ok({ effect: 'queued' }, revoked.requestId) : revoked;
  },
};
