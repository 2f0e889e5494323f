import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { installCommand, missingPackages } from '../../../support/machine/debian-packages.ts';
import { findNewtonsoft } from '../../../support/machine/find-newtonsoft.ts';
import { PolicyError, type PolicyFault } from './rules/policy-fault.ts';

const SUPPORT = ['Context.cs', 'Gateway.cs'].map((file) => resolve(import.meta.dirname, file));

const MISSING =
  'The gateway policy cannot be checked: its C# is compiled and run by Mono, which is not here. ' +
  `Debian: ${installCommand(missingPackages(process.env))}`;

/** Compiles the policies' C# as C# 7, which is what API Management understands. Throws a PolicyError with the lines. */
export async function compile(program: string, folder: string): Promise<string> {
  const source = join(folder, 'Policies.cs');
  const executable = join(folder, 'gateway.exe');
  writeFileSync(source, program);
  const newtonsoft = findNewtonsoft(process.env);
  if (newtonsoft === undefined) throw new Error(MISSING);
  const library = join(newtonsoft, 'Newtonsoft.Json.dll');
  const args = ['-langversion:7.2', '-nowarn:162,168,219', `-r:${library}`, `-out:${executable}`, ...SUPPORT, source];
  const { code, output } = await run('mcs', args);
  if (code === 0) return executable;
  const faults = output.split('\n').flatMap(faultOf);
  throw faults.length > 0 ? new PolicyError(faults) : new Error(`mcs failed:\n${output}`);
}

export function startMono(executable: string): ChildProcess {
  return spawn('mono', [executable], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Without a locale Mono reads and writes ASCII.
    env: { ...process.env, LC_ALL: 'C.UTF-8', MONO_PATH: findNewtonsoft(process.env) },
  });
}

export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'gateway-policy-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function faultOf(line: string): PolicyFault[] {
  const match = /^(.*)\((\d+),\d+\): error (CS\d+: .*)$/.exec(line);
  return match === null ? [] : [{ file: basename(match[1] ?? ''), line: Number(match[2]), message: match[3] ?? '' }];
}

function run(command: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.once('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'ENOENT' ? new Error(MISSING, { cause: error }) : error),
    );
    child.once('close', (code) => done({ code: code ?? 1, output: Buffer.concat(output).toString('utf8') }));
  });
}
