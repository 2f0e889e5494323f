/** So many of them, the same ones for the same seed, in an order that is the seed's too. */
export function sampleOf<Item>(items: readonly Item[], count: number, seed: number): readonly Item[] {
  const left = [...items];
  let state = seed >>> 0;
  return Array.from({ length: Math.min(count, items.length) }, () => {
    // mulberry32 (github.com/bryc/code/blob/master/jshash/PRNGs.md)
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const [taken] = left.splice(((mixed ^ (mixed >>> 14)) >>> 0) % left.length, 1);
    return taken as Item;
  });
}
