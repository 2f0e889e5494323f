import { mulberry32 } from '../../truth/firm/random.ts';

/** So many of them, the same ones for the same seed, in an order that is the seed's too. */
export function sampleOf<Item>(items: readonly Item[], count: number, seed: number): readonly Item[] {
  const left = [...items];
  const next = mulberry32(seed);
  return Array.from({ length: Math.min(count, items.length) }, () => {
    const [taken] = left.splice(next() % left.length, 1);
    return taken as Item;
  });
}
