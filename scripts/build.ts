/**
 * Makes the deployment package in `dist/`: one bundle, what V8 compiles of it, its queries, the operator's page,
 * host.json and a package.json without scripts.
 */
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { buildConsole } from './build/build-console.ts';
import { writeCodeCache } from './build/code-cache.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'src'), { recursive: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outfile: join(dist, 'src/app.cjs'),
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  sourcemap: true,
  sourcesContent: false,
  minifySyntax: true,
  // Half of a cold start is compiling the text. Names stay, for stack traces.
  minifyWhitespace: true,
  metafile: true,
  // The Functions worker supplies it.
  external: ['@azure/functions-core'],
  // Files beside the bundle (the queries) are found relative to it, as they are relative to the sources.
  define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  logLevel: 'warning',
});

const main = join(dist, 'src/main.cjs');
await copyFile(join(root, 'scripts/build/bundle-main.cjs'), main);
writeCodeCache(main);

const firstLoad = await buildConsole();
await cp(join(root, 'console/page'), join(dist, 'console/page'), { recursive: true });
await cp(join(root, 'kql'), join(dist, 'kql'), { recursive: true });
await cp(join(root, 'host.json'), join(dist, 'host.json'));
const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<
  string,
  string
>;
await writeFile(
  join(dist, 'package.json'),
  `${JSON.stringify({ name, version, license, main: 'src/main.cjs' }, undefined, 2)}\n`,
);

const bytes = Object.entries(metafile.outputs).find(([file]) => file.endsWith('app.cjs'))?.[1].bytes ?? 0;
process.stdout.write(
  `dist/ holds the deployment package; its bundle has ${(bytes / 1e6).toFixed(1)} MB, and the page loads ${Math.ceil(firstLoad / 1e3)} KB.\n`,
);
