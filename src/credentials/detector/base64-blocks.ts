import { isBase64, isOfToken, type Run, SHORTEST_ENCODED } from './char-runs.ts';

/**
 * Where base64 stands, padding included: the long runs, those of the lines of a wrapped one together. Its lines behind
 * the first are equally long, but for the last.
 */
export function base64Blocks(text: string, runs: readonly Run[]): Run[] {
  const blocks: Run[] = [];
  for (let at = 0; at < runs.length; at += 1) {
    const { start = 0, end: firstEnd = 0 } = runs[at] ?? {};
    let end = firstEnd;
    let length: number | undefined;
    for (;;) {
      const next = lineAfter(text, end);
      if (next === undefined) break;
      const run = runs[at + 1];
      // Behind one stretch and a space, a word of a sentence is no second line.
      if (length === undefined && run?.start !== next && text.charCodeAt(end) === SPACE) break;
      // What is too short to be a run by itself may be the end of a wrapped one.
      const nextEnd = run?.start === next ? run.end : endOfShort(text, next);
      if (nextEnd === next || nextEnd - next > (length ?? Number.POSITIVE_INFINITY)) break;
      if (run?.start === next) at += 1;
      end = nextEnd;
      if (length !== undefined && nextEnd - next < length) break;
      length ??= nextEnd - next;
    }
    while (end - start < text.length && text.charCodeAt(end) === EQUALS) end += 1;
    blocks.push({ start, end });
  }
  return blocks;
}

/** The letters of a block alone: what is between its lines, and padding, spell nothing. */
export function lettersOf(block: string): string {
  const joined = MAY_JOIN.test(block) ? block.replace(JOINTS, '') : block;
  return joined.replace(/[\s=]+/g, '');
}

const [EQUALS, LINE_FEED, RETURN, SPACE, TAB] = [0x3d, 0x0a, 0x0d, 0x20, 0x09];

/**
 * What stands between two lines of one text in programs, scripts and comments: quotes, a sign that joins them (behind
 * a quote alone: a `+` may be a letter), a sign that the line goes on, a sign that it is a comment. A shell puts a space
 * in the place of a line end.
 */
const JOINT = /(?:["'`][ \t]{0,8}[+,.&]?)?[ \t]{0,8}[\\^]?(?:\r\n?|\n)[ \t]{0,64}[#>|*]?[ \t]{0,64}["'`]?| (?=\S)/y;
const JOINTS = new RegExp(JOINT.source, 'g');
const MAY_JOIN = /["'`\\^#>|*]/;

/** Where the next line begins behind its indentation, if this one ends here. */
function lineAfter(text: string, at: number): number | undefined {
  const code = text.charCodeAt(at);
  if (code !== LINE_FEED && code !== RETURN && code !== SPACE && code !== TAB && !MAY_JOIN.test(text.charAt(at)))
    return undefined;
  JOINT.lastIndex = at;
  return JOINT.test(text) ? JOINT.lastIndex : undefined;
}

function endOfShort(text: string, from: number): number {
  let end = from;
  while (end - from < SHORTEST_ENCODED && isBase64(text.charCodeAt(end))) end += 1;
  return end;
}

/** Six bits of each letter, in either alphabet. */
const BITS = new Uint8Array(128);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((letter, bits) => {
  BITS[letter.charCodeAt(0)] = bits;
});
BITS['-'.charCodeAt(0)] = 62;
BITS['_'.charCodeAt(0)] = 63;

/** Whether a byte may be one of a token: also the zero beside it in UTF-16. */
const MAY_BE = Uint8Array.from({ length: 256 }, (_, byte) => (byte === 0 || isOfToken(byte) ? 1 : 0));
/** Whether a byte that begins with the six bits of this letter may be one. */
const BEGINS = Uint8Array.from({ length: 128 }, (_, code) =>
  isBase64(code) && [0, 1, 2, 3].some((rest) => MAY_BE[((BITS[code] ?? 0) << 2) | rest] === 1) ? 1 : 0,
);

/** Four letters spell three bytes. */
const LETTERS = 4;
/** So many bytes in a row have at least so many whole triples in them, however these fall. */
const ROW = 20;
const TRIPLES = 6;
const STEP = (TRIPLES - 2) * LETTERS;
/**
 * Letters on either side of a row that are decoded with it: names in front of a token, the query around a signature,
 * the lines of a key, of which each is a row of its own.
 */
const AROUND = 684 * LETTERS;

/**
 * Where decoding from this letter on (0 to 3) shows anything that may be a token, as ranges of letters: of what is no
 * text, or begins at another letter, that is almost nothing, and the rest need not be decoded. Three triples of four are
 * looked at, and those around them where all may be of a row.
 */
export function textsIn(letters: Uint8Array, from: number): Run[] {
  const { length } = letters;
  const found: Run[] = [];
  let at = from;
  while (at + 2 * LETTERS < length) {
    const one = BEGINS[letters[at] ?? 0] ?? 0;
    const two = BEGINS[letters[at + LETTERS] ?? 0] ?? 0;
    const three = BEGINS[letters[at + 2 * LETTERS] ?? 0] ?? 0;
    if ((one & two & three) === 0) {
      at += STEP;
      continue;
    }
    let first = at;
    while (first > from && at - first < TRIPLES * LETTERS && BEGINS[letters[first - LETTERS] ?? 0] === 1)
      first -= LETTERS;
    let last = at + 2 * LETTERS;
    while (last + LETTERS < length && BEGINS[letters[last + LETTERS] ?? 0] === 1) last += LETTERS;
    if (last - first >= (TRIPLES - 1) * LETTERS && hasRow(letters, Math.max(from, first - LETTERS), last)) {
      const start = Math.max(from, first - AROUND);
      const end = Math.min(length, last + 2 * AROUND);
      const before = found.at(-1);
      if (before !== undefined && start <= before.end) found[found.length - 1] = { start: before.start, end };
      else found.push({ start, end });
      // Whatever else begins so near has enough behind it.
      at = last + AROUND;
      continue;
    }
    // The triple behind the last does not fit: another row begins behind it.
    at = last + 2 * LETTERS;
  }
  return found;
}

/** Whether so many bytes in a row may be those of a token, from one triple to behind another. */
function hasRow(letters: Uint8Array, first: number, last: number): boolean {
  let row = 0;
  for (let at = first; at <= last + LETTERS; at += LETTERS) {
    const one = BITS[letters[at] ?? 0] ?? 0;
    const two = BITS[letters[at + 1] ?? 0] ?? 0;
    const three = BITS[letters[at + 2] ?? 0] ?? 0;
    const four = BITS[letters[at + 3] ?? 0] ?? 0;
    row = MAY_BE[(one << 2) | (two >> 4)] === 1 ? row + 1 : 0;
    if (row >= ROW) return true;
    row = MAY_BE[((two & 15) << 4) | (three >> 2)] === 1 ? row + 1 : 0;
    if (row >= ROW) return true;
    row = MAY_BE[((three & 3) << 6) | four] === 1 ? row + 1 : 0;
    if (row >= ROW) return true;
  }
  return false;
}

/** The bytes that these letters spell. One that is alone at the end spells none. */
export function bytesOf(letters: string, { start, end }: Run): Buffer {
  const alone = (end - start) % LETTERS === 1 ? 1 : 0;
  return Buffer.from(letters.slice(start, end - alone), 'base64');
}
