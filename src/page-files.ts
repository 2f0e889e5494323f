import { readFile } from 'node:fs/promises';

/** The addresses of the operator's page under `/console/`, and what each is. Nothing else is served from there. */
export const PAGE_FILES = {
  'index.html': 'text/html; charset=utf-8',
  'app.js': 'text/javascript; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'signed-in.html': 'text/html; charset=utf-8',
  'signed-in.js': 'text/javascript; charset=utf-8',
} as const;
export type PageFile = keyof typeof PAGE_FILES;

interface Read {
  readonly plain: Buffer;
  /** Absent where it is not worth compressing. */
  readonly brotli?: Buffer;
}

const read = new Map<PageFile, Promise<Read | undefined>>();

/**
 * A file of the page. They lie in `console/page/`, beside `src/` and, in the deployment package, beside the bundle's
 * folder. @returns undefined where the package was made without the page
 */
export function readPageFile(name: PageFile): Promise<Read | undefined> {
  const known = read.get(name) ?? readBoth(name);
  read.set(name, known);
  return known;
}

async function readBoth(name: PageFile): Promise<Read | undefined> {
  const [plain, brotli] = await Promise.all([readOne(name), readOne(`${name}.br`)]);
  return plain && { plain, ...(brotli && { brotli }) };
}

async function readOne(name: string): Promise<Buffer | undefined> {
  try {
    return await readFile(new URL(`../console/page/${name}`, import.meta.url));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
