import { base64Blocks, bytesOf, lettersOf, textsIn } from './base64-blocks.ts';
import { hasTokenRun, hasWideRun, longRunsOf, type Run } from './char-runs.ts';
import type { Encoding } from './token-hit.ts';

/** What a text, or a part of it, says without one of its encodings. */
export interface DecodedView {
  readonly text: string;
  readonly encoding: Encoding;
  /** Where in the text what stands at these offsets of the view stands. */
  readonly sourceOf: (start: number, end: number) => Run;
}

/** Characters of the shortest token known. */
export const SHORTEST = 20;
/** Where zeros come first, the last of them belongs to nothing that follows. */
const SHORTEST_WIDE = SHORTEST - 1;

/** A text without one layer of what may hide a token in it. Each view is as long as what it was made of at the most. */
export function decodedViews(text: string, runs: readonly Run[] = longRunsOf(text)): DecodedView[] {
  return [...withoutEscapes(text), ...withoutZeros(text), ...withoutBase64(text, runs)];
}

const ESCAPE =
  /%[0-9A-Fa-f]{2}|\\(?:u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|x[0-9A-Fa-f]{2}|[nrt"'/\\])|&(?:amp|quot|apos|lt|gt|#\d{2,5}|#[xX][0-9A-Fa-f]{2,4});/g;
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

/**
 * More characters than the longest token has. What has none of its escapes so near is seen in clear, so that the view
 * need not hold it: a file with a single escape in it is not searched twice.
 */
const AROUND = 20_480;

/** Percent-encoding, escapes of JSON strings and entities of XML, all at once: the escapes, and what is around them. */
function withoutEscapes(text: string): DecodedView[] {
  if (!['%', '\\', '&'].some((sign) => text.indexOf(sign) !== -1)) return [];
  const views: DecodedView[] = [];
  let near: Escape[] = [];
  let last = 0;
  ESCAPE.lastIndex = 0;
  for (let match = ESCAPE.exec(text); match !== null; match = ESCAPE.exec(text)) {
    const [sign] = match;
    if (near.length > 0 && match.index - last > 2 * AROUND) {
      views.push(viewAround(text, near));
      near = [];
    }
    last = match.index + sign.length;
    near.push({ start: match.index, end: last, meaning: meaningOf(sign) });
  }
  return near.length === 0 ? views : [...views, viewAround(text, near)];
}

interface Escape extends Run {
  readonly meaning: string;
}

function viewAround(text: string, escapes: readonly Escape[]): DecodedView {
  const from = Math.max(0, (escapes[0]?.start ?? 0) - AROUND);
  const to = Math.min(text.length, (escapes.at(-1)?.end ?? 0) + AROUND);
  // Where in the view the character of each escape ends.
  const inView: number[] = [];
  let view = '';
  let at = from;
  for (const { start, end, meaning } of escapes) {
    view += text.slice(at, start) + meaning;
    at = end;
    inView.push(view.length);
  }
  view += text.slice(at, to);
  const endsAt = (offset: number): number => {
    const before = lastAtMost(inView, offset);
    return before === -1 ? from + offset : (escapes[before]?.end ?? 0) + offset - (inView[before] ?? 0);
  };
  const beginsAt = (offset: number): number => {
    const next = lastAtMost(inView, offset) + 1;
    return inView[next] === offset + 1 ? (escapes[next]?.start ?? 0) : endsAt(offset);
  };
  const sourceOf = (start: number, end: number): Run => ({ start: beginsAt(start), end: endsAt(end) });
  return { text: view, encoding: 'escaped', sourceOf };
}

function meaningOf(sign: string): string {
  if (sign.startsWith('%')) return String.fromCharCode(Number.parseInt(sign.slice(1), 16));
  const body = sign.startsWith('&') ? sign.slice(1, -1) : sign.slice(1);
  const named = body.length === 1 || sign.startsWith('&') ? NAMED[body] : undefined;
  if (named !== undefined) return named;
  if (body.length === 1) return body;
  const decimal = /^#\d/.test(body);
  return String.fromCharCode(
    decimal ? Number(body.slice(1)) : Number.parseInt(body.replace(/^(?:#[xX]|u\{|[ux])/, ''), 16),
  );
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
  if (!hasWideRun(bytes, SHORTEST_WIDE)) return [];
  const all = { start: 0, end: text.length };
  return [{ text: text.replaceAll('\0', ''), encoding: 'escaped', sourceOf: () => all }];
}

/**
 * Base64 in either alphabet, on one line or wrapped. The text before it may be glued to it, as the `n` of a `\n` is,
 * so that the first character may be any of the first four; where it is none of them, nothing comes out.
 */
function withoutBase64(text: string, runs: readonly Run[]): DecodedView[] {
  return base64Blocks(text, runs).flatMap((block) => {
    const content = text.slice(block.start, block.end);
    if (!isMixed(content)) return [];
    const letters = lettersOf(content);
    const codes = Buffer.from(letters, 'latin1');
    return [0, 1, 2, 3].flatMap((from) =>
      textsIn(codes, from).flatMap((part) =>
        textsOf(bytesOf(letters, part)).map(
          (decoded): DecodedView => ({ text: decoded, encoding: 'base64', sourceOf: () => block }),
        ),
      ),
    );
  });
}

/** Digests and paths have letters of one kind; the base64 of a token has both. */
function isMixed(content: string): boolean {
  return /[A-Z]/.test(content) && /[a-z]/.test(content);
}

/** What bytes say, as far as a token may be in it; PowerShell's encoded commands are UTF-16. Both may be in one. */
function textsOf(bytes: Buffer): string[] {
  return [
    ...(hasTokenRun(bytes, SHORTEST) ? [bytes.toString('latin1')] : []),
    ...(hasWideRun(bytes, SHORTEST_WIDE) ? [Buffer.from(bytes.filter((byte) => byte !== 0)).toString('latin1')] : []),
  ];
}
