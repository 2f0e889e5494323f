import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countPeople, type PeopleCounts } from '../../src/exposure/count-people.ts';
import { type ExposurePath, PATH_KINDS, type PathKind, SURVIVING_KINDS } from '../../src/exposure/path.ts';
import { BANDS, type Band, type Published } from '../../src/exposure/published.ts';
import { isPossible } from '../../src/exposure/what-figures-tell.ts';
import { exposed, withhold } from '../../src/exposure/withhold.ts';
import { fc } from '../support/properties.ts';

const NO_KINDS = Object.fromEntries(PATH_KINDS.map((kind) => [kind, 0])) as Record<PathKind, number>;
const counts = (
  bands: readonly (number | undefined)[],
  kinds: Partial<Record<PathKind, number>> = {},
): PeopleCounts => ({
  bands: Object.fromEntries(BANDS.map((band, at) => [band, bands[at]])) as Record<Band, number | undefined>,
  kinds: { ...NO_KINDS, ...kinds },
});
const bandsOf = ({ bands }: Published) => bands.map(({ people }) => people);

test('a cell of 4 is withheld, and so is another number beside it; a cell of 5 is shown', () => {
  assert.deepEqual(bandsOf(withhold(counts([50, 20, 10, 5]))), [50, 20, 10, 5]);
  const four = withhold(counts([50, 20, 10, 4]));
  assert.deepEqual(bandsOf(four), [null, 20, 10, null]);
  assert.deepEqual(four.bands[3], { band: 'more', people: null, suppressed: true });
  assert.deepEqual(four.bands[1], { band: '1-2', people: 20, suppressed: false });
});

test('nobody is shown as 0: none is as small a number as any', () => {
  assert.deepEqual(bandsOf(withhold(counts([50, 20, 0, 0]))), [null, 20, null, null]);
});

test('where the numbers that are left could only be small ones, more is withheld', () => {
  // Of 37 people 8 would be left for two bands that hold at most 4 each.
  assert.deepEqual(bandsOf(withhold(counts([4, 9, 20, 4]))), [null, null, 20, null]);
  assert.deepEqual(bandsOf(withhold(counts([3, 2, 1, 0]))), [null, null, null, null]);
});

test('where nobody knows how many people there are, those without a path are not a number', () => {
  assert.deepEqual(bandsOf(withhold(counts([undefined, 20, 10, 6]))), [null, 20, 10, 6]);
  assert.deepEqual(bandsOf(withhold(counts([undefined, 20, 10, 4]))), [null, 20, 10, null]);
});

test('a kind that more people have than the bands show would tell the band that is withheld', () => {
  const tells = withhold(counts([50, 6, 6, 4], { 'deploy-key': 16 }));
  assert.ok(tells.kinds.every(({ people }) => people === null));
  const silent = withhold(counts([50, 40, 6, 4], { 'deploy-key': 16, schedule: 40, 'sso-credential': 4 }));
  assert.equal(silent.kinds.find(({ kind }) => kind === 'deploy-key')?.people, 16);
  assert.equal(silent.kinds.find(({ kind }) => kind === 'sso-credential')?.people, null);
});

test('a consent never survives, so that it is no kind behind which a withheld band could hide', () => {
  // Everybody has one thing: 42 things are 42 people at the most, and so no more than 2 in the band that is withheld.
  const kinds: Partial<Record<PathKind, number>> = { 'deploy-key': 7, schedule: 5, 'service-connection': 5 };
  const more = { 'federated-credential': 5, 'application-secret': 5, 'fine-grained-token': 5, 'sso-credential': 5 };
  const told = withhold(counts([50, 30, 10, 2], { ...kinds, ...more, 'token-in-repository': 5 }));
  assert.ok(told.kinds.every(({ kind, people }) => people === null && kind !== 'delegated-grant'));
});

test('a kind that nobody can have here, as in a firm without Azure DevOps, hides no band either', () => {
  const kinds: Partial<Record<PathKind, number>> = { 'deploy-key': 7, schedule: 5, 'token-in-repository': 10 };
  const more = { 'federated-credential': 5, 'application-secret': 5, 'fine-grained-token': 5, 'sso-credential': 5 };
  const told = withhold(counts([50, 30, 10, 2], { ...kinds, ...more, 'service-connection': 0 }));
  assert.ok(told.kinds.every(({ people }) => people === null));
});

test('yesterday’s numbers do not tell today’s: with the same people in both, what is withheld stays open', () => {
  const yesterday = withhold(counts([50, 20, 10, 5]));
  const today = withhold(counts([51, 20, 10, 4]));
  const all = yesterday.bands.reduce((sum, { people }) => sum + (people ?? 0), 0);
  const left = today.bands.reduce((sum, { people }) => sum - (people ?? 0), all);
  assert.deepEqual(today, withhold(counts([left - 1, 20, 10, 1])));
  assert.deepEqual(today, withhold(counts([left, 20, 10, 0])));
});

test('where nothing is withheld each kind is shown with its number, from five people on', () => {
  const five = Object.fromEntries(SURVIVING_KINDS.map((kind) => [kind, 5]));
  assert.deepEqual(
    withhold(counts([50, 40, 20, 10], five)).kinds,
    SURVIVING_KINDS.map((kind) => ({ kind, people: 5, suppressed: false })),
  );
});

const person = fc.array(fc.constantFrom(...SURVIVING_KINDS), { maxLength: 8 });
const firm = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12 }), person), { maxLength: 9 })
  .map((groups) => groups.flatMap(([people, kinds]) => Array.from({ length: people }, () => kinds)));
const pathsOf = (kinds: readonly PathKind[]) => kinds.map((kind) => ({ kind, survives: true }) as ExposurePath);

test('no number that is withheld can be told from those that are shown, by whoever knows how many people there are', () => {
  fc.assert(
    fc.property(firm, fc.boolean(), (people, isWhole) => {
      const real = countPeople(people.map(pathsOf), isWhole);
      const shown = withhold(real);
      const kinds = shown.kinds.map((cell) => cell.people);
      for (const { people: number } of [...shown.bands, ...shown.kinds]) assert.ok(number === null || number >= 5);
      for (const [at, { people: number, band }] of shown.bands.entries()) {
        if (number !== null || real.bands[band] === undefined) continue;
        const others = otherFirms(real, shown, at);
        // Of a firm without people there is nothing to tell.
        assert.ok(others.size > 1 || people.length === 0, `${band}: ${JSON.stringify(real.bands)}`);
        if (shown.bands.some((cell) => cell.people !== null) && (real.bands[band] ?? 0) < 5)
          for (const value of [0, 1, 2, 3, 4]) assert.ok(others.has(value), `${band} = ${value}`);
      }
      if (kinds.every((each) => each === null)) return;
      for (const [at, number] of kinds.entries()) {
        if (number !== null) continue;
        for (const value of [0, 1, 2, 3, 4]) {
          const guess = kinds.map((each, index) => (index === at ? value : each));
          assert.ok(isPossible(exposed(shown.bands), guess), `${SURVIVING_KINDS[at]} = ${value}`);
        }
      }
    }),
    { numRuns: 60 },
  );
});

/** What a withheld number could be in another firm with as many people, of which exactly the same is shown. */
function otherFirms({ bands }: PeopleCounts, shown: Published, at: number): ReadonlySet<number> {
  const own = BANDS[at] as Band;
  const others = BANDS.filter(
    (band, index) => index !== at && shown.bands[index]?.people === null && bands[band] !== undefined,
  );
  const [first, second, third] = others.map((band) =>
    [...SMALL, bands[band] ?? 0].map((number) => ({ [band]: number })),
  );
  const small = [first ?? [{}], second ?? [{}], third ?? [{}]] as Partial<Record<Band, number>>[][];
  const value = bands[own] ?? 0;
  const found = new Set<number>();
  const all = sumOf(bands);
  for (const number of new Set([...SMALL, value - 1, value, value + 1])) {
    for (const one of small[0] ?? []) {
      for (const two of small[1] ?? []) {
        for (const three of small[2] ?? []) {
          const guess = { ...bands, ...one, ...two, ...three, [own]: number };
          // Whoever knows how many people there are: one of the others takes the rest.
          const worlds =
            bands['0'] === undefined
              ? [guess]
              : others.map((rest) => ({ ...guess, [rest]: (guess[rest] ?? 0) + all - sumOf(guess) }));
          if (worlds.some((world) => looksLike(world, shown))) found.add(number);
        }
      }
    }
  }
  return found;
}

const SMALL = [0, 1, 2, 3, 4] as const;
const sumOf = (bands: PeopleCounts['bands']) => BANDS.reduce((sum, band) => sum + (bands[band] ?? 0), 0);

function looksLike(bands: PeopleCounts['bands'], shown: Published): boolean {
  if (BANDS.some((band) => (bands[band] ?? 0) < 0)) return false;
  const same = withhold({ bands, kinds: NO_KINDS }).bands;
  if (JSON.stringify(same) !== JSON.stringify(shown.bands)) return false;
  const kinds = shown.kinds.map(({ people }) => people);
  if (kinds.every((number) => number === null)) return true;
  return isPossible([bands['1-2'] ?? 0, bands['3-5'] ?? 0, bands.more ?? 0], kinds);
}
