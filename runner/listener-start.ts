import { readFileSync } from 'node:fs';

const LISTENERS = new Set(['Runner.Listener', 'Agent.Listener']);
/** `Runner.Listener` has a thread whose name is cut by the kernel after fifteen letters. */
const LETTERS = 15;
const MOST_PARENTS = 12;
/** Linux counts in hundredths of a second for everybody, whatever it counts in itself. */
const TICKS = 100;

/**
 * When the listener that this process descends from started, where Linux tells; a log’s time would be that of its last
 * page. What was changed in `.env` since then is not in effect yet.
 */
export function listenerStart(folder = '/proc', pid = process.ppid): string | undefined {
  try {
    const boot = Number(/^btime (\d+)$/m.exec(readFileSync(`${folder}/stat`, 'utf8'))?.[1]);
    let at = pid;
    for (let step = 0; step < MOST_PARENTS && at > 1; step += 1) {
      const stat = readFileSync(`${folder}/${at}/stat`, 'utf8');
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if ([...LISTENERS].some((each) => each.slice(0, LETTERS) === name)) {
        return new Date((boot + Number(fields[19]) / TICKS) * 1_000).toISOString();
      }
      at = Number(fields[1]);
    }
  } catch {
    // Not Linux, or a kernel that hides processes of others.
  }
  return undefined;
}
