import type { TextSource } from './token-format.ts';

/** A stretch of base64 and what it spells. */
export interface EncodedRun {
  readonly start: number;
  readonly end: number;
  readonly decoded: string;
}

/** The shortest token known is 40 characters, which is 54 in base64. */
const SHORTEST = 54;

/**
 * Every stretch of a text that may be base64 of something with a token in it: an `Authorization: Basic` header
 * (`:token` or `x-access-token:token`) is how tools keep a token in an environment or a git configuration.
 */
export function encodedRuns(text: TextSource): EncodedRun[] {
  const runs: EncodedRun[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && isBase64(text.charCodeAt(at))) continue;
    if (at - start >= SHORTEST) {
      const decoded = Buffer.from(text.slice(start, at), 'base64').toString('latin1');
      runs.push({ start, end: at, decoded });
    }
    start = at + 1;
  }
  return runs;
}

function isBase64(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2b ||
    code === 0x2f
  );
}
