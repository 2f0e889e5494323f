import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** What modules read beside their own folder: each other, policies and queries. */
const READ_BY_MODULES = ['infra', 'kql'];

/** A copy of everything that modules read, laid out as in the repository; answers where `directory` is in it. */
export function workingCopy(directory: string, target: string): string {
  for (const folder of READ_BY_MODULES) cpSync(join(root, folder), join(target, folder), { recursive: true });
  return join(target, relative(root, resolve(directory)));
}

/**
 * The folder itself, or, where it declares a backend, a copy that keeps its state beside it:
 * Terraform plans only against the backend that is declared.
 */
export function withoutBackend(directory: string, scratch: string): string {
  const declares = globSync('*.tf', { cwd: directory }).some((file) =>
    /^\s*(backend\s+"\w+"|cloud)\s*\{/m.test(readFileSync(join(directory, file), 'utf8')),
  );
  if (!declares) return resolve(directory);
  const copy = workingCopy(directory, scratch);
  writeFileSync(join(copy, 'zz_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  return copy;
}
