import { counted } from '../words/wording.ts';
import type { Coverage, Looked } from './coverage.ts';

/** What kept somebody from reading, as far as coverage tells of it; every vendor's failures have this shape. */
interface ReadFailure {
  /** `denied` is told before anything else: it does not pass by itself. */
  readonly kind: string;
  readonly message: string;
  readonly missingPermission?: string;
}

/** A list of any vendor, or several of a kind, as far as they were read. */
interface ReadList {
  readonly items: readonly unknown[];
  readonly failure?: ReadFailure;
  readonly failures?: readonly ReadFailure[];
}

/** The numbers of a source that was not read at all. */
export const NOTHING_READ: Looked = { count: 0, unit: 'items' };

/**
 * The line of a source: how much of it was read, and what kept us from the rest. `note` is what a reader should know
 * even where all of it was read.
 */
export function coverageOf(
  source: string,
  looked: Looked,
  failures: readonly (ReadFailure | undefined)[] = [],
  note?: string,
): Coverage {
  const known = failures.filter((each) => each !== undefined);
  const worst = known.find(({ kind }) => kind === 'denied') ?? known[0];
  if (worst === undefined) {
    return { source, state: 'complete', looked, ...(note === undefined ? {} : { detail: note }) };
  }
  const denied = worst.kind === 'denied';
  const others = known.length - 1;
  const more = others === 0 ? '' : ` ${counted(others, 'other read', 'other reads')} failed as well.`;
  return {
    source,
    state: denied ? 'denied' : looked.count > 0 ? 'partial' : 'unavailable',
    looked,
    detail: `${worst.message}${more}`,
    ...(denied && worst.missingPermission !== undefined ? { missingPermission: worst.missingPermission } : {}),
  };
}

/** The line of a list, which counts what it holds. */
export function coverageOfList(source: string, unit: string, list: ReadList, note?: string): Coverage {
  const { items, failure, failures = [] } = list;
  return coverageOf(source, { count: items.length, unit }, [failure, ...failures], note);
}

/** A line that says nothing because a permission elsewhere is missing: it is denied for the same reason. */
export function becauseOf(missingPermission: string | undefined, line: Coverage): Coverage {
  return missingPermission === undefined ? line : { ...line, state: 'denied', missingPermission };
}
