import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as jose from 'jose';

/** What a token says, all of it; `undefined` leaves a claim out. */
export type Claims = Readonly<Record<string, unknown>>;

/** A tenant's keys on loopback, which sign anything: also what Entra never would. */
export async function startAuthority(tenantId: string) {
  const key = async (alg: string) => ({
    ...(await jose.generateKeyPair(alg, { extractable: true })),
    kid: crypto.randomUUID(),
  });
  let current = await key('RS256');
  let readable = true;
  const server = createServer(async (_request, response) => {
    const jwk = { ...(await jose.exportJWK(current.publicKey)), kid: current.kid, use: 'sig', alg: 'RS256' };
    response.writeHead(readable ? 200 : 503, { 'content-type': 'application/json' });
    response.end(readable ? JSON.stringify({ keys: [jwk] }) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${endpoint}/${tenantId}/v2.0`;
  const sign = (claims: Claims, header: Partial<jose.JWTHeaderParameters> = {}, signer?: jose.CryptoKey | Uint8Array) =>
    new jose.SignJWT(JSON.parse(JSON.stringify(claims)) as jose.JWTPayload)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: current.kid, ...header })
      .sign(signer ?? current.privateKey);
  return {
    endpoint,
    issuer,
    sign,
    /** The public key as bytes, with which HS256 is tried. */
    publicBytes: async () => new TextEncoder().encode(await jose.exportSPKI(current.publicKey)),
    publicJwk: () => jose.exportJWK(current.publicKey),
    kid: () => current.kid,
    /** The same RSA key for another algorithm. */
    privateAs: async (alg: string) =>
      (await jose.importPKCS8(await jose.exportPKCS8(current.privateKey), alg)) as jose.CryptoKey,
    foreign: () => key('RS256'),
    rotate: async () => {
      current = await key('RS256');
    },
    setReadable: (it: boolean) => {
      readable = it;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
