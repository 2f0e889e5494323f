import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TERRAFORM_MISSING } from '../../support/machine/terraform-version.ts';
import { knowledge } from './azure/knowledge.ts';
import { withFacts } from './azure/schema-facts.ts';
import { readSchemas } from './provider/read-schemas.ts';
import { serveProviders } from './provider/serve-providers.ts';

export interface TerraformRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, for a person, with what to do about a type that the subset of schemas lacks. */
  readonly output: string;
}

export interface TerraformOptions {
  /** The module's folder. Nothing is written to it: Terraform's own data goes to a temporary one. */
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const UNKNOWN_TYPE = /does not support (?:resource type|data source) "?(\w+)/;

let dataRoot: string | undefined;

/**
 * Runs the real Terraform CLI against the schema providers. Its exit code is a value; that it cannot be run is
 * an error. Runs in the same `cwd` share what `init` found.
 */
export async function terraform(args: readonly string[], options: TerraformOptions): Promise<TerraformRun> {
  const providers = await serveProviders(readSchemas().map(withFacts), knowledge);
  try {
    return await runTerraform(args, options, providers.reattach);
  } finally {
    providers.stop();
  }
}

function runTerraform(args: readonly string[], options: TerraformOptions, reattach: string): Promise<TerraformRun> {
  return new Promise((done, fail) => {
    const child = spawn('terraform', args, {
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...ownEnvironment(),
        // A user's own CLI configuration may name mirrors and credentials; a missing file makes it warn.
        TF_CLI_CONFIG_FILE: '/dev/null',
        CHECKPOINT_DISABLE: '1',
        // A quarter of the processor time of a plan is garbage collection; these runs are short.
        GOGC: '400',
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
        TF_DATA_DIR: dataDirectory(options.cwd),
        TF_REATTACH_PROVIDERS: reattach,
        ...options.environment,
      },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const both: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      both.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr.push(chunk);
      both.push(chunk);
    });
    child.once('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'ENOENT' ? new Error(TERRAFORM_MISSING, { cause: error }) : error),
    );
    child.once('close', (code) => {
      const output = text(both);
      done({ code: code ?? 1, stdout: text(stdout), stderr: text(stderr), output: output + hintFor(output) });
    });
  });
}

/** Without a user's TF_VAR_…, TF_CLI_ARGS and the like, which would change what is checked. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TF|ARM)_/.test(name)));
}

/** Why Terraform knows no such type here, although the provider may. */
export function hintFor(output: string): string {
  const type = UNKNOWN_TYPE.exec(output.replaceAll('\\"', '"'))?.[1];
  if (type === undefined) return '';
  const how = type.startsWith('azapi_') ? 'by hand to azapi.json' : 'npm run refresh:terraform-schemas';
  return `\nIf the provider has ${type}, add it to test/infra/schemas: ${how}\n`;
}

function dataDirectory(cwd: string): string {
  if (dataRoot === undefined) {
    const root = mkdtempSync(join(tmpdir(), 'terraform-'));
    dataRoot = root;
    process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  }
  return join(dataRoot, createHash('sha256').update(resolve(cwd)).digest('hex').slice(0, 16));
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
