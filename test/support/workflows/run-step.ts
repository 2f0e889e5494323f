import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Steps {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly name: string; readonly run?: string }[] }>
  >;
}

/** The script of one step, out of the workflow's file. */
export function scriptOf(file: string, stepName: string): string {
  const { jobs } = parse(readFileSync(file, 'utf8')) as Steps;
  const step = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(({ name }) => name === stepName);
  if (step?.run === undefined) throw new Error(`${file} has no script '${stepName}'`);
  return step.run;
}

/**
 * Why scripts that are made for GitHub's runners cannot be tried here: `false` where they can. On such a runner they
 * always can, or it is a fault.
 */
export function cannotRun(tools: readonly string[]): string | false {
  if (process.env.GITHUB_ACTIONS === 'true') return false;
  if (process.platform !== 'linux') return 'needs GNU tools';
  const absent = tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
  return absent.length === 0 ? false : `needs ${absent.join(', ')}`;
}

/** Runs a step's script as GitHub's runner does where no shell is named: `bash -e`. */
export async function runStep(
  script: string,
  env: Readonly<Record<string, string>>,
  cwd?: string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn('bash', ['-e', '-c', script], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}
