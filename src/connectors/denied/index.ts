import { acceptTable } from './accept-table.ts';
import { denyAndProject } from './deny.ts';
import { project } from './project.ts';
import { releaseAndProject } from './release.ts';
import type { DeniedStores } from './stores.ts';

/** Who is denied: the table is the truth, and nobody but this writes the list. */
export const openDenied = (stores: DeniedStores) => ({
  /** Takes the table as it is, after it was lost or restored. */
  accept: (by: string, now: Date) => acceptTable(stores, by, now),
  deny: (...rest: Rest<typeof denyAndProject>) => denyAndProject(stores, ...rest),
  /** Writes the list from the table. */
  project: (now: Date) => project(stores, now),
  release: (...rest: Rest<typeof releaseAndProject>) => releaseAndProject(stores, ...rest),
});

type Rest<F> = F extends (stores: DeniedStores, ...rest: infer R) => unknown ? R : never;

export type DeniedList = ReturnType<typeof openDenied>;
