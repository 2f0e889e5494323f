/** Builds the operator's page, and checks its types: they need its packages, which the project's own do not have. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { ensureConsole } from './build/build-console.ts';

const root = resolve(import.meta.dirname, '..');

await ensureConsole();
const { status } = spawnSync(resolve(root, 'node_modules/.bin/tsc'), ['-p', 'console'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
