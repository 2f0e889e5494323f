import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Folders, rootsOf, type Surroundings } from '../../../runner/look/bases.ts';
import { buildRunner } from '../../../scripts/build/runner-bundle.ts';
import type { Receiver } from './receiver.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** The bundle as it is released, built once for a file of tests. */
const folder = mkdtempSync(path.join(tmpdir(), 'inventory-bundle-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const bundle = path.join(folder, 'mcp-inventory.cjs');
const built = buildRunner(bundle);

/** The Node of these tests, and the twentieth where the machine has it: runners bring both along. */
export const NODES: readonly { readonly folder: string; readonly file: string; readonly skip: string | false }[] = [
  { folder: 'node24', file: process.execPath, skip: false },
  { folder: 'node20', file: '/usr/bin/node', skip: isTwenty('/usr/bin/node') ? false : 'no Node 20 at /usr/bin/node' },
];

function isTwenty(file: string): boolean {
  return existsSync(file) && spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v20.') === true;
}

export interface MachineOptions {
  readonly vendor: 'github' | 'azure-devops';
  readonly receiver: Receiver;
  readonly node?: (typeof NODES)[number];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly describes?: Readonly<Record<string, unknown>>;
  /** The home that the system has for the account: that of the job unless said otherwise. */
  readonly accountHome?: 'another' | 'none';
}

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly ms: number;
}

/** A folder of a runner or an agent with the inventory in it, and the home of the account that it runs as. */
export async function makeMachine({
  vendor,
  receiver,
  node = NODES[0],
  settings = {},
  describes = {},
  accountHome,
}: MachineOptions) {
  await built;
  const root = mkdtempSync(path.join(tmpdir(), 'machine-'));
  const runner = path.join(root, 'runner');
  const home = path.join(root, 'home');
  const account = accountHome === 'another' ? path.join(root, 'account') : home;
  const write = (file: string, text: string | Buffer): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write(path.join(root, 'authority.pem'), receiver.authority);
  const own =
    vendor === 'github'
      ? { agentId: 23, agentName: 'laptop-amoreau', poolName: 'Default', gitHubUrl: 'https://github.com/northwind' }
      : {
          agentId: 31,
          agentName: 'laptop-amoreau',
          poolName: 'laptops',
          serverUrl: 'https://dev.azure.com/northwind/',
        };
  // Both write a byte order mark.
  const settingsFile = vendor === 'github' ? '.runner' : '.agent';
  write(path.join(runner, settingsFile), `\uFEFF${JSON.stringify({ ...own, workFolder: '_work', ...describes })}`);
  const inventory = path.join(runner, 'mcp-inventory');
  write(
    path.join(inventory, 'mcp-inventory.json'),
    JSON.stringify({
      ...{ url: receiver.url, as: 'github-oidc', authorities: path.join(root, 'authority.pem') },
      ...settings,
    }),
  );
  copyFileSync(bundle, path.join(inventory, 'mcp-inventory.cjs'));
  copyFileSync(path.join(ROOT, 'runner/hook.sh'), path.join(inventory, 'hook.sh'));
  chmodSync(path.join(inventory, 'hook.sh'), 0o755);
  if (node !== undefined) {
    mkdirSync(path.join(runner, 'externals', node.folder, 'bin'), { recursive: true });
    const to = path.join(runner, 'externals', node.folder, 'bin/node');
    writeFileSync(to, `#!/bin/sh\nexec '${node.file}' --require '${path.join(root, 'system.cjs')}' "$@"\n`);
    chmodSync(to, 0o755);
  }
  mkdirSync(path.join(runner, '_diag'));
  mkdirSync(home);
  mkdirSync(account, { recursive: true });
  write(path.join(root, 'system.cjs'), systemOf(accountHome === 'none' ? undefined : account));
  const log = path.join(runner, '_diag/mcp-inventory.log');
  const logged = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: home,
    GITHUB_RUN_ID: '7',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'build',
    ...receiver.env,
  };
  return {
    runner,
    home,
    account,
    authority: path.join(root, 'authority.pem'),
    script: path.join(inventory, 'mcp-inventory.cjs'),
    /** What the places of the table stand for here. */
    bases: foldersOf({ os: 'linux', env: { HOME: home }, accountHome: undefined, runner, workFolder: '_work', path }),
    write,
    logged,
    /** The job begins, with these variables besides; undefined takes one away. */
    begin: (more: Readonly<Record<string, string | undefined>> = {}, uid?: number): Promise<Outcome> =>
      ended(
        spawn('sh', [path.join(inventory, 'hook.sh')], {
          env: { ...env, ...more },
          cwd: runner,
          ...(uid === undefined ? {} : { uid, gid: uid }),
        }),
      ),
    /** Megabytes that the inventory takes at most, as the kernel counts them. */
    peak: async (): Promise<number> => {
      const script = [path.join(inventory, 'mcp-inventory.cjs'), '--runner', runner];
      const told = `process.on('exit', () => require('fs').writeSync(1, String(process.resourceUsage().maxRSS)));`;
      const measured = path.join(root, 'measured.cjs');
      write(measured, told);
      const preloads = [path.join(root, 'system.cjs'), measured].flatMap((each) => ['--require', each]);
      const args = ['--max-old-space-size=64', ...preloads, ...script];
      const { output } = await ended(spawn(node?.file ?? process.execPath, args, { env, cwd: runner }));
      await receiver.next();
      return Math.round(Number(output) / 1_024);
    },
    /** A line is in the log. */
    lineLogged: (): Promise<string> =>
      new Promise((resolve) => {
        const watcher = watch(path.join(runner, '_diag'), look);
        function look(): void {
          if (!logged().endsWith('\n')) return;
          watcher.close();
          resolve(logged());
        }
        look();
      }),
    remove: (): void => rmSync(root, { recursive: true, force: true }),
  };
}

/** What stands in for the list of accounts of the machine that runs the tests, whose real homes are none of theirs. */
function systemOf(accountHome: string | undefined): string {
  const homedir = JSON.stringify(accountHome ?? '');
  const entry = `({ ...real(...of), homedir: ${homedir} })`;
  const answer = accountHome === undefined ? `{ throw new Error('no entry'); }` : entry;
  return `const os = require('node:os'); const real = os.userInfo; os.userInfo = (...of) => ${answer};\n`;
}

function foldersOf(around: Surroundings): Folders {
  return Object.assign({}, ...rootsOf(around).map(({ folders }) => folders));
}

function ended(child: ChildProcess): Promise<Outcome> {
  const began = performance.now();
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  // Closed: nothing that goes on holds what the runner reads from.
  return new Promise((resolve) =>
    child.once('close', (code) => resolve({ code, output, ms: performance.now() - began })),
  );
}
