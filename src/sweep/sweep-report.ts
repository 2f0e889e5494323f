import * as z from 'zod';
import { CASE_MODES } from '../cases/case.ts';
import { COVERAGE_STATES, type Coverage, UNEXAMINED } from '../cases/coverage/coverage.ts';
import type { UnownedPlace } from '../cases/coverage/unowned-place.ts';
import { CaseIdSchema } from '../cases/ids.ts';
import { LEAVER_STATES } from '../people/leaver.ts';
import { OidSchema } from '../people/oid.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { count, day, instant, text } from '../shapes/primitives.ts';
import { recordOf } from '../shapes/record-of.ts';
import { CREDENTIAL_KINDS, type Orphaned } from './find-orphans.ts';

export const CoverageLineSchema = z.strictObject({
  source: text,
  state: z.enum(COVERAGE_STATES),
  looked: z.strictObject({ count, unit: text, asked: z.exactOptional(count) }),
  detail: z.exactOptional(text),
  missingPermission: z.exactOptional(text),
  why: z.exactOptional(z.enum(UNEXAMINED)),
  exemption: z.exactOptional(z.strictObject({ reason: text, by: text, until: day })),
  acknowledged: z.exactOptional(z.strictObject({ by: text, on: day })),
});

const OrphanedSchema = z.strictObject({
  person: z.strictObject({
    oid: OidSchema,
    state: z.enum(LEAVER_STATES),
    userPrincipalName: z.exactOptional(text),
    deletedAt: z.exactOptional(instant),
    leaveAt: z.exactOptional(instant),
    disabledSince: z.exactOptional(instant),
  }),
  credentials: z.array(z.strictObject({ kind: z.enum(CREDENTIAL_KINDS), source: text, id: text })),
});

/** What one pass over all credentials found, before any case is opened. */
export const SweepFindingsSchema = z.strictObject({
  orphaned: z.array(OrphanedSchema),
  coverage: z.array(CoverageLineSchema),
  looked: z.strictObject({ people: count, credentials: count, unlinked: count }),
  /**
   * What vendors said where a reading failed, a sentence each: who left may have been missed there. What an earlier
   * version found has none.
   */
  faults: z.array(text).default([]),
});
export type SweepFindings = Immutable<z.output<typeof SweepFindingsSchema>>;

export const SWEEP_RESULTS = ['opened', 'reopened', 'known', 'on-hold', 'refused', 'returned', 'unreadable'] as const;

/** What became of one leaver whom the sweep found. */
export const SweptCaseSchema = z.strictObject({
  oid: OidSchema,
  /**
   * `opened`: by this sweep. `reopened`: the last report of their case does not tell of what was found. `known`: there is
   * a case of this leaving. `on-hold`: by the rate limit.
   * `refused`: a protected account, or no person. `returned`: the person works here again. `unreadable`: the directory did not
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
export const SweepCountsSchema = z.strictObject({
  ...recordOf(SWEEP_RESULTS, () => count),
  // A sweep that an earlier version filed reopened none.
  reopened: count.default(0),
});
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
      reopened: numberOf('reopened'),
      known: numberOf('known'),
      'on-hold': numberOf('on-hold'),
      refused: numberOf('refused'),
      returned: numberOf('returned'),
      unreadable: numberOf('unreadable'),
    },
  };
}
