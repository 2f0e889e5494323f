import type { PeopleCounts } from './count-people.ts';
import { SURVIVING_KINDS } from './path.ts';
import { BANDS, type Band, type BandCell, type Published } from './published.ts';
import { type Hidden, tellsNothing } from './what-figures-tell.ts';

/** A number below this is withheld, 0 among them. */
const LEAST = 5;

/**
 * What may be shown. Whoever knows how many people there are could take the rest from a total; so another number is
 * withheld beside a small one, until those that are withheld come to more than small ones alone could be: then each of
 * them may be anything from 0 to 4. There is no total. Which numbers are withheld besides does not depend on how large
 * they are, which would tell something of them; and where the kinds would tell what the bands withhold, or the other way,
 * no kind is shown.
 */
export function withhold({ bands, kinds }: PeopleCounts): Published {
  const hidden = hiddenBands(bands);
  const shown = BANDS.map((band): BandCell => {
    const people = bands[band];
    return people === undefined || hidden.has(band)
      ? { band, people: null, suppressed: true }
      : { band, people, suppressed: false };
  });
  const ofKinds = SURVIVING_KINDS.map((kind) => ({ kind, number: kinds[kind] < LEAST ? null : kinds[kind] }));
  const numbers = ofKinds.map(({ number }) => number);
  const withheld = [...hidden].map((band) => bands[band]);
  const left = withheld.every((number) => number !== undefined)
    ? withheld.reduce((sum, number) => sum + number, 0)
    : undefined;
  const { 0: none } = numbersOf(shown);
  const mayShow =
    numbers.some((number) => number !== null) && tellsNothing({ none, exposed: exposed(shown), left }, numbers);
  return {
    bands: shown,
    kinds: ofKinds.map(({ kind, number }) => {
      const people = mayShow ? number : null;
      return { kind, people, suppressed: people === null };
    }),
  };
}

/** The bands of people with a path. */
export function exposed(cells: readonly BandCell[]): readonly [Hidden, Hidden, Hidden] {
  const numbers = numbersOf(cells);
  return [numbers['1-2'], numbers['3-5'], numbers.more];
}

function numbersOf(cells: readonly BandCell[]): Readonly<Record<Band, Hidden>> {
  return Object.fromEntries(cells.map(({ band, people }) => [band, people])) as Record<Band, Hidden>;
}

function hiddenBands(bands: PeopleCounts['bands']): ReadonlySet<Band> {
  const small = BANDS.filter((band) => {
    const people = bands[band];
    return people !== undefined && people < LEAST;
  });
  const hidden = new Set<Band>([...small, ...BANDS.filter((band) => bands[band] === undefined)]);
  if (small.length === 0) return hidden;
  for (const band of BANDS) {
    const sum = [...hidden].reduce((all, each) => all + (bands[each] ?? Number.POSITIVE_INFINITY), 0);
    if (sum > (LEAST - 1) * hidden.size) break;
    hidden.add(band);
  }
  return hidden;
}
