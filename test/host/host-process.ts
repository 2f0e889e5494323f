import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fixture } from './host-under-test.ts';

export interface HostProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly functions: readonly string[];
  /** Ends the process by a signal and resolves with its exit code, null where the signal killed it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

const MAIN = path.join(import.meta.dirname, '../../local/host/main.ts');

export function spawnHost(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { stdio: 'pipe', env: { ...process.env, ...env } });
}

/** The host in a process of its own, once it says that it is ready. */
export async function startHostProcess(
  app: string,
  stateDir: string,
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<HostProcess> {
  const child = spawnHost(['--app', fixture(app), '--state', stateDir, ...flags], env);
  child.stderr?.pipe(process.stderr);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  if (child.stdout === null) throw new Error('The process has no standard output.');
  const lines = createInterface(child.stdout);
  const [line] = (await Promise.race([once(lines, 'line'), ended.then(([code]) => [`exited with ${code}`])])) as [
    string,
  ];
  const { url, functions } = JSON.parse(line) as { url: string; functions: string[] };
  return {
    child,
    url,
    functions,
    end: async (signal) => {
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

const API = '/runtime/webhooks/durabletask';

export async function startInstance(url: string, name: string, id: string): Promise<void> {
  const response = await fetch(`${url}${API}/orchestrators/${name}/${id}`, { method: 'POST' });
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
}

export interface Status {
  readonly runtimeStatus: string;
  readonly output: unknown;
  readonly customStatus: unknown;
  readonly historyEvents: readonly { readonly EventType: string }[];
}

export async function statusOf(url: string, id: string): Promise<Status> {
  const response = await fetch(`${url}${API}/instances/${encodeURIComponent(id)}?showHistory=true`);
  return (await response.json()) as Status;
}
