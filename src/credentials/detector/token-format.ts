import type { Checksum, TokenClaims, TokenHolder, TokenType } from './token-hit.ts';

/**
 * What the detector uses of a text. A string is one; tests pass another that counts, because the promise is about
 * the work done: however hostile the text, each character is looked at a bounded number of times.
 */
export type TextSource = Pick<string, 'length' | 'charCodeAt' | 'indexOf' | 'slice'>;

/** A place in the text where a token of one format stands. */
export interface Candidate {
  readonly type: TokenType;
  readonly holder: TokenHolder;
  readonly checksum: Checksum;
  readonly start: number;
  readonly end: number;
  /** The token cannot end before this; beyond it only the characters tell, and a neighbour may have been taken in. */
  readonly sureEnd: number;
  readonly claims?: TokenClaims;
}

/** A literal gives the tokens of a format away. */
export interface AnchoredFinder {
  readonly anchors: readonly string[];
  /** What stands at the anchor. What it looks at around it has to be bounded. */
  readonly findAt: (text: TextSource, at: number, anchor: string) => Candidate | undefined;
}

/** Nothing but their letters and their length does: every unbroken run of at least so many is looked at. */
export interface RunFinder {
  readonly run: { readonly of: RunOf; readonly least: number };
  readonly findIn: (text: TextSource, start: number, end: number) => readonly Candidate[];
}

/** Letters of a run: lower-case base32, hexadecimal, base64 in either alphabet. */
export type RunOf = 'base32' | 'hex' | 'base64';

/** One format: what is known of it, for the detector and for people. */
export interface TokenFormat {
  readonly type: TokenType;
  readonly vendor: string;
  /** What its vendor calls it. */
  readonly name: string;
  /** `told`: the token itself says it, as a claim of a JWT does. */
  readonly holder: TokenHolder | 'told';
  /** What it looks like, in words. */
  readonly looksLike: string;
  /** What its checksum is, where it has one that can be checked. */
  readonly checksum?: string;
  /** Where the format is described. */
  readonly source: string;
  /** What ends a token of this format, for the person who has to do it. The value is needed for none of it. */
  readonly revoke: string;
  readonly finders: readonly (AnchoredFinder | RunFinder)[];
}

/** What a pattern that matched says about its token. */
export interface Reading {
  readonly holder: TokenHolder;
  readonly checksum: Checksum;
  readonly type?: TokenType;
  /** Length of the token, where it is less than what the pattern matched. */
  readonly length?: number;
  /** Least length of the token; without it, its length is certain. */
  readonly sureLength?: number;
}

/**
 * Tokens that begin so many characters before their literal. The pattern sees at most `reach` characters, which
 * bounds the work; its quantifiers have to be bounded as well.
 */
export function anchored(format: {
  readonly type: TokenType;
  readonly anchors: readonly string[];
  /** Characters of the token before the literal. */
  readonly before?: number;
  readonly reach: number;
  /** Matches at the token's start; starts with `^`. */
  readonly pattern: RegExp;
  /** The part of a match that a placeholder would repeat: all of it but prefix and checksum, by default the match. */
  readonly body?: (match: RegExpExecArray) => string;
  /** Undefined where the match is no token after all. */
  readonly read: (match: RegExpExecArray) => Reading | undefined;
}): AnchoredFinder {
  const before = format.before ?? 0;
  return {
    anchors: format.anchors,
    findAt: (text, at, anchor) => {
      const start = at - before;
      if (start < 0) return undefined;
      const match = format.pattern.exec(text.slice(start, start + format.reach));
      const reading = match === null ? undefined : format.read(match);
      if (match === null || reading === undefined) return undefined;
      const length = reading.length ?? match[0].length;
      const { holder, checksum, type = format.type, sureLength = length } = reading;
      // Behind the sure part a neighbour may have been taken in.
      const body = format.body?.(match) ?? match[0].slice(0, sureLength).replace(anchor, '');
      // The prefix once more is how somebody fills a form, or a text that is made to keep the search busy.
      if (checksum !== 'valid' && (isPlaceholder(body) || body.includes(anchor))) return undefined;
      return { type, holder, checksum, start, end: start + length, sureEnd: start + sureLength };
    },
  };
}

const FEWEST_LETTERS = 5;
const SAYS_SO = /example|placeholder|redacted|changeme|your[-_]?(?:token|key|secret)|(.)\1{7}|x{6}|123456789|abcdefgh/i;

/** Whether it stands for a token in an example: of chance, none of these come out. */
export function isPlaceholder(body: string): boolean {
  return !hasLetters(body, FEWEST_LETTERS) || SAYS_SO.test(body);
}

/** Whether a text of letters and digits has so many different ones. */
export function hasLetters(text: string, least: number): boolean {
  const seen = [0, 0, 0, 0];
  let letters = 0;
  for (let at = 0; at < text.length && letters < least; at += 1) {
    const code = text.charCodeAt(at) & 127;
    const bit = 1 << (code & 31);
    const before = seen[code >> 5] ?? 0;
    if ((before & bit) === 0) letters += 1;
    seen[code >> 5] = before | bit;
  }
  return letters >= least;
}

/** Text in front of a place, as far as a name or a scheme that says what stands there may reach. */
export function textBefore(text: TextSource, at: number, reach: number): string {
  return text.slice(Math.max(0, at - reach), at);
}
