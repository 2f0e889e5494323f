import type { Case } from '../../api.ts';

/** When the case is read again by itself, whatever for; undefined where it is not. */
export function nextReadingOf({ state, readAgainAt, followUps = [] }: Case): string | undefined {
  if (state !== 'filed') return undefined;
  const all = [...followUps.map(({ at }) => at), ...(readAgainAt === undefined ? [] : [readAgainAt])];
  return all.toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
}
