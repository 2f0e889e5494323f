import { hasTokenRun, hasWideRun, isBase64, type Run, runsOf } from './char-runs.ts';
import type { Encoding } from './token-hit.ts';

/** What a text, or a part of it, says without one of its encodings. */
export interface DecodedView {
  readonly text: string;
  readonly encoding: Encoding;
  /** Where in the text what stands at these offsets of the view stands. */
  readonly sourceOf: (start: number, end: number) => Run;
}

/** The shortest token known has 20 characters, which are 27 in base64. */
export const SHORTEST = 20;
const SHORTEST_ENCODED = 27;

/** A text without one layer of what may hide a token in it. Each view is as long as what it was made of at the most. */
export function decodedViews(text: string): DecodedView[] {
  return [...withoutEscapes(text), ...withoutZeros(text), ...withoutBase64(text)];
}

const ESCAPE =
  /%[0-9A-Fa-f]{2}|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrt"'/\\])|&(?:amp|quot|apos|lt|gt|#\d{2,5}|#x[0-9A-Fa-f]{2,4});/g;
const NAMED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
};

/** Percent-encoding, escapes of JSON strings and entities of XML, all at once. */
function withoutEscapes(text: string): DecodedView[] {
  if (!['%', '\\', '&'].some((sign) => text.indexOf(sign) !== -1)) return [];
  // Of each escape: where it begins and ends in the text, and where the character ends that it stands for.
  const begins: number[] = [];
  const inText: number[] = [];
  const inView: number[] = [];
  let view = '';
  let at = 0;
  ESCAPE.lastIndex = 0;
  for (let match = ESCAPE.exec(text); match !== null; match = ESCAPE.exec(text)) {
    const [sign] = match;
    view += text.slice(at, match.index) + meaningOf(sign);
    at = match.index + sign.length;
    begins.push(match.index);
    inText.push(at);
    inView.push(view.length);
  }
  if (inText.length === 0) return [];
  view += text.slice(at);
  const endsAt = (offset: number): number => {
    const before = lastAtMost(inView, offset);
    return before === -1 ? offset : (inText[before] ?? 0) + offset - (inView[before] ?? 0);
  };
  const beginsAt = (offset: number): number => {
    const next = lastAtMost(inView, offset) + 1;
    return inView[next] === offset + 1 ? (begins[next] ?? 0) : endsAt(offset);
  };
  const sourceOf = (start: number, end: number): Run => ({ start: beginsAt(start), end: endsAt(end) });
  return [{ text: view, encoding: 'escaped', sourceOf }];
}

function meaningOf(sign: string): string {
  if (sign.startsWith('%')) return String.fromCharCode(Number.parseInt(sign.slice(1), 16));
  const body = sign.startsWith('&') ? sign.slice(1, -1) : sign.slice(1);
  const named = body.length === 1 || sign.startsWith('&') ? NAMED[body] : undefined;
  if (named !== undefined) return named;
  if (body.length === 1) return body;
  const decimal = body.startsWith('#') && !body.startsWith('#x');
  return String.fromCharCode(decimal ? Number(body.slice(1)) : Number.parseInt(body.replace(/^(?:#x|[ux])/, ''), 16));
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** UTF-16 that was read byte by byte: every other character is a zero. */
function withoutZeros(text: string): DecodedView[] {
  if (text.indexOf('\0') === -1) return [];
  const bytes = Buffer.from(text, 'latin1');
  if (!hasWideRun(bytes, SHORTEST)) return [];
  const all = { start: 0, end: text.length };
  return [{ text: text.replaceAll('\0', ''), encoding: 'escaped', sourceOf: () => all }];
}

/**
 * Base64 in either alphabet, on one line or wrapped. The text before it may be glued to it, as the `n` of a `\n` is,
 * so that the first character may be any of the first four; where it is none of them, nothing comes out.
 */
function withoutBase64(text: string): DecodedView[] {
  return blocksOf(text).flatMap(({ start, end }) => {
    const content = text.slice(start, end);
    if (!isMixed(content)) return [];
    return [0, 1, 2, 3].flatMap((offset): DecodedView[] => {
      // Line ends and indentation are none of base64's letters, and are passed over.
      const decoded = textIn(Buffer.from(content.slice(offset), 'base64'));
      return decoded === undefined ? [] : [{ text: decoded, encoding: 'base64', sourceOf: () => ({ start, end }) }];
    });
  });
}

/** Digests and paths have letters of one kind; the base64 of a token has both. */
function isMixed(content: string): boolean {
  return /[A-Z]/.test(content) && /[a-z]/.test(content);
}

/** What bytes say, as far as a token may be in it; PowerShell's encoded commands are UTF-16. */
function textIn(bytes: Buffer): string | undefined {
  if (hasWideRun(bytes, SHORTEST)) return Buffer.from(bytes.filter((byte) => byte !== 0)).toString('latin1');
  return hasTokenRun(bytes, SHORTEST) ? bytes.toString('latin1') : undefined;
}

const MOST_INDENTED = 64;

/** Runs of base64, the lines of a wrapped one together: lines behind the first are equally long, but for the last. */
function blocksOf(text: string): Run[] {
  const runs = runsOf(text, 'base64', SHORTEST_ENCODED);
  const blocks: Run[] = [];
  for (let at = 0; at < runs.length; at += 1) {
    const { start = 0, end: firstEnd = 0 } = runs[at] ?? {};
    let end = firstEnd;
    let length: number | undefined;
    for (;;) {
      const next = lineAfter(text, end);
      if (next === undefined) break;
      const run = runs[at + 1];
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

const EQUALS = 0x3d;

/** Where the next line begins behind its indentation, if this one ends here. */
function lineAfter(text: string, at: number): number | undefined {
  let next = at;
  if (text.charCodeAt(next) === 0x0d) next += 1;
  if (text.charCodeAt(next) === 0x0a) next += 1;
  if (next === at) return undefined;
  const first = next;
  while (next - first < MOST_INDENTED && (text.charCodeAt(next) === 0x20 || text.charCodeAt(next) === 0x09)) next += 1;
  return next;
}

function endOfShort(text: string, from: number): number {
  let end = from;
  while (end - from < SHORTEST_ENCODED && isBase64(text.charCodeAt(end))) end += 1;
  return end;
}
