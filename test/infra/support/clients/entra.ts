import { createHash, randomUUID } from 'node:crypto';
import { userToken } from '../gateway/callers.ts';
import { CLIENT_ID, TENANT_ID } from '../gateway/gateway-plan.ts';
import type { Token } from '../gateway/simulated-gateway.ts';

export const ENTRA_ISSUER = `https://login.microsoftonline.com/${TENANT_ID}/v2.0`;
const AUTHORITY = `https://login.microsoftonline.com/${TENANT_ID}/oauth2/v2.0`;

export interface Entra {
  /** What clients fetch from it. */
  fetch(url: URL, init?: RequestInit): Response;
  /** A person signs in at this address and consents; the code with which the browser comes back. */
  signIn(authorization: URL): string;
  tokenOf(bearer: string): Token | undefined;
}

interface Grant {
  readonly scopes: readonly string[];
  readonly challenge: string;
}

/**
 * As much of Entra as an MCP client meets: the metadata, which name no PKCE method and no registration, the sign-in, which
 * knows a resource by the application's identifier URIs alone, and the exchange of the code.
 */
export function simulatedEntra(identifierUris: readonly string[]): Entra {
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, Token>();

  const redeem = (form: URLSearchParams): Response => {
    const grant = grants.get(form.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (grant === undefined || grant.challenge !== verifier || form.get('client_id') !== CLIENT_ID) {
      return Response.json({ error: 'invalid_grant' }, { status: 400 });
    }
    grants.delete(form.get('code') ?? '');
    const bearer = randomUUID();
    tokens.set(bearer, userToken(grant.scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1)).join(' ')));
    return Response.json({
      token_type: 'Bearer',
      access_token: bearer,
      expires_in: 3600,
      scope: grant.scopes.join(' '),
    });
  };

  return {
    fetch(url, init) {
      if (url.href === `${ENTRA_ISSUER}/.well-known/openid-configuration`) {
        return Response.json({
          issuer: ENTRA_ISSUER,
          authorization_endpoint: `${AUTHORITY}/authorize`,
          token_endpoint: `${AUTHORITY}/token`,
          token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
          jwks_uri: `https://login.microsoftonline.com/${TENANT_ID}/discovery/v2.0/keys`,
          response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
          scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
          subject_types_supported: ['pairwise'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      }
      if (url.href === `${AUTHORITY}/token`) return redeem(new URLSearchParams(String(init?.body)));
      return new Response(null, { status: 404 });
    },
    signIn(authorization) {
      const asked = authorization.searchParams;
      const resource = asked.get('resource');
      if (resource !== null && !identifierUris.includes(resource)) {
        throw new Error(`AADSTS9010010: ${resource} is no identifier URI of the application`);
      }
      const code = randomUUID();
      grants.set(code, {
        scopes: (asked.get('scope') ?? '').split(' '),
        challenge: asked.get('code_challenge') ?? '',
      });
      return code;
    },
    tokenOf: (bearer) => tokens.get(bearer),
  };
}
