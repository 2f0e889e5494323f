import type { Denial, Denied } from '../../cases/denied.ts';
import { bind } from '../bind.ts';
import { acceptTable } from './accept-table.ts';
import { denyAndProject } from './deny.ts';
import { project } from './project.ts';
import { releaseAndProject } from './release.ts';
import type { DeniedStores } from './stores.ts';

/** Who is denied: the table is the truth, and nobody but this writes the list. */
export const openDenied = (stores: DeniedStores) => ({
  ...bind(stores, { accept: acceptTable, deny: denyAndProject, project, release: releaseAndProject }),
  /** Denies a workload for some minutes from now. */
  denyIdentity: ({ minutes, ...about }: Pick<Denial, 'oid' | 'caseId' | 'why'> & { readonly minutes: number }) => {
    const now = new Date();
    const until = new Date(now.getTime() + minutes * 60_000).toISOString();
    return denyAndProject(stores, { ...about, kind: 'identity', at: now.toISOString(), until });
  },
  /** Whether a denial holds for so many minutes from now on. */
  lasts: ({ until }: Pick<Denied, 'until'>, minutes: number): boolean =>
    until === undefined || Date.parse(until) >= Date.now() + minutes * 60_000,
  releaseNow: (about: Omit<Parameters<typeof releaseAndProject>[1], 'at'>) =>
    releaseAndProject(stores, { ...about, at: new Date().toISOString() }),
});

export type DeniedList = ReturnType<typeof openDenied>;
