/**
 * The patterns of a flexible credential: `*` stands for any run of characters, also none and also across `/` and
 * `:`; `?` for exactly one. Compared without case: logins have none, even where Entra compares exactly.
 * Grammar: learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  return intersects(symbolsOf(pattern), literal(text));
}

export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** One position of a pattern: a character, or a wildcard. */
export type PatternSymbol = string | typeof ANY | typeof ONE;
const ANY = { wildcard: 'any' } as const;
const ONE = { wildcard: 'one' } as const;

/** The symbols of a pattern. */
export function symbolsOf(pattern: string): PatternSymbol[] {
  return [...pattern.toLowerCase()].map((character) => (character === '*' ? ANY : character === '?' ? ONE : character));
}

/** The symbols of a text in which `*` and `?` mean themselves. */
export function literal(text: string): PatternSymbol[] {
  return [...text.toLowerCase()];
}

/** Followed by anything. */
export function anything(): PatternSymbol[] {
  return [ANY];
}

/**
 * Whether some text matches both. Row by row over all pairs of positions: at most length times length steps,
 * whatever the pattern (subjects have at most 600 characters).
 */
export function intersects(left: readonly PatternSymbol[], other: readonly PatternSymbol[]): boolean {
  // reachable[j]: the symbols before (i, j) can have matched one common text.
  let reachable = new Array<boolean>(other.length + 1).fill(false);
  reachable[0] = true;
  for (let i = 0; i <= left.length; i += 1) {
    const next = new Array<boolean>(other.length + 1).fill(false);
    const a = left[i];
    for (let j = 0; j <= other.length; j += 1) {
      if (!reachable[j]) continue;
      const b = other[j];
      if (b === ANY) reachable[j + 1] = true;
      if (a === ANY) next[j] = true;
      if (a === undefined || b === undefined) continue;
      if (a === ANY) reachable[j + 1] = true;
      else if (b === ANY) next[j] = true;
      else if (a === ONE || b === ONE || a === b) next[j + 1] = true;
    }
    if (i === left.length) return reachable[other.length] === true;
    reachable = next;
  }
  return false;
}
