/** Bundles the inventory of runners into one file, and puts beside it what installs it. */
import { chmod, copyFile, cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildRunner } from './runner-bundle.ts';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'runner/dist');

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const file = join(dist, 'mcp-inventory.cjs');
await buildRunner(file);
for (const script of ['hook.sh', 'hook.ps1', 'install.sh', 'install.ps1']) {
  await copyFile(join(root, 'runner', script), join(dist, script));
  if (script.endsWith('.sh')) await chmod(join(dist, script), 0o755);
}
await cp(join(root, 'runner/azure-pipelines'), join(dist, 'azure-pipelines'), { recursive: true });
await copyFile(join(root, 'LICENSE'), join(dist, 'LICENSE'));
const { length } = await readFile(file);
process.stdout.write(
  `runner/dist holds the inventory: one file of ${(length / 1e3).toFixed(0)} KB, its hooks and what installs them.\n`,
);
