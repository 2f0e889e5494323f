import { randomUUID } from 'node:crypto';
import * as jose from 'jose';

/** The claims of a token that a simulated vendor has verified. */
export interface VerifiedToken {
  readonly oid: string;
  readonly clientId: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly upn?: string;
}

export interface TokenAuthority {
  readonly tenantId: string;
  readonly jwks: () => Promise<jose.JSONWebKeySet>;
  /** Issues a signed access token; `lifetimeSeconds` may be negative to make an expired one. */
  issue(claims: TokenClaims): Promise<string>;
  /** The claims, or why the token is refused. */
  verify(
    authorization: string | undefined,
    audience: string | readonly string[],
  ): Promise<VerifiedToken | { readonly refused: string }>;
}

export interface TokenClaims {
  readonly audience: string;
  readonly oid: string;
  readonly clientId: string;
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
  readonly upn?: string;
  /** Members of an ID token. */
  readonly name?: string;
  readonly nonce?: string;
  readonly lifetimeSeconds?: number;
  /** The resource that a managed identity belongs to, of an app's token. */
  readonly resourceId?: string;
  /** `1` for the issuer of v1 tokens (sts.windows.net), which storage demands. Default 2. */
  readonly version?: 1 | 2;
}

interface Signer {
  readonly kid: string;
  readonly keys: Promise<jose.GenerateKeyPairResult>;
}

/** A tenant has the same keys however often this process starts it: what an SDK of the process still holds is good. */
const signers = new Map<string, Signer>();

function signerOf(tenantId: string): Signer {
  const signer = signers.get(tenantId) ?? { kid: randomUUID(), keys: jose.generateKeyPair('RS256') };
  signers.set(tenantId, signer);
  return signer;
}

/** Signs as the tenant's Entra would. The issuer of v2 tokens is `<loginEndpoint>/<tenantId>/v2.0`. */
export async function makeTokenAuthority(tenantId: string, loginEndpoint: () => string): Promise<TokenAuthority> {
  const { kid, keys } = signerOf(tenantId);
  const { publicKey, privateKey } = await keys;
  /** Signatures that held: a client shows the same token at every call. Until when it is valid is asked each time. */
  const held = new Map<string, jose.JWTPayload>();
  const payloadOf = async (token: string, audience: string[]): Promise<jose.JWTPayload> => {
    const key = JSON.stringify([token, audience]);
    const known = held.get(key);
    if (known?.exp !== undefined && known.exp > Date.now() / 1000) return known;
    const { payload } = await jose.jwtVerify(token, publicKey, { audience });
    held.set(key, payload);
    return payload;
  };
  return {
    tenantId,
    jwks: async () => ({ keys: [{ ...(await jose.exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' }] }),
    issue: (claims) => {
      const now = Math.floor(Date.now() / 1000);
      const app = claims.scopes === undefined;
      const body = {
        oid: claims.oid,
        sub: claims.oid,
        tid: tenantId,
        azp: claims.clientId,
        appid: claims.clientId,
        ver: claims.version === 1 ? '1.0' : '2.0',
        ...(app ? { idtyp: 'app' } : { scp: claims.scopes?.join(' ') }),
        ...(claims.roles === undefined ? {} : { roles: claims.roles }),
        ...(claims.resourceId === undefined ? {} : { xms_mirid: claims.resourceId }),
        ...(claims.name === undefined ? {} : { name: claims.name }),
        ...(claims.nonce === undefined ? {} : { nonce: claims.nonce }),
        ...(claims.upn === undefined ? {} : { upn: claims.upn, preferred_username: claims.upn }),
      };
      return new jose.SignJWT(body)
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
        .setIssuer(
          claims.version === 1 ? `https://sts.windows.net/${tenantId}/` : `${loginEndpoint()}/${tenantId}/v2.0`,
        )
        .setAudience(claims.audience)
        .setIssuedAt(now - 5)
        .setNotBefore(now - 5)
        .setExpirationTime(now + (claims.lifetimeSeconds ?? 3_600))
        .sign(privateKey);
    },
    verify: async (authorization, audience) => {
      const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) return { refused: 'no bearer token' };
      try {
        const payload = await payloadOf(token, [audience].flat());
        return {
          oid: String(payload.oid),
          clientId: String(payload.azp),
          roles: Array.isArray(payload.roles) ? payload.roles.map(String) : [],
          scopes: typeof payload.scp === 'string' ? payload.scp.split(' ') : [],
          ...(typeof payload.upn === 'string' ? { upn: payload.upn } : {}),
        };
      } catch (error) {
        return { refused: error instanceof jose.errors.JOSEError ? error.code : 'invalid token' };
      }
    },
  };
}
