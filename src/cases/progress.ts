import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { count, instant, text } from '../shapes/primitives.ts';

/** What is counted while it is read: the pieces of one source, and what they cost where a vendor allows so much a minute. */
export const CountedSchema = z.strictObject({
  /** As its line of coverage: `<vendor>/<what>:<which>`. */
  source: text,
  /** The step that reads it; absent where that is no step of a case. */
  step: z.exactOptional(text),
  /** What is counted, for example `repositories`. */
  unit: text,
  /** Absent while nobody knows. */
  of: z.exactOptional(count),
  /** When that was told. */
  at: instant,
  /** What all of them together need of a budget, and whose that is. */
  budget: z.exactOptional(z.strictObject({ name: text, points: count })),
});
export type Counted = Immutable<z.output<typeof CountedSchema>>;

/** The same with how many are done. */
export interface CountedSoFar extends Counted {
  readonly done: number;
}

/** What is told where nothing tells it. */
export const NOT_KNOWN = 'not known yet' as const;

/** How far the reading of one source is. */
export const SourceProgressSchema = z.strictObject({
  source: text,
  step: z.exactOptional(text),
  unit: text,
  done: count,
  of: z.union([count, z.literal(NOT_KNOWN)]),
  /** The minute in which it ends, as far as that can be told; a guess, not a promise. Absent once it has ended. */
  ends: z.exactOptional(text),
});
export type SourceProgress = Immutable<z.output<typeof SourceProgressSchema>>;

/** What is still needed of a budget. */
export function pointsLeft({ done, of = 0, budget }: CountedSoFar): number {
  return budget === undefined || of === 0 ? 0 : Math.ceil((budget.points * (of - done)) / of);
}

/**
 * How far all that is counted is. `msFor` tells how long what it still needs of its budget takes, where that is known;
 * `isOver` whether its reading has ended, be it that not all could be read.
 */
export function progressOf(
  counted: readonly CountedSoFar[],
  now: Date,
  msFor: (each: CountedSoFar) => number | undefined,
  isOver: (each: CountedSoFar) => boolean = () => false,
): SourceProgress[] {
  return counted.map((each): SourceProgress => {
    const { source, step, unit, done, of = NOT_KNOWN } = each;
    const told = { source, ...(step === undefined ? {} : { step }), unit, done, of };
    return done === of || isOver(each) ? told : { ...told, ends: endOf(each, now, msFor(each)) };
  });
}

/**
 * When all that is counted of a run has been read: the latest of the sources' ends. Not known while one of them cannot tell,
 * before any has begun, and once all are read, because what follows (cutting, reading back, filing) is measured by nothing.
 */
export function endOfAll(sources: readonly SourceProgress[]): string {
  const ends = sources.flatMap((each) => each.ends ?? []);
  if (ends.length === 0 || ends.includes(NOT_KNOWN)) return NOT_KNOWN;
  return ends.reduce((latest, each) => (Date.parse(each) > Date.parse(latest) ? each : latest));
}

/**
 * The later of two guesses: what the budget allows at best, and the pace so far. Rounded up to the minute, so that who
 * asks again within one is told that nothing changed.
 */
function endOf({ done, of, at }: CountedSoFar, now: Date, budgetMs: number | undefined): string {
  if (of === undefined) return NOT_KNOWN;
  const took = now.getTime() - Date.parse(at);
  const paceMs = done > 0 && took > 0 ? (took / done) * (of - done) : undefined;
  const known = [budgetMs, paceMs].filter((each) => each !== undefined);
  if (known.length === 0) return NOT_KNOWN;
  const minute = Math.ceil((now.getTime() + Math.max(...known)) / 60_000) * 60_000;
  return new Date(minute).toISOString();
}
