import { listSsoCredentials, revokeSsoCredentialOf } from '../../src/connectors/github/credentials.ts';
import { actOn, readTarget } from './github-target.ts';
import type { RemedyHandler } from './handler.ts';
import { inListOf } from './in-list-of.ts';

/** Takes single sign-on from a credential: it opens nothing of the organisation any more. */
export const revokeSsoCredential: RemedyHandler<'revoke-sso-credential'> = {
  kind: 'revoke-sso-credential',
  read: (config, { organisation, credentialId, login }) =>
    readTarget(
      config,
      organisation,
      (client) => inListOf(client, login, listSsoCredentials, (credential) => credential.credentialId === credentialId),
      (credential) =>
        credential && {
          credentialId,
          login: credential.login,
          type: credential.type,
          scopes: credential.scopes,
          authorizedAt: credential.authorizedAt,
          ...(credential.title === undefined ? {} : { title: credential.title }),
          ...(credential.fingerprint === undefined ? {} : { fingerprint: credential.fingerprint }),
        },
    ),
  act: (config, { organisation, credentialId }) =>
    actOn(config, organisation, (client) => revokeSsoCredentialOf(client, credentialId)),
};
