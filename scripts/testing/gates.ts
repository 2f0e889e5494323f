import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { TERRAFORM_MISSING } from '../../test/support/machine/terraform-version.ts';

const root = resolve(import.meta.dirname, '../..');
const bin = (name: string): string => resolve(root, 'node_modules/.bin', name);

interface Gate {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What mends the most of it, where something does that by itself. */
  readonly mending?: string;
  /** Why the command is not there, for one that npm does not install. */
  readonly missing?: string;
}

/** Every check that reads the tree and runs nothing of it; the slowest first. `npm run check` and `npm test` run them. */
const GATES: readonly Gate[] = [
  {
    name: 'strict types',
    command: bin('tsc'),
    // What has not changed since the last run is not checked again; `npm ci` takes the memory away. Each further checker
    // works out the vendors' types anew: two take as long as one, and four twice the time of a core.
    args: ['-p', '.', '--checkers', '1', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/gates.tsbuildinfo'],
  },
  { name: 'the console: its build and its types', command: process.execPath, args: ['scripts/check-console.ts'] },
  {
    name: 'format and lint',
    command: bin('biome'),
    args: ['check', '--error-on-warnings', '.'],
    mending: '`npm run format` mends the format and what lint can mend.',
  },
  { name: 'no unused files, exports or dependencies', command: bin('knip'), args: [] },
  {
    name: 'import rules',
    command: bin('depcruise'),
    args: [
      '--config',
      '.dependency-cruiser.cjs',
      'src',
      'orchestrations',
      'activities',
      'local',
      'bench',
      'scripts',
      'cli',
      'runner',
    ],
  },
  {
    name: 'format of the Terraform files',
    command: 'terraform',
    args: ['fmt', '-check', '-diff', '-recursive', 'infra'],
    missing: TERRAFORM_MISSING,
  },
];

/** How many checks or tests passed, and how many failed. */
export interface Tally {
  passed: number;
  failed: number;
}

/** Runs every gate, as many at once as there are cores, and prints each when it has ended. */
export async function runGates(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0 };
  const waiting = [...GATES];
  const work = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      if (await passes(gate)) tally.passed += 1;
      else tally.failed += 1;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return tally;
}

async function passes({ name, command, args, mending, missing }: Gate): Promise<boolean> {
  const started = performance.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  child.once('error', ({ message }) => output.push(Buffer.from(missing ?? message)));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const help = mending === undefined ? '' : `${mending}\n`;
  const complaint = code === 0 ? '' : `${Buffer.concat(output).toString('utf8')}\n${help}`;
  process.stdout.write(`${code === 0 ? '✔' : '✖'} ${name} (${seconds} s)\n${complaint}`);
  return code === 0;
}
