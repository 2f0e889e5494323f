import type { CaseMode } from '../cases/case.ts';
import type { Coverage } from '../cases/coverage.ts';
import type { CaseId } from '../cases/ids.ts';
import type { Oid } from '../people/oid.ts';
import type { Orphaned } from './find-orphans.ts';

/** What one pass over all credentials found, before any case is opened. */
export interface SweepFindings {
  readonly orphaned: readonly Orphaned[];
  readonly coverage: readonly Coverage[];
  readonly looked: { readonly people: number; readonly credentials: number; readonly unlinked: number };
}

/** What became of one leaver whom the sweep found. */
export interface SweptCase {
  readonly oid: Oid;
  /**
   * `opened`: by this sweep. `known`: there is a case of this leaving. `held`: by the mass-deletion brake.
   * `refused`: a protected account. `returned`: the person works here again. `unreadable`: the directory did not
   * answer; the next sweep comes back to it.
   */
  readonly result: 'opened' | 'known' | 'held' | 'refused' | 'returned' | 'unreadable';
  readonly caseId?: CaseId;
  /** Of that case. One in mode `plan` cut nothing: the leaver still has the credentials. */
  readonly mode?: CaseMode;
}

/** `sweeps/<id>.json`. */
export interface SweepReport {
  readonly schemaVersion: '1.0';
  readonly sweepId: string;
  /** ISO instants. */
  readonly at: string;
  readonly finishedAt: string;
  readonly coverage: readonly Coverage[];
  readonly looked: SweepFindings['looked'];
  readonly orphaned: readonly (SweptCase & { readonly credentials: Orphaned['credentials'] })[];
  readonly counts: Readonly<Record<SweptCase['result'], number>>;
}

/** Sources are never left out: where one could not be read, the report says so and proves nothing about it. */
export function sweepReport(
  about: { readonly sweepId: string; readonly at: string; readonly finishedAt: string },
  { orphaned, coverage, looked }: SweepFindings,
  cases: readonly SweptCase[],
): SweepReport {
  const results = new Map(cases.map((each) => [each.oid, each]));
  const rows = orphaned.map(({ person: { oid }, credentials }) => ({
    ...(results.get(oid) ?? { oid, result: 'unreadable' as const }),
    credentials,
  }));
  const count = (result: SweptCase['result']): number => rows.filter((row) => row.result === result).length;
  return {
    schemaVersion: '1.0',
    ...about,
    coverage,
    looked,
    orphaned: rows,
    counts: {
      opened: count('opened'),
      known: count('known'),
      held: count('held'),
      refused: count('refused'),
      returned: count('returned'),
      unreadable: count('unreadable'),
    },
  };
}
