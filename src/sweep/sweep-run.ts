/** The name under which a sweep counts what it reads; a case counts under its id. `at`: the instant from which it is told. */
export function sweepRun(at: string): string {
  return `sweeps/${at}`;
}

/** Timers fire some milliseconds early now and then: what comes so late in an hour is meant for the next. */
const EARLY_MS = 30_000;

/** The instance that sweeps in an hour: a timer that fires twice starts one, and one that fires early skips none. */
export function sweepIdOf(at: Date): string {
  return `sweep:ci:${hourOf(at)}`;
}

function hourOf(at: Date): string {
  return new Date(at.getTime() + EARLY_MS).toISOString().slice(0, 13);
}

export const HOUR_MS = 3_600_000;
/** A sweep that runs for longer than so many hours keeps no other from beginning: it may never end. */
export const MOST_HOURS = 6;

/** The instance of the `n`-th sweep, from 1, that people asked for in an hour. */
export function askedSweepIdOf(at: Date, n: number): string {
  return `sweep:asked:${hourOf(at)}:${n}`;
}

/** The hour of a sweep's id, or undefined where the text is none. */
export function hourOfSweep(sweepId: string): string | undefined {
  return /^sweep:(?:ci:(\d{4}-\d{2}-\d{2}T\d{2})|asked:(\d{4}-\d{2}-\d{2}T\d{2}):[1-9]\d{0,2})$/
    .exec(sweepId)
    ?.slice(1)
    .find((hour) => hour !== undefined);
}

/** What the durable engine calls a run that goes on. */
const GOING_ON = new Set(['Pending', 'Running', 'ContinuedAsNew', 'Suspended']);

export function goesOn({ runtimeStatus }: { readonly runtimeStatus: string }): boolean {
  return GOING_ON.has(runtimeStatus);
}

/** A sweep as the engine knows it. */
export interface KnownSweep<Run> {
  readonly sweepId: string;
  readonly run: Run;
}

/** The sweeps that began in an hour, the newest first: those that people asked for come after the timer's. */
export async function sweepsOfHour<Run>(
  at: Date,
  readRun: (sweepId: string) => Promise<Run | undefined>,
): Promise<KnownSweep<Run>[]> {
  const asked = await askedIn(at, readRun);
  const run = await readRun(sweepIdOf(at));
  return [...asked.toReversed(), ...(run === undefined ? [] : [{ sweepId: sweepIdOf(at), run }])];
}

/** The sweeps of an hour that people asked for, in their order. */
export async function askedIn<Run>(
  at: Date,
  readRun: (sweepId: string) => Promise<Run | undefined>,
): Promise<KnownSweep<Run>[]> {
  const found: KnownSweep<Run>[] = [];
  for (;;) {
    const sweepId = askedSweepIdOf(at, found.length + 1);
    const run = await readRun(sweepId);
    if (run === undefined) return found;
    found.push({ sweepId, run });
  }
}
