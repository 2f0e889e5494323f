/** The name under which a sweep counts what it reads; a case counts under its id. `at`: the instant from which it is told. */
export function sweepRun(at: string): string {
  return `sweeps/${at}`;
}

/** Timers fire some milliseconds early now and then: what comes so late in an hour is meant for the next. */
const EARLY_MS = 30_000;

/** The instance that sweeps in an hour: a timer that fires twice starts one, and one that fires early skips none. */
export function sweepIdOf(at: Date): string {
  return `sweep:ci:${new Date(at.getTime() + EARLY_MS).toISOString().slice(0, 13)}`;
}
