import type { OAuthClientProvider, StoredOAuthTokens } from '@modelcontextprotocol/client';
import { CLIENT_ID } from '../gateway/gateway-plan.ts';
import { ENTRA_ISSUER, type Entra } from './entra.ts';

/** A person in front of an MCP client: signs in wherever the client sends them. */
export interface Person {
  readonly provider: OAuthClientProvider;
  /** The scopes that the client asked for, at each sign-in. */
  readonly asked: readonly string[];
  /** The code of the last sign-in. */
  code(): string;
}

export function personAt(entra: Entra): Person {
  const asked: string[] = [];
  let code = '';
  let verifier = '';
  let tokens: StoredOAuthTokens | undefined;
  let discovered: Awaited<ReturnType<NonNullable<OAuthClientProvider['discoveryState']>>>;
  return {
    asked,
    code: () => code,
    provider: {
      redirectUrl: 'http://127.0.0.1:33418/',
      clientMetadata: { redirect_uris: ['http://127.0.0.1:33418/'], client_name: 'editor' },
      clientInformation: () => ({ client_id: CLIENT_ID, issuer: ENTRA_ISSUER }),
      tokens: () => tokens,
      saveTokens: (saved) => {
        tokens = saved;
      },
      redirectToAuthorization: (url) => {
        asked.push(url.searchParams.get('scope') ?? '');
        code = entra.signIn(url);
      },
      saveCodeVerifier: (saved) => {
        verifier = saved;
      },
      codeVerifier: () => verifier,
      discoveryState: () => discovered,
      saveDiscoveryState: (state) => {
        discovered = state;
      },
    },
  };
}
