import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const MOST_CHARACTERS = 64 * 1_024;

/** One line in the runner's own folder for logs, for what went wrong; a runner without one is told nothing. */
export function logFailure(runner: string, line: string): void {
  try {
    const file = path.join(runner, '_diag', 'mcp-inventory.log');
    const text = `${new Date().toISOString()} ${line}\n`;
    const about = statSync(file, { throwIfNoEntry: false });
    // A pipe in its place would be waited for without end.
    if (about !== undefined && !about.isFile()) return;
    if (about === undefined || about.size < MOST_CHARACTERS) appendFileSync(file, text);
    else writeFileSync(file, text);
  } catch {
    // Nobody is to be kept from working by a log.
  }
}
