import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The name says whose it is, so that nobody has to be asked whether a file that tells it was written yet. */
const OURS = /^mcp-offboarding-(\d+)-/;

/** A folder for whatever one run writes. */
export interface Scratch {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Makes the folder of this run. It goes when the process ends, however that is told to; a process that was killed could
 * remove nothing, and whoever starts next removes what such a one left.
 */
export async function makeScratch(): Promise<Scratch> {
  await removeOfTheDead();
  const folder = await mkdtemp(join(tmpdir(), `mcp-offboarding-${process.pid}-`));
  const tidy = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', tidy);
  return {
    folder,
    remove: async () => {
      await rm(folder, { recursive: true, force: true });
      process.off('exit', tidy);
    },
  };
}

async function removeOfTheDead(): Promise<void> {
  const names = await readdir(tmpdir());
  const dead = names.filter((name) => {
    const pid = Number(OURS.exec(name)?.[1] ?? process.pid);
    return pid !== process.pid && !isAlive(pid);
  });
  // What a child of the dead one still writes, or somebody else’s folder, is the next start’s.
  await Promise.all(
    dead.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {})),
  );
}

/** Whether there is such a process, whoever’s it is. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
