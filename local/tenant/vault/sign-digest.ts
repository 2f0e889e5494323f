import { constants, createECDH, type KeyObject, privateEncrypt } from 'node:crypto';

/** ASN.1 DigestInfo of SHA-256 (RFC 8017, 9.2): what RSASSA-PKCS1-v1_5 puts before a digest that was made elsewhere. */
const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

export function signRs256(key: KeyObject, digest: Buffer): Buffer {
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([SHA256_DIGEST_INFO, digest]));
}

/** Order of the curve P-256 (FIPS 186-5). */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * ECDSA over a digest that was made elsewhere, as Key Vault signs; Node hashes whatever it is given to sign. Good enough
 * for a simulated vault, and for nothing else: it takes no care of its timing.
 */
export function signEs256(key: KeyObject, digest: Buffer): Buffer {
  const d = numberOf(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
  for (;;) {
    const once = createECDH('prime256v1');
    const r = numberOf(once.generateKeys().subarray(1, 33)) % N;
    const s = (power(numberOf(once.getPrivateKey()), N - 2n) * (numberOf(digest) + r * d)) % N;
    if (r !== 0n && s !== 0n) return Buffer.concat([bytesOf(r), bytesOf(s)]);
  }
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function bytesOf(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}

/** Modulo N; to the power of N - 2 it is the inverse, because N is prime. */
function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base % N];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}
