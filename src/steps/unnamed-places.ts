import type { Coverage } from '../cases/coverage/coverage.ts';
import { coverageOf } from '../cases/coverage/coverage-of.ts';
import { counted, listed } from '../cases/words/wording.ts';
import type { Scope } from './define-source.ts';

/** Places of one vendor that the app sees, beside those that a setting names. */
export interface SeenPlaces {
  readonly source: string;
  /** The setting that names where the vendor is asked. */
  readonly setting: Scope;
  readonly named: readonly string[];
  /** By the name that the setting has for it, and what a person calls it. */
  readonly seen: readonly { readonly id: string; readonly name: string }[];
  readonly unit: string;
  readonly failure:
    | { readonly kind: string; readonly message: string; readonly missingPermission?: string }
    | undefined;
}

/** How many are named before a line says how many more there are. */
const MOST_NAMED = 10;

/**
 * The line about places that nobody looks at because no setting names them; undefined where nothing is configured and
 * nothing could be asked, which the report says by itself. Whoever leaves one out on purpose exempts the source.
 */
export function unnamedPlaces({ source, setting, named, seen, unit, failure }: SeenPlaces): Coverage | undefined {
  const known = new Set(named.map((id) => id.toLowerCase()));
  const others = seen.filter(({ id }) => !known.has(id.toLowerCase()));
  const looked = { asked: seen.length, count: seen.length - others.length, unit };
  if (others.length > 0) {
    const names = others.map(({ id, name }) => (name === id ? id : `${name} (${id})`));
    const detail = `${setting} does not name ${listed(names, MOST_NAMED)}, which the app sees: nobody looks there. Name ${others.length === 1 ? 'it' : 'them'}, or exempt this source.`;
    return { source, state: 'not-examined', why: 'not-configured', looked, detail };
  }
  if (failure !== undefined) return named.length === 0 ? undefined : coverageOf(source, looked, [failure]);
  const unseen = named.filter((id) => !seen.some((place) => place.id.toLowerCase() === id.toLowerCase()));
  if (unseen.length > 0) {
    const detail = `The list of ${unit} lacks ${listed(unseen)}, which ${setting} names: it may lack others as well.`;
    return { source, state: 'partial', looked, detail };
  }
  const detail = `The app sees ${counted(seen.length, unit.replace(/s$/, ''))}, and ${setting} names ${seen.length === 1 ? 'it' : 'them all'}.`;
  return { source, state: 'complete', looked, detail };
}
