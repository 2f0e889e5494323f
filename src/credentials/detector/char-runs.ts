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
/** Characters in which tokens are written, and those that escape them (`%7E`, `\\u007e`, `&#126;`). */
const TOKEN = classOf(`${LETTERS_AND_DIGITS}+/-_.~=%\\&#;`);

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

/** Whether a byte is one in which tokens, or their escapes, are written. */
export function isOfToken(byte: number): boolean {
  return TOKEN[byte] === 1;
}

/** Of base64 that a token may be in: the shortest token known has 20 characters, which are 27. */
export const SHORTEST_ENCODED = 27;

/** Every stretch in which anything may stand that letters alone give away: the other kinds are parts of this one. */
export function longRunsOf(text: string): Run[] {
  return runsOf(text, 'base64', SHORTEST_ENCODED, [{ start: 0, end: text.length }]);
}

export function isBase64(code: number): boolean {
  return CLASSES.base64[code] === 1;
}

/**
 * Every run of at least so many characters of a kind, in parts of the text at whose ends no character of the kind
 * touches it. Only every `least`-th character is looked at, and those around it where it fits: a run that is long
 * enough has one of them in it, and text without runs is hardly read.
 */
export function runsOf(text: string, of: RunOf, least: number, parts: readonly Run[]): Run[] {
  const found: Run[] = [];
  for (const part of parts) {
    if (part.end - part.start < least) continue;
    // What is found in one part is asked for on its own, which the engine compiles well.
    for (let run = runAfter(text, of, least, part, part.start); run !== undefined; ) {
      found.push(run);
      run = runAfter(text, of, least, part, run.end);
    }
  }
  return found;
}

/** The first run behind a place at which none of its characters stands, or where the part begins. */
function runAfter(text: string, of: RunOf, least: number, part: Run, from: number): Run | undefined {
  const table = CLASSES[of];
  const rest = REST[of];
  let at = from + least - 1;
  while (at < part.end) {
    if (table[text.charCodeAt(at)] !== 1) {
      at += least;
      continue;
    }
    let start = at;
    while (start > part.start && table[text.charCodeAt(start - 1)] === 1) start -= 1;
    rest.lastIndex = at + 1;
    rest.test(text);
    const end = rest.lastIndex;
    if (end - start >= least) return { start, end };
    at = end + least;
  }
  return undefined;
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
  for (let at = wide - 2; at < bytes.length; at += wide - 2) {
    let start = isWide(at) ? at : at - 1;
    if (!isWide(start)) continue;
    let end = start + 2;
    while (start >= 2 && end - start < wide && isWide(start - 2)) start -= 2;
    while (end - start < wide && isWide(end)) end += 2;
    if (end - start >= wide) return true;
  }
  return false;
}
