import * as z from 'zod';
import { CASE_MODES } from '../cases/case.ts';
import type { Coverage } from '../cases/coverage.ts';
import { CaseIdSchema } from '../cases/ids.ts';
import type { UnownedPlace } from '../cases/unowned-place.ts';
import { OidSchema } from '../people/oid.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { count } from '../shapes/primitives.ts';
import { recordOf } from '../shapes/record-of.ts';
import type { Orphaned } from './find-orphans.ts';

/** What one pass over all credentials found, before any case is opened. */
export interface SweepFindings {
  readonly orphaned: readonly Orphaned[];
  readonly coverage: readonly Coverage[];
  readonly looked: { readonly people: number; readonly credentials: number; readonly unlinked: number };
  /** What vendors said where a reading failed, a sentence each: who left may have been missed there. */
  readonly faults: readonly string[];
}

const SWEEP_RESULTS = ['opened', 'known', 'on-hold', 'refused', 'returned', 'unreadable'] as const;

/** What became of one leaver whom the sweep found. */
export const SweptCaseSchema = z.strictObject({
  oid: OidSchema,
  /**
   * `opened`: by this sweep. `known`: there is a case of this leaving. `on-hold`: by the rate limit.
   * `refused`: a protected account. `returned`: the person works here again. `unreadable`: the directory did not
   * answer; the next sweep comes back to it.
   */
  result: z.enum(SWEEP_RESULTS),
  caseId: z.exactOptional(CaseIdSchema),
  /** Of that case. One in mode `plan` cut nothing: the leaver still has the credentials. */
  mode: z.exactOptional(z.enum(CASE_MODES)),
});
export type SweptCase = Immutable<z.output<typeof SweptCaseSchema>>;

/** `sweeps/<id>.json`. */
export interface SweepReport {
  readonly schemaVersion: '1.0';
  readonly sweepId: string;
  /** ISO instants. */
  readonly at: string;
  readonly finishedAt: string;
  readonly coverage: readonly Coverage[];
  readonly looked: SweepFindings['looked'];
  readonly faults: SweepFindings['faults'];
  readonly orphaned: readonly (SweptCase & { readonly credentials: Orphaned['credentials'] })[];
  /** Every place with tokens of unknown owners that cases have found, and none has found to be gone: once each. */
  readonly unowned: readonly UnownedPlace[];
  readonly counts: SweepCounts;
}

/** By result, zeros included. */
export const SweepCountsSchema = z.strictObject(recordOf(SWEEP_RESULTS, () => count));
type SweepCounts = Immutable<z.output<typeof SweepCountsSchema>>;

/** Sources are never left out: where one could not be read, the report says so and proves nothing about it. */
export function sweepReport(
  about: { readonly sweepId: string; readonly at: string; readonly finishedAt: string },
  { orphaned, coverage, looked, faults }: SweepFindings,
  cases: readonly SweptCase[],
  unowned: readonly UnownedPlace[],
): SweepReport {
  const results = new Map(cases.map((each) => [each.oid, each]));
  const rows = orphaned.map(({ person: { oid }, credentials }) => ({
    ...(results.get(oid) ?? { oid, result: 'unreadable' as const }),
    credentials,
  }));
  const numberOf = (result: SweptCase['result']): number => rows.filter((row) => row.result === result).length;
  return {
    schemaVersion: '1.0',
    ...about,
    coverage,
    looked,
    faults,
    orphaned: rows,
    unowned,
    counts: {
      opened: numberOf('opened'),
      known: numberOf('known'),
      'on-hold': numberOf('on-hold'),
      refused: numberOf('refused'),
      returned: numberOf('returned'),
      unreadable: numberOf('unreadable'),
    },
  };
}
