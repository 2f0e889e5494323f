import { listFineGrainedTokens, revokeFineGrainedTokens } from '../../src/connectors/github/credentials.ts';
import { actOn, readTarget } from './github-target.ts';
import type { RemedyHandler } from './handler.ts';
import { inListOf } from './in-list-of.ts';

/** Revokes what a fine-grained token may do in the organisation. GitHub queues it; the list tells when it is done. */
export const revokeFineGrainedToken: RemedyHandler<'revoke-fine-grained-token'> = {
  kind: 'revoke-fine-grained-token',
  read: (config, { organisation, grantId, login }) =>
    readTarget(
      config,
      organisation,
      (client) => inListOf(client, login, listFineGrainedTokens, (token) => token.grantId === grantId),
      (token) =>
        token && {
          grantId,
          name: token.name,
          owner: token.owner,
          repositories: token.repositories,
          permissions: token.permissions,
          grantedAt: token.grantedAt,
          expiresAt: token.expiresAt,
        },
    ),
  act: (config, { organisation, grantId }) =>
    actOn(config, organisation, (client) => revokeFineGrainedTokens(client, [grantId])),
};
