import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../src/report/report.ts';

/** The files that people and programs read. */
const FILES = ['report.html', 'report.md', 'report.json'] as const;
export type ReportFile = (typeof FILES)[number];

/**
 * Keeps a copy of a report in a folder of its own, which is named by when it was filed: no run takes another’s place.
 * @returns that folder
 */
export async function keepReport(
  parent: string,
  { generatedAt }: Pick<Report, 'generatedAt'>,
  read: (file: ReportFile) => Promise<string>,
): Promise<string> {
  await mkdir(parent, { recursive: true });
  const kept = await newFolder(join(parent, generatedAt.slice(0, 19).replaceAll(':', '-')));
  for (const file of FILES) await writeFile(join(kept, file), await read(file));
  return kept;
}

/** One that was not there: two runs may end in the same second. */
async function newFolder(wanted: string, attempt = 1): Promise<string> {
  const folder = attempt === 1 ? wanted : `${wanted}-${attempt}`;
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return newFolder(wanted, attempt + 1);
  }
}
