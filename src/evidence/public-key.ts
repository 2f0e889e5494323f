import * as jose from 'jose';
import * as z from 'zod';
import { parsed } from './envelope.ts';
import type { PinnedKey } from './verification.ts';

const ALGORITHM = 'ES256';

const JwkSchema = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() });

/** A public key that signatures can be held against. */
export interface PublicKey {
  /** RFC 7638 with SHA-256, in base64url. */
  readonly thumbprint: string;
  readonly jwk: z.output<typeof JwkSchema>;
  /** Whether it made this signature (ECDSA P-256 with SHA-256, r and s of 32 bytes each) over these bytes. */
  readonly verifies: (signature: Uint8Array, bytes: Uint8Array) => Promise<boolean>;
}

/** Reads a public key; undefined where it is not one of ES256. */
export async function publicKeyOf(given: unknown): Promise<PublicKey | undefined> {
  const read = JwkSchema.safeParse(given);
  if (!read.success) return undefined;
  try {
    const key = await jose.importJWK(read.data, ALGORITHM);
    if (!(key instanceof CryptoKey)) return undefined;
    return {
      thumbprint: await jose.calculateJwkThumbprint(read.data),
      jwk: read.data,
      verifies: (signature, bytes) =>
        crypto.subtle.verify(
          { name: 'ECDSA', hash: 'SHA-256' },
          key,
          Uint8Array.from(signature),
          Uint8Array.from(bytes),
        ),
    };
  } catch {
    return undefined;
  }
}

/** A key as it is filed beside what it signed. */
export function writeKey({ jwk: { kty, crv, x, y } }: Pick<PublicKey, 'jwk'>): string {
  return `${JSON.stringify({ kty, crv, x, y, alg: ALGORITHM, use: 'sig' }, undefined, 2)}\n`;
}

/**
 * Reads what somebody pins: a thumbprint, or a public key as JWK or as PEM.
 * @throws Error that says what it must be
 */
export async function pinnedKeyOf(given: string): Promise<PinnedKey> {
  const text = given.trim();
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return { thumbprint: text };
  const key = await publicKeyOf(text.startsWith('-----BEGIN') ? await jwkOf(text) : parsed(text));
  if (key !== undefined) return { jwk: key.jwk };
  throw new Error(
    'This is no key that signs evidence: it must be a thumbprint of 43 characters, or a file with the public key as JWK or PEM, of the curve P-256.',
  );
}

async function jwkOf(pem: string): Promise<unknown> {
  try {
    return await jose.exportJWK(await jose.importSPKI(pem, ALGORITHM, { extractable: true }));
  } catch {
    return undefined;
  }
}
