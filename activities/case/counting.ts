import type { Counted } from '../../src/cases/progress.ts';
import type { ActivityContext } from '../../src/durable/activity.ts';

/** Counts the pieces of one source of a run, for whoever waits for it. */
export interface Counting {
  /** It is read, and nobody knows yet how many there are. */
  open(): Promise<void>;
  /** How many there are, and what they cost where a vendor allows so much a minute. */
  begin(of: number, budget?: Counted['budget']): Promise<void>;
  /** Several that are read together are done; `piece` tells them from the others. */
  done(piece: string, pieces: number): Promise<void>;
  /** One more is done of what this activity reads alone. */
  one(): Promise<void>;
}

export const NOT_COUNTED: Counting = {
  open: () => Promise.resolve(),
  begin: () => Promise.resolve(),
  done: () => Promise.resolve(),
  one: () => Promise.resolve(),
};

/** So often what goes on inside of one activity is told: a document for each piece would cost more than the reading. */
const EVERY_MS = 1_000;

export type CountingContext = Pick<ActivityContext, 'vendors' | 'log' | 'now'>;

/** Progress is a courtesy: where it cannot be told, the reading goes on without. */
export function countingOf(
  { vendors, log, now }: CountingContext,
  run: string,
  what: Pick<Counted, 'source' | 'unit' | 'step'>,
): Counting {
  const { source } = what;
  const told = async (telling: Promise<void>): Promise<void> => {
    try {
      await telling;
    } catch (error) {
      log.warn('progress could not be told', { source, error: error instanceof Error ? error.name : 'unknown' });
    }
  };
  const done = (piece: string, pieces: number): Promise<void> =>
    told(vendors.storage.countDone(run, source, piece, pieces));
  let [of, alone, toldAt] = [0, 0, 0];
  return {
    done,
    open: () => told(vendors.storage.beginCounting(run, { ...what, at: now().toISOString() })),
    begin: (all, budget) => {
      of = all;
      const at = now();
      toldAt = at.getTime();
      const counted = { ...what, of, at: at.toISOString(), ...(budget === undefined ? {} : { budget }) };
      return told(vendors.storage.beginCounting(run, counted));
    },
    one: async () => {
      alone += 1;
      if (alone < of && now().getTime() - toldAt < EVERY_MS) return;
      toldAt = now().getTime();
      await done('all', alone);
    },
  };
}
