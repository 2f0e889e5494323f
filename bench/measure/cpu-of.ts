import { readFileSync } from 'node:fs';

/** Milliseconds of a tick in which Linux counts CPU time: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICK_MS = 10;

/** CPU time of a process since its start, all threads, user and system, milliseconds. Undefined where there is no `/proc`. */
export function cpuOf(pid: number | undefined): number | undefined {
  try {
    // The second field is the name, which may hold anything, in brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return undefined;
  }
}
