import { createHash } from 'node:crypto';
import { longRunsOf, type Run, runsOf } from './char-runs.ts';
import { decodedViews, SHORTEST } from './decoded-views.ts';
import { FORMATS } from './formats.ts';
import type { AnchoredFinder, Candidate, TextSource } from './token-format.ts';
import type { FoundToken, TokenHit } from './token-hit.ts';

/** A Kubernetes secret in JSON holds a Docker configuration, which holds a header: three layers. One is to spare. */
const MOST_LAYERS = 4;

const FINDERS = FORMATS.flatMap(({ finders }) => finders);
const byAnchor = Map.groupBy(
  FINDERS.flatMap((finder) => ('anchors' in finder ? finder.anchors.map((anchor) => ({ anchor, finder })) : [])),
  ({ anchor }) => anchor,
);
const byRun = [
  ...Map.groupBy(
    FINDERS.flatMap((finder) => ('run' in finder ? [finder] : [])),
    ({ run }) => run.of,
  ),
].map(([of, finders]) => ({ of, finders, least: Math.min(...finders.map(({ run }) => run.least)) }));

/** All literals in one expression: the engine looks for them together, many times as fast as one after the other. */
const anyOf = (anchors: readonly string[]): RegExp =>
  new RegExp(anchors.map((anchor) => anchor.replace(/[.+]/g, '\\$&')).join('|'), 'g');
const ANCHORS = anyOf([...byAnchor.keys()]);
/** Of letters and digits alone: in base64 no other can stand. */
const ONLY_LETTERS = anyOf([...byAnchor.keys()].filter((anchor) => /^[0-9A-Za-z]+$/.test(anchor)));
/** One of these is in each of the others. */
const SIGNS = [...new Set([...byAnchor.keys()].flatMap((anchor) => /[^0-9A-Za-z]/.exec(anchor)?.[0] ?? []))];

/**
 * Every token that stands in a text, by prefix, length and checksum, in order of appearance and without its value:
 * in clear, in base64, escaped, and in several layers of these. No vendor is asked: using a found token to test it
 * would be acting as its owner, and would show in their logs. The work is bounded per character, whatever the text.
 */
export function detectTokens(text: TextSource, name?: string): TokenHit[] {
  return findTokens(text, name).map(({ hit }) => hit);
}

/**
 * The same with what of each token may be compared, in memory only. Some formats show only by the name in front of
 * them: `name` is that of the variable whose whole value the text is.
 */
export function findTokens(text: TextSource, name?: string): FoundToken[] {
  if (name === undefined) return search(text, MOST_LAYERS);
  const before = `${name}=`;
  return search(before + text.slice(0, text.length), MOST_LAYERS).flatMap(({ hit, lastEight }) => {
    const end = hit.end - before.length;
    return end <= 0 ? [] : [{ hit: { ...hit, start: Math.max(0, hit.start - before.length), end }, lastEight }];
  });
}

/**
 * The value of the token with this digest, for whoever has to hand it to its issuer; in memory only, and it goes nowhere
 * else. Undefined where it stands there no more.
 */
export function tokenWithDigest(text: string, sha256: string, layers = MOST_LAYERS): string | undefined {
  const runs = longRunsOf(text);
  const plain = inClear(text, text, runs).find(({ hit }) => hit.sha256 === sha256);
  if (plain !== undefined) return text.slice(plain.hit.start, plain.hit.end);
  if (layers === 0) return undefined;
  for (const { text: decoded } of decodedViews(text, runs)) {
    const value = tokenWithDigest(decoded, sha256, layers - 1);
    if (value !== undefined) return value;
  }
  return undefined;
}

function search(text: TextSource, layers: number): FoundToken[] {
  if (text.length < SHORTEST) return [];
  const whole = text.slice(0, text.length);
  const runs = longRunsOf(whole);
  const plain = inClear(text, whole, runs);
  if (layers === 0) return plain;
  const hidden = decodedViews(whole, runs).flatMap(({ text: decoded, encoding, sourceOf }) =>
    search(decoded, layers - 1).map(
      ({ hit, lastEight }): FoundToken => ({
        hit: { ...hit, ...sourceOf(hit.start, hit.end), encoded: encoding },
        lastEight,
      }),
    ),
  );
  return hidden.length === 0 ? plain : joined(plain, hidden);
}

/** `whole` is the text itself: what passes over all of it takes the engine's own ways. */
function inClear(text: TextSource, whole: string, runs: readonly Run[]): FoundToken[] {
  const candidates = [...atAnchors(text, whole), ...inRuns(text, whole, runs)].sort(
    (one, other) => one.start - other.start || other.end - one.end,
  );
  return apart(candidates).map(({ sureEnd: _, ...candidate }) => {
    const value = text.slice(candidate.start, candidate.end);
    const sha256 = createHash('sha256').update(value).digest('hex');
    return { hit: { ...candidate, sha256, lastFour: value.slice(-4) }, lastEight: value.slice(-8) };
  });
}

function atAnchors(text: TextSource, whole: string): Candidate[] {
  const found: Candidate[] = [];
  // Behind the last two, which may be padding, no token has room.
  const inner = whole.slice(0, -2);
  const anchors = SIGNS.some((sign) => inner.indexOf(sign) !== -1) ? ANCHORS : ONLY_LETTERS;
  anchors.lastIndex = 0;
  for (let match = anchors.exec(whole); match !== null; match = anchors.exec(whole)) {
    const [anchor] = match;
    const at = match.index;
    // Another may begin within this one.
    anchors.lastIndex = at + 1;
    if (isRepeated(whole, at, anchor)) continue;
    for (const { finder } of byAnchor.get(anchor) ?? []) found.push(...one(finder, text, at, anchor));
  }
  return found;
}

const LONG_ENOUGH = 5;
const TOO_NEAR = 16;

/** A long prefix does not come twice within a token by chance; hostile text repeats it, so that each costs something. */
function isRepeated(text: string, at: number, anchor: string): boolean {
  const behind = at + anchor.length;
  return anchor.length >= LONG_ENOUGH && text.slice(behind, behind + TOO_NEAR).includes(anchor);
}

function one(finder: AnchoredFinder, text: TextSource, at: number, anchor: string): Candidate[] {
  const candidate = finder.findAt(text, at, anchor);
  return candidate === undefined ? [] : [candidate];
}

function inRuns(text: TextSource, whole: string, long: readonly Run[]): Candidate[] {
  const found: Candidate[] = [];
  for (const { of, least, finders } of byRun) {
    for (const { start, end } of of === 'base64' ? long : runsOf(whole, of, least, long)) {
      for (const { run, findIn } of finders) if (end - start >= run.least) found.push(...findIn(text, start, end));
    }
  }
  return found;
}

/**
 * A token of open length ends where the next one begins; a JWT inside a longer token is part of that token, and so is
 * what looks like another of the same kind. Everything else that overlaps is kept: hiding a token behind another one
 * must not work.
 */
function apart(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const next of candidates) {
    const last = kept.at(-1);
    if (last === undefined || next.start >= last.end) {
      kept.push(next);
    } else if (next.start >= last.sureEnd) {
      kept[kept.length - 1] = { ...last, end: next.start };
      kept.push(next);
    } else if (next.end > last.end || (next.type !== 'jwt' && next.type !== last.type)) {
      kept.push(next);
    }
  }
  return kept;
}

/** What decoding showed beside what stands in clear. A token whose escapes cut it short is told whole. */
function joined(plain: readonly FoundToken[], hidden: readonly FoundToken[]): FoundToken[] {
  const inOrder = (one: FoundToken, other: FoundToken): number =>
    one.hit.start - other.hit.start || other.hit.end - one.hit.end;
  const kept: FoundToken[] = [];
  // By where they end, so that of those that overlap the neighbours alone are looked at.
  for (const next of [...plain, ...hidden].sort(inOrder)) {
    const last = kept.at(-1);
    if (last === undefined || next.hit.start >= last.hit.end || !isSame(last, next)) kept.push(next);
    else if (isWhole(next, last)) kept[kept.length - 1] = next;
  }
  return kept;
}

/** The same token, seen twice: in clear and in a view of the same text. */
function isSame(one: FoundToken, other: FoundToken): boolean {
  if (one.hit.sha256 === other.hit.sha256) return true;
  const seenTwice = one.hit.encoded !== other.hit.encoded;
  return seenTwice && one.hit.encoded !== 'base64' && other.hit.encoded !== 'base64' && one.hit.type === other.hit.type;
}

/** Of two views of one token: the one in clear, unless it was cut short. */
function isWhole(next: FoundToken, last: FoundToken): boolean {
  const longer = next.hit.end - next.hit.start > last.hit.end - last.hit.start;
  return (
    longer || (next.hit.encoded === undefined && next.hit.end === last.hit.end && next.hit.start === last.hit.start)
  );
}
