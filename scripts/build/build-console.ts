import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { build } from 'esbuild';

const CONSOLE = resolve(import.meta.dirname, '../../console');
const PAGE = join(CONSOLE, 'page');
const MADE = join(CONSOLE, 'page.made');

/** What is worth compressing: everything but what is compressed already. */
const COMPRESSED = /\.(?:js|css|html|svg)$/;

/** Whoever builds has it; a process that died in it is not waited for longer than a build takes. */
const LOCK = join(CONSOLE, '.building');
const LONGEST_BUILD_MS = 180_000;

/**
 * Builds the operator's page into `console/page/`: scripts, styles and documents under fixed names, each with its
 * Brotli twin. Its packages are installed first where they are not there. @returns the bytes of a first load, compressed
 */
export function buildConsole(): Promise<number> {
  return alone(buildPage);
}

/** Builds the page unless it is newer than everything that it is made of. */
export async function ensureConsole(): Promise<void> {
  if (await isNew()) return;
  await alone(async () => ((await isNew()) ? 0 : buildPage()));
}

/** Two processes that install or write the same files at once would leave half of each. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  while (!(await taken())) await delay(200);
  try {
    return await work();
  } finally {
    await rm(LOCK, { recursive: true, force: true });
  }
}

async function taken(): Promise<boolean> {
  try {
    await mkdir(LOCK);
    return true;
  } catch {
    const since = (await stat(LOCK).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - since > LONGEST_BUILD_MS) await rm(LOCK, { recursive: true, force: true });
    return false;
  }
}

/** Made beside, and put in its place as a whole: whoever is served meanwhile has the page from before. */
async function buildPage(): Promise<number> {
  install();
  await rm(MADE, { recursive: true, force: true });
  await mkdir(MADE, { recursive: true });
  await build({
    absWorkingDir: CONSOLE,
    entryPoints: { app: 'src/main.tsx', 'signed-in': 'src/signed-in.ts', style: 'src/style.css' },
    outdir: MADE,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  await cp(join(CONSOLE, 'documents'), MADE, { recursive: true });
  const files = (await readdir(MADE)).filter((file) => COMPRESSED.test(file));
  const sizes = await Promise.all(files.map(async (file) => [file, await compress(join(MADE, file))] as const));
  await rm(PAGE, { recursive: true, force: true });
  await rename(MADE, PAGE);
  return sizes.reduce((sum, [file, bytes]) => sum + (file.startsWith('signed-in') ? 0 : bytes), 0);
}

async function isNew(): Promise<boolean> {
  const sources = [...(await filesIn('src')), ...(await filesIn('documents')), join(CONSOLE, 'package-lock.json')];
  const times = await Promise.all(sources.map(async (file) => (await stat(file)).mtimeMs));
  const built = await stat(join(PAGE, 'app.js')).catch(() => undefined);
  return built !== undefined && built.mtimeMs >= Math.max(...times);
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
