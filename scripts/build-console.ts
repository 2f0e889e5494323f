import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { build } from 'esbuild';

const CONSOLE = resolve(import.meta.dirname, '../console');
const PAGE = join(CONSOLE, 'page');

/** What is worth compressing: everything but what is compressed already. */
const COMPRESSED = /\.(?:js|css|html|svg)$/;

/**
 * Builds the operator's page into `console/page/`: scripts, styles and documents under fixed names, each with its
 * Brotli twin. Its packages are installed first where they are not there. @returns the bytes of a first load, compressed
 */
export async function buildConsole(): Promise<number> {
  install();
  await rm(PAGE, { recursive: true, force: true });
  await mkdir(PAGE, { recursive: true });
  await build({
    absWorkingDir: CONSOLE,
    entryPoints: { app: 'src/main.tsx', 'signed-in': 'src/signed-in.ts', style: 'src/style.css' },
    outdir: 'page',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  await cp(join(CONSOLE, 'documents'), PAGE, { recursive: true });
  const files = (await readdir(PAGE)).filter((file) => COMPRESSED.test(file));
  const sizes = await Promise.all(files.map(async (file) => [file, await compress(join(PAGE, file))] as const));
  return sizes.reduce((sum, [file, bytes]) => sum + (file.startsWith('signed-in') ? 0 : bytes), 0);
}

/** Builds the page unless it is newer than everything that it is made of. */
export async function ensureConsole(): Promise<void> {
  const sources = [...(await filesIn('src')), ...(await filesIn('documents')), join(CONSOLE, 'package-lock.json')];
  const times = await Promise.all(sources.map(async (file) => (await stat(file)).mtimeMs));
  const built = await stat(join(PAGE, 'app.js')).catch(() => undefined);
  if (built === undefined || built.mtimeMs < Math.max(...times)) await buildConsole();
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(CONSOLE, folder), { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** `npm ci` in `console/`, which has a lock of its own: whoever works on the app alone need not install the page’s packages. */
function install(): void {
  if (existsSync(join(CONSOLE, 'node_modules/react'))) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: CONSOLE, stdio: 'inherit' });
  if (status !== 0) throw new Error('The packages of console/ could not be installed: see what npm printed above.');
}

async function compress(file: string): Promise<number> {
  const small = await promisify(brotliCompress)(await readFile(file));
  await writeFile(`${file}.br`, small);
  return small.length;
}
