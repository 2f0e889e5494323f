import type { Config } from '../../config.ts';
import { type Caller, callerOf } from './caller.ts';
import { type VerifiedJwt, verifyJwt } from './verify-jwt.ts';

/** Whose tokens are taken, and for whom they must be. */
export type ApiSettings = Pick<Config, 'API_AUDIENCE' | 'LOGIN_ENDPOINT' | 'TENANT_ID'>;

export type Verified =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | Exclude<VerifiedJwt, { readonly kind: 'payload' }>;

/**
 * Verifies an Entra access token (v2.0) of this tenant. App Service authentication stands in front as well, but can be
 * switched off. Claims: learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export async function verifyToken(settings: ApiSettings, authorization: string | null): Promise<Verified> {
  const { LOGIN_ENDPOINT: login, TENANT_ID: tenant, API_AUDIENCE: audience } = settings;
  const verified = await verifyJwt(authorization, {
    issuer: `${login}/${tenant}/v2.0`,
    keys: `${login}/${tenant}/discovery/v2.0/keys`,
    audience,
    requiredClaims: ['exp', 'nbf'],
    whose: 'the tenant',
  });
  if (verified.kind !== 'payload') return verified;
  const caller = callerOf(verified.payload, tenant);
  return caller === undefined
    ? { kind: 'invalid', why: 'not an access token of this tenant' }
    : { kind: 'caller', caller };
}
