import { spawn } from 'node:child_process';
import type { Day } from './days.ts';

/** Runs what reads the log or a calendar on another day, and returns what it said. */
export async function onDay(
  { at, zone }: Day,
  short = false,
): Promise<{ readonly ok: boolean; readonly output: string }> {
  const clock = new URL('./moved-clock.ts', import.meta.url);
  clock.searchParams.set('by', String(Date.parse(at) - Date.now()));
  if (zone !== undefined) clock.searchParams.set('zone', zone);
  // A test that starts tests would otherwise speak to the runner above it in its own language.
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const child = spawn(
    process.execPath,
    [new URL('./run-day.ts', import.meta.url).pathname, '--at', at, ...(short ? ['--short'] : [])],
    { env: { ...environment, NODE_OPTIONS: `--import=${clock}` }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { ok: code === 0, output: Buffer.concat(said).toString('utf8') };
}
