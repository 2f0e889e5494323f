/** A number that is shown, or null where it is withheld. */
export type Hidden = number | null;

/** Paths that people of each band have at the most; without an end in the last one. */
const MOST_PATHS = [2, 5, Number.POSITIVE_INFINITY] as const;
const SMALL = [0, 1, 2, 3, 4] as const;

/** What is shown of people by how many paths they have; `left`: how many all that are withheld come to, where that is known. */
export interface ShownBands {
  readonly none: Hidden;
  readonly exposed: readonly [Hidden, Hidden, Hidden];
  readonly left: number | undefined;
}

/**
 * Whether the numbers of kinds, beside those of bands, leave open what is withheld: each withheld number may still be any
 * from 0 to 4, also for those who know how many people there are. Everybody in a band has at least one kind, and no more
 * kinds than paths. No band hides behind a withheld kind: whoever knows the firm may know that nobody can have it.
 */
export function tellsNothing({ none, exposed, left = Number.POSITIVE_INFINITY }: ShownBands, kinds: readonly Hidden[]) {
  const room = none === null ? left : 0;
  const ofBands = exposed.every(
    (number, at) =>
      number !== null || SMALL.every((value) => isPossible(replaced(exposed, at, value), kinds, room - value, 0)),
  );
  // Nobody without a path would leave all that is withheld to those with few.
  const ofNone =
    none !== null ||
    exposed[0] !== null ||
    !Number.isFinite(left) ||
    SMALL.every((value) => isPossible(replaced(exposed, 0, left - value), kinds, 0, 0));
  const hidden = kinds.indexOf(null);
  // One withheld kind is like another.
  const ofKinds = hidden === -1 || SMALL.every((value) => isPossible(exposed, replaced(kinds, hidden, value), room));
  return ofBands && ofNone && ofKinds;
}

function replaced<T extends readonly Hidden[]>(numbers: T, at: number, value: number): T {
  return numbers.map((number, index) => (index === at ? value : number)) as unknown as T;
}

/**
 * Whether people can be thought of that give these numbers, whatever small ones stand where some are withheld; `room`: so
 * many people at the most are in bands that are withheld; `most`: so many at the most have each withheld kind.
 */
export function isPossible(
  bands: readonly Hidden[],
  kinds: readonly Hidden[],
  room: number = Number.POSITIVE_INFINITY,
  most = 4,
): boolean {
  const hidden = bands.indexOf(null);
  if (room < 0 || bands.some((number) => number !== null && number < 0)) return false;
  if (hidden !== -1)
    return SMALL.some((value) => isPossible(replaced(bands, hidden, value), kinds, room - value, most));
  const people = bands as readonly number[];
  const shown = kinds.filter((number) => number !== null);
  const withheld = kinds.length - shown.length;
  // As few and as even as there have to be for everybody to have a kind.
  const missing = Math.max(0, sum(people) - sum(shown));
  if (missing > withheld * most) return false;
  const even = Array.from({ length: withheld }, (_, at) => Math.floor((missing + at) / withheld));
  return fits(people, [...shown, ...even]);
}

/** The theorem of Gale and Ryser: any few kinds are held no more often than so many people can hold so many. */
function fits(people: readonly number[], kinds: readonly number[]): boolean {
  const largest = kinds.toSorted((one, other) => other - one);
  return largest.every((_, at) => {
    const held = people.reduce((all, number, band) => all + number * Math.min(MOST_PATHS[band] ?? 0, at + 1), 0);
    return sum(largest.slice(0, at + 1)) <= held;
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
