/** Bundles the CLI into cli/dist: `npm pack` in cli/ then makes a package that needs no other. */
import { chmod, copyFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'cli/dist');

await rm(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [{ in: 'cli/main.ts', out: 'offboard' }],
  outdir: 'cli/dist',
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  // Signing in and questions are read when they are needed: most calls do without.
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  // What is written for CommonJS inside of it asks for `require`.
  banner: {
    js: "import { createRequire as madeRequire } from 'node:module'; const require = madeRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await chmod(join(dist, 'offboard.js'), 0o755);
await copyFile(join(root, 'LICENSE'), join(dist, 'LICENSE'));

const all = Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
const first = metafile.outputs['cli/dist/offboard.js']?.bytes ?? 0;
process.stdout.write(
  `cli/dist holds the CLI: ${(all / 1e6).toFixed(1)} MB, of which a call loads ${(first / 1e3).toFixed(0)} KB or more.\n`,
);
