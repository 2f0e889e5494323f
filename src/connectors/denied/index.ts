import type { Denial, Denied } from '../../cases/denied/denied.ts';
import { bind } from '../bind.ts';
import { acceptTable } from './accept-table.ts';
import { containAndProject } from './contain.ts';
import { denyAndProject } from './deny.ts';
import { inGroups, joined } from './in-groups.ts';
import { type ProjectionAsked, project, projectedFor } from './project.ts';
import { readTable } from './read-table.ts';
import { releaseAndProject } from './release.ts';
import type { DeniedStores } from './stores.ts';
import type { DeniedWork } from './work.ts';

/** So long the next write gathers people after one that was for several. */
const REST_MS = 1_000;

/** Who is denied: the table is the truth, and nobody but this writes the list. */
export const openDenied = ({ restMs = REST_MS, ...rest }: Omit<DeniedStores, 'restMs'> & { restMs?: number }) => {
  const stores: DeniedStores = { ...rest, restMs };
  const grouped = inGroups((asked: readonly ProjectionAsked[]) => project(stores, asked));
  const work: DeniedWork = {
    ...stores,
    look: joined(() => readTable(stores.storage)),
    project: async (asked) => projectedFor(await grouped(asked), asked.urgent),
  };
  return {
    ...bind(work, {
      accept: acceptTable,
      contain: containAndProject,
      deny: denyAndProject,
      release: releaseAndProject,
    }),
    project: (now: Date) => work.project({ now }),
    /** Denies a workload for some minutes from now. */
    denyIdentity: ({ minutes, ...about }: Pick<Denial, 'oid' | 'caseId' | 'why'> & { readonly minutes: number }) => {
      const now = new Date();
      const until = new Date(now.getTime() + minutes * 60_000).toISOString();
      return denyAndProject(work, { ...about, kind: 'identity', at: now.toISOString(), until });
    },
    /** Whether a denial holds for so many minutes from now on. */
    lasts: ({ until }: Pick<Denied, 'until'>, minutes: number): boolean =>
      until === undefined || Date.parse(until) >= Date.now() + minutes * 60_000,
    releaseNow: (about: Omit<Parameters<typeof releaseAndProject>[1], 'at'>) =>
      releaseAndProject(work, { ...about, at: new Date().toISOString() }),
  };
};

export type DeniedList = ReturnType<typeof openDenied>;
