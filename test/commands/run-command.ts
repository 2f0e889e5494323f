import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** How a command ended, and what it said on both streams. */
export interface CommandRun {
  readonly code: number | null;
  readonly output: string;
}

/** The environment of a shell: without what Node tells the process of a test file, which would not run tests itself. */
function shellEnvironment(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _, ...rest } = process.env;
  return rest;
}

/**
 * Runs a command line in the project's folder, as a person would. With `endWhen`, everything that it started is
 * interrupted, as by Ctrl+C, once the output contains it.
 */
export function runCommand(command: string, endWhen?: string): Promise<CommandRun> {
  return new Promise((done, fail) => {
    // A process group of its own, so that the interruption reaches what npm starts.
    const child = spawn('bash', ['-c', command], {
      cwd: root,
      env: shellEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    let interrupted = false;
    const read = (chunk: string): void => {
      output += chunk;
      if (interrupted || endWhen === undefined || child.pid === undefined || !output.includes(endWhen)) return;
      interrupted = true;
      process.kill(-child.pid, 'SIGINT');
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', fail);
    child.once('close', (code) => done({ code, output }));
  });
}
