import { spawn } from 'node:child_process';
import type { Settings } from '../settings.ts';

/** What the sender needs of the job's environment; the tokens that stand in the rest are none of its business. */
const NEEDED = [
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'IDENTITY_ENDPOINT',
  'IMDS_ENDPOINT',
  'NODE_EXTRA_CA_CERTS',
  'ProgramData',
  // The runner ends what is left of a job by it.
  'RUNNER_TRACKING_ID',
  'SystemRoot',
  'windir',
  'TEMP',
] as const;

export interface Parcel {
  readonly runner: string;
  readonly settings: Settings;
  readonly report: string;
}

/**
 * Gives the report to a process that goes on while the job begins: a network, or an app that starts, must cost the job
 * nothing. The report goes through a pipe and never lies on a disk. Called back when the other process has it all.
 */
export function handOver(script: string, parcel: Parcel, env: NodeJS.ProcessEnv, done: () => void): void {
  const child = spawn(process.execPath, ['--max-old-space-size=48', script, '--send'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
    cwd: parcel.runner,
    env: Object.fromEntries(NEEDED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
  });
  child.on('error', done);
  child.stdin.on('error', done);
  child.stdin.end(JSON.stringify(parcel), done);
  child.unref();
}
