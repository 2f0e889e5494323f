import { createHash } from 'node:crypto';
import { encodedRuns } from './encoded-runs.ts';
import { GITHUB_FORMATS } from './github-formats.ts';
import { MICROSOFT_FORMATS } from './microsoft-formats.ts';
import { OTHER_FORMATS } from './other-formats.ts';
import type { Candidate, TextSource } from './token-format.ts';
import type { FoundToken, TokenHit } from './token-hit.ts';

const FORMATS = [...GITHUB_FORMATS, ...MICROSOFT_FORMATS, ...OTHER_FORMATS];

/**
 * Every token that stands in a text, by prefix, length and checksum, in order of appearance and without its value.
 * No vendor is asked: using a found token to test it would be acting as its owner, and would show in their logs.
 * The work is bounded per character, whatever the text.
 */
export function detectTokens(text: TextSource): TokenHit[] {
  return findTokens(text).map(({ hit }) => hit);
}

/** The same with what of each token may be compared, in memory only. */
export function findTokens(text: TextSource): FoundToken[] {
  const plain = findPlain(text);
  const encoded = encodedRuns(text).flatMap(({ start, end, decoded }) => {
    if (plain.some(({ hit }) => hit.start < end && start < hit.end)) return [];
    return findPlain(decoded).map(
      ({ hit, lastEight }): FoundToken => ({ hit: { ...hit, start, end, encoded: 'base64' }, lastEight }),
    );
  });
  return encoded.length === 0 ? plain : [...plain, ...encoded].sort((one, other) => one.hit.start - other.hit.start);
}

function findPlain(text: TextSource): FoundToken[] {
  const candidates = FORMATS.flatMap((format) => format.find(text)).sort(
    (one, other) => one.start - other.start || other.end - one.end,
  );
  return apart(candidates).map(({ sureEnd: _, ...candidate }) => {
    const value = text.slice(candidate.start, candidate.end);
    const sha256 = createHash('sha256').update(value).digest('hex');
    return { hit: { ...candidate, sha256, lastFour: value.slice(-4) }, lastEight: value.slice(-8) };
  });
}

/**
 * A token of open length ends where the next one begins; a JWT inside a longer token is part of that token.
 * Everything else that overlaps is kept: hiding a token behind another one must not work.
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
    } else if (next.type !== 'jwt' || next.end > last.end) {
      kept.push(next);
    }
  }
  return kept;
}
