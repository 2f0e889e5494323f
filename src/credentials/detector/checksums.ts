import { crc32 } from 'node:zlib';
import { marvin32 } from './marvin32.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, BASE62.indexOf(String.fromCharCode(code))));
const FIVE_BITS = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, BASE32.indexOf(String.fromCharCode(code))));

/** CRC-32 (ISO-HDLC) byte by byte: zlib's takes whole buffers, which a search at every position has none of. */
const CRC_START = -1;
const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 1 ? (rest >>> 1) ^ 0xedb8_8320 : rest >>> 1;
  return rest;
});

function crcNext(crc: number, byte: number): number {
  return (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
}

/**
 * The last six characters of a GitHub token: CRC-32 of the 30 characters between prefix and checksum, in base62,
 * padded on the left (github.blog, "Behind GitHub's new authentication token formats").
 */
export function githubChecksum(entropy: string): string {
  return base62(crc32(Buffer.from(entropy, 'latin1'))).padStart(6, '0');
}

const CHECKSUM_LENGTH = 6;
const SIX_DIGITS = 62 ** CHECKSUM_LENGTH;

/**
 * How many characters at the start of a run end with the checksum of those before them: `published`, or the most.
 * Undefined where none do. Each character is looked at once.
 */
export function checksummedLength(run: string, published: number): number | undefined {
  let crc = CRC_START;
  let lastSix = 0;
  let longest: number | undefined;
  for (let end = 1; end <= run.length; end += 1) {
    if (end > CHECKSUM_LENGTH) crc = crcNext(crc, run.charCodeAt(end - CHECKSUM_LENGTH - 1));
    lastSix = (lastSix * 62 + (DIGITS[run.charCodeAt(end - 1)] ?? 0)) % SIX_DIGITS;
    if (end < published || lastSix !== ~crc >>> 0) continue;
    if (end === published) return end;
    longest = end;
  }
  return longest;
}

/** "Default0" as the seed's bytes, first letter highest. */
const DEVOPS_SEED = 0x4465_6661_756c_7430n;

/**
 * The last four characters of an Azure DevOps token of 84 characters: Marvin over the 60 bytes that the first 80
 * spell in base64, byte-swapped, in base62, cut to four (microsoft/security-utilities, `IdentifiableSecrets`).
 */
export function azureDevOpsChecksum(first80: string): string {
  const hash = marvin32(Buffer.from(first80, 'base64'), DEVOPS_SEED);
  const swapped = Buffer.alloc(4);
  swapped.writeUInt32LE(hash);
  return base62(swapped.readUInt32BE()).padEnd(6, '0').slice(0, 4);
}

/** Seeds that tell who a legacy Azure DevOps token was issued to (microsoft/security-utilities, SEC101/102). */
export const LEGACY_SEEDS = { personal: 0xe0b9_692d, service: 0x1019_f92e } as const;
const CHECKSUM_BYTES = [2, 7, 8, 22];
const IS_CHECKSUM = Uint8Array.from({ length: 32 }, (_, at) => (CHECKSUM_BYTES.includes(at) ? 1 : 0));

/** Whom a legacy token of 52 base32 characters was issued to; undefined where no seed fits its checksum. */
export function azureDevOpsLegacyHolder(token: string): keyof typeof LEGACY_SEEDS | undefined {
  const bytes = fromBase32(token);
  const stored = CHECKSUM_BYTES.reduce((sum, at) => sum * 256 + (bytes[at] ?? 0), 0);
  let crc = CRC_START;
  for (let at = 0; at < bytes.length; at += 1) if (!IS_CHECKSUM[at]) crc = crcNext(crc, bytes[at] ?? 0);
  const seed = (~crc ^ stored) >>> 0;
  if (seed === LEGACY_SEEDS.personal) return 'personal';
  return seed === LEGACY_SEEDS.service ? 'service' : undefined;
}

/** The legacy token whose 32 bytes are these, with the checksum written into its four places. */
export function azureDevOpsLegacyToken(bytes: Uint8Array, seed: number): string {
  const sealed = Buffer.from(bytes);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE((crc32(withoutChecksum(bytes)) ^ seed) >>> 0);
  CHECKSUM_BYTES.forEach((at, position) => {
    sealed[at] = checksum[position] ?? 0;
  });
  return toBase32(sealed);
}

function withoutChecksum(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.filter((_, at) => !CHECKSUM_BYTES.includes(at)));
}

function base62(value: number): string {
  let digits = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) digits = BASE62.charAt(rest % 62) + digits;
  return digits;
}

function fromBase32(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let letter = 0; letter < text.length; letter += 1) {
    held = ((held << 5) | (FIVE_BITS[text.charCodeAt(letter)] ?? 0)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  return bytes;
}

function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32.charAt((held >> bits) & 31);
    }
  }
  return bits === 0 ? text : text + BASE32.charAt((held << (5 - bits)) & 31);
}
