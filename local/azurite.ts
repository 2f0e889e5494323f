import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Azurite's only account. The app reaches it with Entra tokens, so its well-known key is never used. */
const ACCOUNT = 'devstoreaccount1';
/**
 * Runs inside the child before Azurite: it ends when this process does, however that ends, because the channel
 * between them closes. With data on disk it ends by SIGTERM, on which Azurite writes what it still holds.
 */
const preload = (onDisk: boolean): string => {
  const end = onDisk
    ? 'process.kill(process.pid,"SIGTERM");setTimeout(()=>process.exit(1),10000).unref()'
    : 'process.exit()';
  return `data:text/javascript,process.on("disconnect",()=>{${end}});`;
};

export interface AzuriteOptions {
  /** PEM of the server's certificate; clients must trust its authority. */
  readonly certificate: string;
  readonly key: string;
  /** Where the data stays between two runs. Without it, everything is in memory. */
  readonly dir?: string;
  /** Fixed ports, for a restart under the same addresses; default: any free ones. */
  readonly ports?: { readonly blob: number; readonly queue: number; readonly table: number };
  /** In which folder it makes its own; default: that of the system. */
  readonly scratch?: string;
}

/** A running storage emulator. The endpoints have the form of `BLOB_ENDPOINT` and `TABLE_ENDPOINT`. */
export interface Azurite {
  readonly account: string;
  readonly blob: string;
  readonly queue: string;
  readonly table: string;
  readonly pid: number | undefined;
  /** Stops the process in its tracks: it goes on taking connections, and answers nothing until it is thawed. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** Starts blob, queue and table storage over TLS with Entra tokens demanded (`--oauth basic`). */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  const scratch = await mkdtemp(join(options.scratch ?? tmpdir(), 'azurite-'));
  if (options.dir !== undefined) await mkdir(options.dir, { recursive: true });
  const cert = join(scratch, 'certificate.pem');
  const key = join(scratch, 'key.pem');
  await writeFile(cert, options.certificate);
  await writeFile(key, options.key, { mode: 0o600 });
  const ports = options.ports ?? { blob: 0, queue: 0, table: 0 };
  const child = spawn(
    process.execPath,
    [
      `--import=${preload(options.dir !== undefined)}`,
      createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js'),
      ...['--oauth', 'basic', '--cert', cert, '--key', key],
      ...['--blobPort', String(ports.blob), '--queuePort', String(ports.queue), '--tablePort', String(ports.table)],
      // As Azure keeps an idle connection; after Node's five seconds, every pause would end in new handshakes.
      ...['blob', 'queue', 'table'].flatMap((service) => [`--${service}KeepAliveTimeout`, '120']),
      ...['--silent', '--skipApiVersionCheck', '--disableTelemetry'],
      ...(options.dir === undefined ? ['--inMemoryPersistence'] : ['--location', options.dir]),
    ],
    // Detached: an interrupt of the terminal reaches the parent alone, which still needs storage to end well.
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true, cwd: scratch },
  );
  try {
    const { blob, queue, table } = await listening(child);
    return {
      account: ACCOUNT,
      blob,
      queue,
      table,
      pid: child.pid,
      freeze: () => child.kill('SIGSTOP'),
      thaw: () => child.kill('SIGCONT'),
      stop: () => stop(child, scratch),
    };
  } catch (error) {
    await stop(child, scratch);
    throw error;
  }
}

/** Resolves with the endpoint of each service, by the name that Azurite gives it. */
function listening(child: ChildProcess): Promise<Pick<Azurite, 'blob' | 'queue' | 'table'>> {
  return new Promise((resolve, reject) => {
    const endpoints = new Map<string, string>();
    let tail = '';
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('azurite was started without pipes');
    stderr.on('data', (chunk: Buffer) => {
      tail = `${tail}${chunk.toString()}`.slice(-1_000);
    });
    createInterface(stdout).on('line', (line) => {
      const [, service, origin] =
        /(Blob|Queue|Table) service (?:is )?successfully listen(?:s|ing) (?:at|on) (https:\/\/\S+)/i.exec(line) ?? [];
      if (service !== undefined && origin !== undefined) endpoints.set(service.toLowerCase(), `${origin}/${ACCOUNT}`);
      const [blob, queue, table] = ['blob', 'queue', 'table'].map((name) => endpoints.get(name));
      if (blob !== undefined && queue !== undefined && table !== undefined) resolve({ blob, queue, table });
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`azurite ended with code ${code} before it listened: ${tail}`)));
  });
}

async function stop(child: ChildProcess, scratch: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.connected) child.disconnect();
    await ended;
  }
  await rm(scratch, { recursive: true, force: true });
}
