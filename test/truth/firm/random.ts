/** Chance that is the same for the same seed. */
export interface Chance {
  /** From 0 to 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** Whether something of this probability happens. */
  is(probability: number): boolean;
  guid(): string;
  bytes(count: number): Buffer;
}

/** Whole numbers of 32 bits by mulberry32: small, even, and enough for a campaign (github.com/cprosche/mulberry32). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

export function chanceOf(seed: number): Chance {
  const whole = mulberry32(seed ^ 0x9e3779b9);
  const next = (): number => whole() / 2 ** 32;
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const bytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => between(0, 255)));
  return {
    next,
    between,
    pick: <T>(items: readonly T[]): T => {
      const found = items[between(0, items.length - 1)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    is: (probability) => next() < probability,
    guid: () => {
      const hex = bytes(16).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    bytes,
  };
}
