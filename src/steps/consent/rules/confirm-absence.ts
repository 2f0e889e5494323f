import type { Coverage, Looked } from '../../../cases/coverage/coverage.ts';
import { coverageOf } from '../../../cases/coverage/coverage-of.ts';
import type { LeaverState } from '../../../people/leaver.ts';

/** What kept one of the questions from being answered. */
interface Unanswered {
  readonly kind: string;
  readonly message: string;
  readonly missingPermission?: string;
}

/** The second question about the leaver’s part of a list, beside the first. */
export interface Confirmation {
  readonly source: string;
  /** To complete “of this person”: `consents`. */
  readonly things: string;
  readonly looked: Looked;
  /** The ids of what counts for the leaver, by each question; absent where the first was not answered whole. */
  readonly first?: readonly string[];
  readonly second: readonly string[];
  /** Found by neither list, but by its own id. */
  readonly hidden?: readonly string[];
  readonly failure?: Unanswered;
  readonly state: LeaverState;
  /** Whether anything of the leaver’s own was seen. */
  readonly seen: boolean;
  /** Whether the first list shows some of another who has been deleted for as long: then it leaves nobody out for that. */
  readonly showsDeleted: boolean;
  /** What such a list shows of the deleted away from the gateway, to complete “and ”. */
  readonly shownElsewhere?: string | undefined;
  /** The day on which it did, where it does not now: remembered of an earlier case or sweep (`2026-10-02`). */
  readonly shownBefore?: string | undefined;
  /** The day of the report before of the same case, which shows whole what the list had of the leaver, and cut it. */
  readonly cutOn?: string | undefined;
}

/**
 * What two questions about the same thing say together. Only where both show the same is it all that there is, and
 * that nothing is there counts of a deleted person only where the list is seen to show what deleted people have:
 * Graph documents for none of its lists whether it does.
 */
export function confirmed(about: Confirmation): Coverage {
  const { source, things, looked, first, second, hidden = [], failure, state, seen } = about;
  const { showsDeleted, shownElsewhere, shownBefore, cutOn } = about;
  const partial = (detail: string): Coverage => ({ source, state: 'partial', looked, detail });
  if (failure !== undefined) return coverageOf(source, looked, [failure]);
  if (hidden.length > 0) {
    return partial(
      `Graph’s lists leave out the ${things} of this deleted user; ${hidden.length} of them were found by their ids. One with an ` +
        'id that nobody can know would not be seen. Restore the user to list them all.',
    );
  }
  if (first !== undefined && !sameIds(first, second)) {
    return partial(
      `Graph was asked for the ${things} of this person in two ways and showed ${first.length} and ${second.length}, ` +
        'not the same ones. Those of both are told; whether there are more is not known. Look in the Entra admin centre.',
    );
  }
  if (seen || state === 'active' || state === 'disabled' || state === 'gone') {
    return { source, state: 'complete', looked };
  }
  if (cutOn !== undefined) {
    const detail = `None of this person is listed any more: what the list showed of them on ${cutOn} was cut.`;
    return { source, state: 'complete', looked, detail };
  }
  if (showsDeleted) {
    const detail = `None of this person is listed, and the list shows ${things} of others who are deleted.`;
    return { source, state: 'complete', looked, detail };
  }
  if (shownElsewhere !== undefined) {
    return {
      source,
      state: 'complete',
      looked,
      detail: `No ${things} of this person are listed, and ${shownElsewhere}.`,
    };
  }
  if (shownBefore !== undefined) {
    const detail =
      `None of this person is listed, and on ${shownBefore} the list showed ${things} of somebody else who had been ` +
      'deleted for as long.';
    return { source, state: 'complete', looked, detail };
  }
  return partial(
    `No ${things} of this deleted user are listed, and Graph does not document whether it lists what a deleted user has: ` +
      'something that only the leaver used would not be seen. Restore the user to be certain.',
  );
}

/** Whether two answers name the same things. */
export function sameIds(a: readonly string[], b: readonly string[]): boolean {
  const known = new Set(a);
  return known.size === new Set(b).size && b.every((id) => known.has(id));
}
