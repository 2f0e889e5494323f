import { type ExposurePath, PATH_KINDS, type PathKind } from './path.ts';
import { BANDS, type Band } from './published.ts';

/** How many people there are of each sort, before anything is withheld. */
export interface PeopleCounts {
  /** Undefined where nobody knows how many people there are. */
  readonly bands: Readonly<Record<Band, number | undefined>>;
  readonly kinds: Readonly<Record<PathKind, number>>;
}

/** Counts people by their paths that survive. `isWhole`: everybody who works here is among them. */
export function countPeople(people: readonly (readonly ExposurePath[])[], isWhole: boolean): PeopleCounts {
  const surviving = people.map((paths) => paths.filter(({ survives }) => survives));
  const inBand = (band: Band): number => surviving.filter(({ length }) => bandOf(length) === band).length;
  const bands = Object.fromEntries(BANDS.map((band) => [band, inBand(band)])) as Record<Band, number>;
  const withKind = (kind: PathKind): number =>
    surviving.filter((paths) => paths.some((path) => path.kind === kind)).length;
  return {
    bands: isWhole ? bands : { ...bands, '0': undefined },
    kinds: Object.fromEntries(PATH_KINDS.map((kind) => [kind, withKind(kind)])) as Record<PathKind, number>,
  };
}

export function bandOf(paths: number): Band {
  if (paths === 0) return '0';
  if (paths <= 2) return '1-2';
  return paths <= 5 ? '3-5' : 'more';
}
