import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { relative, resolve } from 'node:path';
import { ensureConsole } from '../scripts/build/build-console.ts';
import { hrQueue } from './hr-queue.ts';
import { enterEmployeeIds } from './play/hr-messages.ts';
import { servePlay } from './play/serve-play.ts';
import { appOf, runStack } from './run-stack.ts';
import { firstSteps } from './telling/first-steps.ts';
import { writeShellFile } from './telling/shell-file.ts';
import { behaveAsFile } from './tenant/behave/read-record.ts';

interface StartOptions {
  readonly as?: string;
  readonly bundle: boolean;
  readonly hourlySweep: boolean;
  readonly verbose: boolean;
  readonly port: number;
  readonly playPort: number;
  readonly tenantPort: number;
  readonly latency: number;
}

/**
 * Of the app's schedule the sweep alone would offboard somebody whom nobody touched, the seeded leaver at the next full
 * hour. Azure has the same setting: learn.microsoft.com/azure/azure-functions/disable-function
 */
const NOTHING_BY_ITSELF = {
  'AzureWebJobs.sweepTimer.Disabled': 'true',
  'AzureWebJobs.postureTimer.Disabled': 'true',
  'AzureWebJobs.exposureTimer.Disabled': 'true',
} as const;

/** A firm turns these on for itself (docs/operations/exposure.md); whoever tries the app sees the pages. */
const TURNED_ON = { EXPOSURE: 'own,company' } as const;

/** Keeps the stack running with its play page until the process is told to end. */
export async function runStart(options: StartOptions): Promise<never> {
  await demandFree({ '--port': options.port, '--play-port': options.playPort });
  await ensureConsole();
  const log = options.verbose ? undefined : await openLog();
  return runStack(
    () => ({
      latencyMs: options.latency,
      ports: { app: options.port, tenant: options.tenantPort },
      settings: { ...TURNED_ON, ...(options.hourlySweep ? {} : NOTHING_BY_ITSELF) },
      onLog: (line) => void (log?.stream ?? process.stderr).write(`${line}\n`),
      ...appOf(options.bundle),
    }),
    async (stack) => {
      if (options.as !== undefined) process.stdout.write(`${await behaveAsFile(stack, options.as)}\n`);
      // What Terraform makes, and HR's numbers in the directory.
      await hrQueue(stack).createIfNotExists();
      enterEmployeeIds(stack, new Date());
      const [play, shellFile] = await Promise.all([servePlay(stack, options.playPort), writeShellFile(stack)]);
      process.stdout.write(firstSteps({ stack, play: play.url, shellFile, logFile: log?.file }));
      return new Promise<never>(() => {});
    },
  );
}

/** Says which ports are taken, all at once, before anything is started that would only say that it ended. */
async function demandFree(ports: Readonly<Record<string, number>>): Promise<void> {
  const taken: string[] = [];
  for (const [flag, port] of Object.entries(ports)) if (await isTaken(port)) taken.push(flag);
  if (taken.length === 0) return;
  const which = taken.map((flag) => ports[flag]).join(' and ');
  process.stderr.write(
    `${taken.length === 1 ? `Port ${which} is` : `Ports ${which} are`} taken, perhaps by another npm start. ` +
      `Name another: npm start -- ${taken.map((flag) => `${flag} N`).join(' ')} (0 is any free one)\n`,
  );
  process.exit(1);
}

async function isTaken(port: number): Promise<boolean> {
  const { promise, resolve: free, reject } = Promise.withResolvers<void>();
  const server = createServer().once('error', reject).listen(port, '127.0.0.1', free);
  try {
    await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return true;
    throw error;
  }
  await new Promise((closed) => server.close(closed));
  return false;
}

/** A file for this run, so that what the app says keeps nothing else off the screen. */
async function openLog() {
  const folder = resolve('.local/logs');
  await mkdir(folder, { recursive: true });
  const file = resolve(folder, `start-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.log`);
  return { file: relative(process.cwd(), file), stream: createWriteStream(file, { flags: 'a' }) };
}
