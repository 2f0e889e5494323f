import type { RunOf } from './token-format.ts';

/** An unbroken run of characters: `start` inclusive, `end` exclusive. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const LETTERS_AND_DIGITS = `${LOWER}${LOWER.toUpperCase()}0123456789`;

/** For each code below 256 whether it is one of the letters: a look into a table is all that a character may cost. */
const CLASSES: Readonly<Record<RunOf, Uint8Array>> = {
  base32: classOf(`${LOWER}234567`),
  hex: classOf('0123456789abcdef'),
  base64: classOf(`${LETTERS_AND_DIGITS}+/-_`),
};
/** Characters in which tokens are written. */
const TOKEN = classOf(`${LETTERS_AND_DIGITS}+/-_.~=%`);

function classOf(letters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const letter of letters) table[letter.charCodeAt(0)] = 1;
  return table;
}

/** The rest of a run, from where it is known to have begun: the engine's own loop is the fastest. */
const REST: Readonly<Record<RunOf, RegExp>> = {
  base32: /[a-z2-7]*/y,
  hex: /[0-9a-f]*/y,
  base64: /[A-Za-z0-9+/_-]*/y,
};

export function isBase64(code: number): boolean {
  return CLASSES.base64[code] === 1;
}

/**
 * Every run of at least so many characters of a kind. Only every `least`-th character is looked at, and those around
 * it where it fits: a run that is long enough has one of them in it, and text without runs is hardly read.
 */
export function runsOf(text: string, of: RunOf, least: number): Run[] {
  const table = CLASSES[of];
  const rest = REST[of];
  const { length } = text;
  const found: Run[] = [];
  let at = least - 1;
  while (at < length) {
    if (table[text.charCodeAt(at)] !== 1) {
      at += least;
      continue;
    }
    let start = at;
    // The character looked at before does not fit, so that this ends there at the latest.
    while (start > 0 && table[text.charCodeAt(start - 1)] === 1) start -= 1;
    rest.lastIndex = at + 1;
    rest.test(text);
    const end = rest.lastIndex;
    if (end - start >= least) found.push({ start, end });
    at = end + least;
  }
  return found;
}

/** Whether any run of at least so many characters, in which tokens may be written, stands in these bytes. */
export function hasTokenRun(bytes: Uint8Array, least: number): boolean {
  const { length } = bytes;
  let at = least - 1;
  while (at < length) {
    if (TOKEN[bytes[at] ?? 0] !== 1) {
      at += least;
      continue;
    }
    let start = at;
    while (start > 0 && TOKEN[bytes[start - 1] ?? 0] === 1) start -= 1;
    let end = start + least;
    if (end > length) return false;
    // From behind: most runs are short, and where one ends the next may begin.
    while (end > at && TOKEN[bytes[end - 1] ?? 0] === 1) end -= 1;
    if (end <= at) return true;
    at = end - 1 + least;
  }
  return false;
}

/** The same in UTF-16, of which every other byte is a zero. */
export function hasWideRun(bytes: Uint8Array, least: number): boolean {
  const isWide = (at: number): boolean => bytes[at + 1] === 0 && TOKEN[bytes[at] ?? 0] === 1;
  const wide = 2 * least;
  for (let at = wide; at < bytes.length; at += wide - 2) {
    let start = isWide(at) ? at : at - 1;
    if (!isWide(start)) continue;
    let end = start + 2;
    while (start >= 2 && end - start < wide && isWide(start - 2)) start -= 2;
    while (end - start < wide && isWide(end)) end += 2;
    if (end - start >= wide) return true;
  }
  return false;
}
