import type { RunOf, TextSource } from './token-format.ts';

/** What has characters by number: a text, or bytes. */
export type CodeAt = (at: number) => number;

const BITS: Readonly<Record<RunOf | 'token', number>> = { base32: 1, hex: 2, base64: 4, token: 8 };
const CLASSES = classes();

/** An unbroken run of characters: `start` inclusive, `end` exclusive. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

export function isOf(of: RunOf | 'token', code: number): boolean {
  return code < 128 && ((CLASSES[code] ?? 0) & (BITS[of] ?? 0)) !== 0;
}

/** Every run of at least so many characters of a kind. */
export function runsOf(text: TextSource, of: RunOf, least: number): Run[] {
  return runs((at) => text.charCodeAt(at), text.length, BITS[of], least);
}

/** Whether any run of at least so many characters, in which tokens may be written, stands in these bytes. */
export function hasTokenRun(bytes: Uint8Array, least: number): boolean {
  const bit = BITS.token;
  for (let at = least - 1; at < bytes.length; at += least) {
    if (!isAt(bytes, at, bit)) continue;
    let start = at;
    while (start > 0 && at - start < least && isAt(bytes, start - 1, bit)) start -= 1;
    let end = at + 1;
    while (end < bytes.length && end - start < least && isAt(bytes, end, bit)) end += 1;
    if (end - start >= least) return true;
  }
  return false;
}

function isAt(bytes: Uint8Array, at: number, bit: number): boolean {
  const code = bytes[at] ?? 128;
  return code < 128 && ((CLASSES[code] ?? 0) & bit) !== 0;
}

/**
 * Looks at every `least`-th character only, and around those that fit: a run that is long enough has one of them in it,
 * and text without runs is not read.
 */
function runs(codeAt: CodeAt, length: number, bit: number, least: number): Run[] {
  const fits = (at: number): boolean => {
    const code = codeAt(at);
    return code < 128 && ((CLASSES[code] ?? 0) & bit) !== 0;
  };
  const found: Run[] = [];
  let at = least - 1;
  while (at < length) {
    if (!fits(at)) {
      at += least;
      continue;
    }
    let start = at;
    // The character looked at before does not fit, so that this ends there at the latest.
    while (start > 0 && fits(start - 1)) start -= 1;
    let end = at + 1;
    while (end < length && fits(end)) end += 1;
    if (end - start >= least) found.push({ start, end });
    at = end + least;
  }
  return found;
}

function classes(): Uint8Array {
  const table = new Uint8Array(128);
  const add = (of: RunOf | 'token', letters: string): void => {
    for (const letter of letters) table[letter.charCodeAt(0)] = (table[letter.charCodeAt(0)] ?? 0) | BITS[of];
  };
  const lower = 'abcdefghijklmnopqrstuvwxyz';
  const all = `${lower}${lower.toUpperCase()}0123456789`;
  add('base32', `${lower}234567`);
  add('hex', '0123456789abcdef');
  add('base64', `${all}+/-_`);
  add('token', `${all}+/-_.~=%`);
  return table;
}
