import './loopback-names.ts';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { TableClient } from '@azure/data-tables';
import { TABLES } from '../src/connectors/storage/base/tables.ts';
import { appSettings } from './app-settings.ts';
import { type Azurite, startAzurite } from './azurite.ts';
import type { Redelivery } from './host/engine/redelivery.ts';
import type { DurableSchema } from './host/engine/storage/schema.ts';
import { makeScratch } from './scratch.ts';
import { type CaseStudy, type CaseStudyOptions, startCaseStudy } from './tenant/case-study.ts';
import { warmUpQueries } from './tenant/logs/warm-up.ts';
import type { Scale, TokenMint } from './tenant/seeds/seed-context.ts';
import { WORLD } from './tenant/seeds/world.ts';

const ROOT = resolve(import.meta.dirname, '..');

export interface StackOptions {
  readonly scale?: Scale;
  /** Makes the tokens that the seed plants; default: random ones. */
  readonly mint?: TokenMint;
  /** Up to when the seeded firm has lived; default: until it starts. */
  readonly now?: Date;
  /** What happens to events of changed users on their way to the app. */
  readonly route?: CaseStudyOptions['route'];
  /** Milliseconds that each vendor takes to answer. */
  readonly latencyMs?: number;
  /** The app to host, relative to the project's root: the sources, or the bundle. Default: the sources. */
  readonly app?: string;
  /** Format in which the host talks to the Durable SDK; default: V4. */
  readonly schema?: DurableSchema;
  /** Delivers every activity a second time, in each of these ways. For tests. */
  readonly deliverTwice?: readonly Redelivery[];
  /** App settings on top of the seeded tenant's. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Fixed ports for exploration; default: any free ones. */
  readonly ports?: { readonly app: number; readonly tenant: number };
  /** Shows the host's log lines; default: they are kept. */
  readonly onLog?: (line: string) => void;
}

/** Everything on one machine: the simulated tenant, storage, and the app in a process of its own. */
export interface Stack extends CaseStudy {
  readonly storage: Azurite;
  /** What this run writes; it goes with it. */
  readonly folder: string;
  /** Where the host keeps its state, and its log as `host.log` lines in `logs`. */
  readonly stateDir: string;
  readonly logs: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  /** The app's base URL, e.g. `http://127.0.0.1:7071`. */
  url(): string;
  /** The app's process; undefined while it does not run. */
  pid(): number | undefined;
  /** Calls the app's HTTP API as a person with these app roles. */
  api(path: string, init?: RequestInit, roles?: readonly string[]): Promise<Response>;
  /** Kills the app as a power cut would (SIGKILL). */
  killApp(): Promise<void>;
  /** Starts the app again over the same state, with these app settings changed. */
  startApp(changed?: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the whole stack and waits until the app listens. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const scratch = await makeScratch();
  const { folder } = scratch;
  const stateDir = join(folder, 'state');
  await mkdir(stateDir);
  const logs: string[] = [];
  let app: { readonly child: ChildProcess; readonly url: string } | undefined;
  const study = await startCaseStudy({
    deliverTo: () => app?.url,
    ...(options.scale === undefined ? {} : { scale: options.scale }),
    ...(options.mint === undefined ? {} : { mint: options.mint }),
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.route === undefined ? {} : { route: options.route }),
    ...(options.ports === undefined ? {} : { port: options.ports.tenant }),
  });
  const { certificate } = study.tenant;
  const storage = await startAzurite({ ...certificate, scratch: folder });
  const authorityFile = join(folder, 'authority.pem');
  await writeFile(authorityFile, certificate.authority);
  const settings = {
    ...appSettings(study.tenant, storage, authorityFile, study.states.webhook.secret),
    // Event Hubs speaks AMQP; the local host receives here instead.
    LOCAL_EVENT_HUBS: study.receivers.url,
    ...options.settings,
  };
  study.tenant.server.latencyMs = options.latencyMs ?? 0;

  const startApp = async (changed: Readonly<Record<string, string>> = {}): Promise<void> => {
    app = await spawnHost(options, stateDir, { ...settings, ...changed }, (line) => {
      logs.push(line);
      options.onLog?.(line);
    });
  };
  const endApp = async (signal: NodeJS.Signals): Promise<void> => {
    const running = app;
    app = undefined;
    if (running === undefined || running.child.exitCode !== null || running.child.signalCode !== null) return;
    const ended = once(running.child, 'exit');
    running.child.kill(signal);
    await ended;
  };
  const starting = startApp();
  const made = makeTables(study.tenant.tokens, storage.table);
  // While the app starts, in a process of its own.
  warmUpQueries();
  await Promise.all([starting, made]);

  return {
    ...study,
    storage,
    folder,
    stateDir,
    logs,
    settings,
    url: () => {
      if (app === undefined) throw new Error('the app does not run');
      return app.url;
    },
    pid: () => app?.child.pid,
    api: async (path, init = {}, roles = ['Offboarding.Read', 'Offboarding.Operate']) => {
      const token = await study.tenant.tokens.issue({
        audience: WORLD.app.audience,
        oid: WORLD.operator.oid,
        clientId: 'operator-cli',
        upn: WORLD.operator.userPrincipalName,
        scopes: ['access'],
        roles,
      });
      const headers = { authorization: `Bearer ${token}`, ...init.headers };
      return fetch(`${app?.url}${path}`, { ...init, headers });
    },
    killApp: () => endApp('SIGKILL'),
    startApp,
    stop: async () => {
      await endApp('SIGTERM');
      await Promise.all([storage.stop(), study.tenant.close()]);
      await scratch.remove();
    },
  };
}

/**
 * What Terraform makes in Azure: the app makes what is missing as well, and waits for no slow storage, so that on a busy
 * machine whoever asks it first would find no table.
 */
async function makeTables(tokens: CaseStudy['tenant']['tokens'], endpoint: string): Promise<void> {
  const { oid, clientId } = WORLD.app.remover;
  const token = await tokens.issue({ audience: 'https://storage.azure.com', oid, clientId, version: 1 });
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  await Promise.all(TABLES.map((table) => new TableClient(endpoint, table, credential).createTable()));
}

async function spawnHost(
  options: StackOptions,
  stateDir: string,
  settings: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
): Promise<{ child: ChildProcess; url: string }> {
  // How this process was told to run Node, e.g. on another day, holds for the app as well.
  const { PATH = '', HOME = '', NODE_OPTIONS = '', NODE_COMPILE_CACHE } = process.env;
  const child = spawn(
    process.execPath,
    [
      ...['--import', join(ROOT, 'local/loopback-names.ts'), join(ROOT, 'local/host/main.ts')],
      ...['--app', join(ROOT, options.app ?? 'src/main.ts'), '--port', String(options.ports?.app ?? 0)],
      ...['--state', stateDir, '--parent-watch'],
      ...(options.schema === undefined ? [] : ['--schema', options.schema]),
      ...(options.deliverTwice === undefined ? [] : ['--deliver-twice', options.deliverTwice.join(',')]),
    ],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...{ PATH, HOME, NODE_OPTIONS, LOCAL_HOST_LOG_LEVEL: 'information' },
        ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }),
        ...settings,
      },
      detached: true,
    },
  );
  createInterface({ input: child.stderr }).on('line', onLine);
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<string>((resolveReady, reject) => {
    lines.on('line', (line) => {
      const url = readyUrl(line);
      if (url === undefined) onLine(line);
      else resolveReady(url);
    });
    child.once('exit', (code) => reject(new Error(`the app's host ended with code ${code} before it was ready`)));
    child.once('error', reject);
  });
  return { child, url: await ready };
}

function readyUrl(line: string): string | undefined {
  if (!line.startsWith('{"event":"ready"')) return undefined;
  const { url } = JSON.parse(line) as { url?: string };
  return url;
}
