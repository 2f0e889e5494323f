import { redactedStart } from '../src/credentials/redact-secrets.ts';

/** Letters of a token that may stand in a row elsewhere: its last four are in the report. */
const ROW = 8;
/** Of one token; what is longer is no key that a name would be made of. */
const REACH = 1_024;
const MOST_ROWS = 100_000;

/**
 * Names, paths and labels as they may leave the machine: a variable or a file may be named with a token, or with a part
 * of one. What looks like a credential is cut by the rules of the product's own log; then whatever has a part of a token
 * that was found in it is left out.
 */
export function makeShown(values: readonly string[]): (text: string, most: number) => string | undefined {
  const rows = new Set<string>();
  for (const value of values) {
    for (let at = 0; at + ROW <= Math.min(value.length, REACH) && rows.size < MOST_ROWS; at += 1) {
      rows.add(value.slice(at, at + ROW));
    }
  }
  const hasPart = (text: string): boolean => {
    for (let at = 0; at + ROW <= text.length; at += 1) if (rows.has(text.slice(at, at + ROW))) return true;
    return false;
  };
  return (text, most) => {
    // Invisible characters go first: they would keep a token from being seen.
    const safe = redactedStart(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ''), most)
      .replace(/\p{Cs}/gu, '')
      .trim();
    if (safe === '') return undefined;
    return rows.size > 0 && hasPart(safe) ? '[left out]' : safe;
  };
}
