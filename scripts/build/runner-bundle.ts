import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** Makes the one file that runs on runners: CommonJS for the Node that a runner or an agent brings along. */
export async function buildRunner(outfile: string): Promise<void> {
  const { version } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')) as { readonly version: string };
  await build({
    absWorkingDir: root,
    entryPoints: ['runner/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    define: { INVENTORY_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  });
}
