import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** What modules read beside their own folder: each other, policies and queries. */
const READ_BY_MODULES = ['infra', 'kql'];

/**
 * A copy of everything that modules read, laid out as in the repository; answers where `directory` is in it.
 * A folder outside of the repository is copied alone.
 */
export function workingCopy(directory: string, target: string): string {
  const path = relative(root, resolve(directory));
  if (path.startsWith('..')) {
    cpSync(directory, join(target, 'module'), { recursive: true });
    return join(target, 'module');
  }
  for (const folder of READ_BY_MODULES) cpSync(join(root, folder), join(target, folder), { recursive: true });
  return join(target, path);
}

export interface Subject {
  readonly cwd: string;
  readonly init: readonly string[];
  /** What keeps the state out of the folder. */
  readonly options: readonly string[];
}

/**
 * The folder itself, or, where it declares a backend, a copy that keeps its state in a file:
 * Terraform plans only against the backend that is declared.
 */
export function withLocalState(directory: string, scratch: string, stateFile: string): Subject {
  const declares = globSync('*.tf', { cwd: directory }).some((file) =>
    /^\s*(backend\s+"\w+"|cloud)\s*\{/m.test(readFileSync(join(directory, file), 'utf8')),
  );
  if (!declares) return { cwd: resolve(directory), init: ['init', '-backend=false'], options: [`-state=${stateFile}`] };
  const cwd = workingCopy(directory, scratch);
  const backend = `backend "local" {\n    path = ${JSON.stringify(stateFile)}\n  }`;
  writeFileSync(join(cwd, 'zz_override.tf'), `terraform {\n  ${backend}\n}\n`);
  return { cwd, init: ['init'], options: [] };
}
