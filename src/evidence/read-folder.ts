import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { EvidenceFile } from './verification.ts';

/**
 * Every file below a folder, in the order of their names. @throws Error of the file system where one cannot be read, and
 * where something is no plain file: what a link leads to is not in the folder, and another thing tomorrow
 */
export async function readEvidenceFolder(folder: string): Promise<readonly EvidenceFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: EvidenceFile[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) throw new Error(`${path} is no plain file: download the case again into an empty folder.`);
    files.push({ name: relative(folder, path).split(sep).join('/'), bytes: await readFile(path) });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}
