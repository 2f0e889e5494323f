import type { TokenClaims, TokenHit, TokenHolder, TokenType } from './token-hit.ts';

/**
 * What the detector uses of a text. A string is one; tests pass another that counts, because the promise is about
 * the work done: however hostile the text, each character is looked at a bounded number of times.
 */
export type TextSource = Pick<string, 'length' | 'charCodeAt' | 'indexOf' | 'slice'>;

/** A place in the text where a token of one format stands. */
export interface Candidate {
  readonly type: TokenType;
  readonly holder: TokenHolder;
  readonly checksum: TokenHit['checksum'];
  readonly start: number;
  readonly end: number;
  /** The token cannot end before this; beyond it only the characters tell, and a neighbour may have been taken in. */
  readonly sureEnd: number;
  readonly claims?: TokenClaims;
}

export interface TokenFormat {
  readonly type: TokenType;
  find(text: TextSource): Candidate[];
}

/** What a pattern that matched says about its token. */
export interface Reading {
  readonly holder: TokenHolder;
  readonly checksum: TokenHit['checksum'];
  readonly type?: TokenType;
  /** Least length of the token; without it, its length is certain. */
  readonly sureLength?: number;
  readonly claims?: TokenClaims;
}

/**
 * A format that a literal gives away. Around each occurrence of `anchor` the pattern sees at most `reach`
 * characters, which bounds the work; its quantifiers must be bounded as well.
 */
export function anchored(format: {
  readonly type: TokenType;
  readonly anchor: string;
  /** Characters of the token before the anchor. */
  readonly before?: number;
  readonly reach: number;
  /** Matches at the token's start; starts with `^`. */
  readonly pattern: RegExp;
  /** Undefined where the match is no token after all. */
  read(match: RegExpExecArray): Reading | undefined;
}): TokenFormat {
  const before = format.before ?? 0;
  return {
    type: format.type,
    find: (text) =>
      occurrences(text, format.anchor).flatMap((at) => {
        const start = at - before;
        if (start < 0) return [];
        const match = format.pattern.exec(text.slice(start, start + format.reach));
        const reading = match === null ? undefined : format.read(match);
        if (match === null || reading === undefined) return [];
        const end = start + match[0].length;
        const { sureLength, type = format.type, ...rest } = reading;
        return [{ type, ...rest, start, end, sureEnd: sureLength === undefined ? end : start + sureLength }];
      }),
  };
}

/** Where a literal occurs, overlaps included. */
export function occurrences(text: TextSource, literal: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(literal); at !== -1; at = text.indexOf(literal, at + 1)) found.push(at);
  return found;
}
