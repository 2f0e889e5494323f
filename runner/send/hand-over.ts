import { type ChildProcess, spawn } from 'node:child_process';
import type { Settings } from '../settings.ts';

/**
 * What the sender needs of the job's environment. The tokens that stand in the rest are none of its business, and what
 * says whom it trusts or by which way it goes is no job's: that is in the settings.
 */
const NEEDED = [
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ProgramData',
  'ProgramFiles',
  // The runner ends what is left of a job by it.
  'RUNNER_TRACKING_ID',
  'SystemRoot',
  'windir',
  'TEMP',
] as const;

export interface Parcel {
  readonly settings: Settings;
  readonly report: string;
}

/**
 * Starts the process that goes on while the job begins: a network, or an app that starts, must cost the job nothing. It
 * is started before the machine is looked at, so that it waits when the report is ready, however long that is.
 */
export function startSender(
  script: string,
  runner: string,
  { authorities }: Settings,
  env: NodeJS.ProcessEnv,
): ChildProcess {
  const child = spawn(process.execPath, ['--max-old-space-size=48', script, '--send', '--runner', runner], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
    cwd: runner,
    env: {
      ...Object.fromEntries(NEEDED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
      ...(authorities === undefined ? {} : { NODE_EXTRA_CA_CERTS: authorities }),
    },
  });
  // Whoever was not started, or has ended, takes nothing: what is handed over then comes back at once.
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.unref();
  return child;
}

/** The report goes through a pipe and never lies on a disk. Called back when the other process has it, or takes nothing. */
export function handOver(sender: ChildProcess, parcel: Parcel, done: () => void): void {
  sender.stdin?.on('error', done);
  sender.stdin?.end(JSON.stringify(parcel), done);
}

/** Undefined where it was not handed over whole: who looked was ended before. */
export function parcelIn(text: string): Parcel | undefined {
  try {
    return JSON.parse(text) as Parcel;
  } catch {
    return undefined;
  }
}
