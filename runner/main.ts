import './old-node.ts';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { assemble } from './assemble.ts';
import { collect } from './collect.ts';
import { listenerStart } from './listener-start.ts';
import { logFailure } from './log.ts';
import { fromHome, homeOf, rootsOf, type Surroundings } from './look/bases.ts';
import { realDisk } from './look/disk.ts';
import type { Os } from './look/places.ts';
import { unitFiles } from './look/unit-files.ts';
import { ask } from './send/ask.ts';
import { handOver, type Parcel, parcelIn, startSender } from './send/hand-over.ts';
import { sendReport } from './send/send-report.ts';
import { readSettings } from './settings.ts';
import { whoIs } from './who.ts';

/** Filled in by the build. */
declare const INVENTORY_VERSION: string;

/** Since the process started, all in milliseconds; the hook ends this process after two seconds whatever it does. */
const COLLECT_MS = 1_200;
const END_MS = 1_700;
const LIMITS = { bytesOfAFile: 256 * 1_024, bytes: 8 * 1_024 * 1_024, files: 280, tokens: 2_000 };

const OS: Readonly<Record<string, Os>> = { linux: 'linux', darwin: 'macos', win32: 'windows' };
const HERE: Os = OS[process.platform] ?? 'linux';
const argument = (name: string): string | undefined =>
  process.argv[process.argv.indexOf(name) + 1 || process.argv.length];

function main(): void {
  const runner = path.resolve(argument('--runner') ?? path.join(__dirname, '..'));
  // Not zero would end the job; no stack either, which might quote anything.
  process.on('uncaughtException', (error) => {
    logFailure(runner, `stopped (${error instanceof RangeError ? 'RangeError' : 'Error'})`);
    process.exit(0);
  });
  if (process.argv.includes('--send')) void send(runner, parcelIn(readFileSync(0, 'utf8')));
  else take(runner);
}

/** Looks, and hands the report over. */
function take(runner: string): void {
  const settings = readSettings(__dirname, runner, realDisk);
  if (typeof settings === 'string') {
    logFailure(runner, settings);
    return;
  }
  const who = whoIs(runner, process.env, realDisk, path, randomUUID);
  if (who === undefined) {
    logFailure(runner, 'neither .runner nor .agent is in the folder of the runner');
    return;
  }
  const sender = startSender(__filename, runner, settings, process.env);
  const around: Surroundings = {
    ...{ os: HERE, env: process.env, accountHome: accountHome() },
    ...{ runner, workFolder: who.workFolder, path },
  };
  const where = { os: HERE, roots: rootsOf(around), env: process.env, path };
  const units = unitFiles(runner, HERE, homeOf(around), realDisk, path);
  const hasTime = (): boolean => performance.now() < COLLECT_MS;
  const collected = collect(where, units, realDisk, { ...LIMITS, hasTime });
  const startedAt = listenerStart();
  const report = assemble(collected, {
    who,
    host: os.hostname(),
    user: userName(),
    os: HERE,
    ...(startedAt === undefined ? {} : { startedAt }),
    takenAt: new Date().toISOString(),
    tookMs: Math.round(performance.now()),
    version: INVENTORY_VERSION,
    fromHome: (file) => fromHome(file, around),
  });
  setTimeout(() => process.exit(0), Math.max(1, END_MS - performance.now()));
  handOver(sender, { settings, report: JSON.stringify(report) }, () => process.exit(0));
}

/** The other process: a while longer than the job's beginning, and then it gives up. */
async function send(runner: string, parcel: Parcel | undefined): Promise<void> {
  if (parcel === undefined) {
    logFailure(runner, 'report dropped: the time at the beginning of the job was over before it was ready');
    process.exit(0);
  }
  const { settings, report } = parcel;
  const signal = AbortSignal.timeout(settings.sendSeconds * 1_000);
  const failure = await sendReport(report, settings, { os: HERE, env: process.env, ask, disk: realDisk, signal });
  if (failure !== undefined) logFailure(runner, `report dropped: ${failure}`);
  process.exit(0);
}

/** As the system has it. An account without an entry, as in a container with a number of its own, is one without a home. */
function accountHome(): string | undefined {
  try {
    const { homedir } = os.userInfo();
    return path.isAbsolute(homedir) ? homedir : undefined;
  } catch {
    return undefined;
  }
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return process.env.USER ?? process.env.USERNAME ?? 'unknown';
  }
}

main();
