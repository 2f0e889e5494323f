/** The name under which a sweep counts what it reads; a case counts under its id. `at`: the instant from which it is told. */
export function sweepRun(at: string): string {
  return `sweeps/${at}`;
}

/** The instance that sweeps in an hour: a timer that fires twice starts one. */
export function sweepIdOf(at: Date): string {
  return `sweep:ci:${at.toISOString().slice(0, 13)}`;
}
