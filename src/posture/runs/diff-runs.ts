import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { text } from '../../shapes/primitives.ts';
import { changeBetween } from '../assess.ts';
import { type Assessed, CHANGES, FailureSchema, type PostureRun, STATUSES } from './run.ts';

export const RunDiffSchema = z.strictObject({
  from: text,
  to: text,
  checks: z.array(
    z.strictObject({
      check: text,
      title: text,
      before: z.exactOptional(z.enum(STATUSES)),
      after: z.enum(STATUSES),
      change: z.enum(CHANGES),
      /** Failures of the later run that the earlier one has not, those of both, and those of the earlier one alone. */
      fails: z.array(FailureSchema),
      stillFails: z.array(FailureSchema),
      /** Not necessarily mended: where the later run could not read everything, they are out of sight. */
      gone: z.array(FailureSchema),
    }),
  ),
});
export type RunDiff = Immutable<z.output<typeof RunDiffSchema>>;

/** How the later of two runs differs from the earlier one, whatever was between them. */
export function diffRuns(from: PostureRun, to: PostureRun): RunDiff {
  return {
    from: from.runId,
    to: to.runId,
    checks: [...to.checks, ...from.checks.flatMap((each) => notJudged(each, to))].map((after) => {
      const before = from.checks.find(({ check }) => check === after.check);
      const [old, now] = [before?.failures ?? [], after.failures];
      const knew = (id: string): boolean => old.some((each) => each.id === id);
      const knows = (id: string): boolean => now.some((each) => each.id === id);
      return {
        check: after.check,
        title: after.title,
        ...(before === undefined ? {} : { before: before.status }),
        after: after.status,
        change: changeBetween(before, after),
        fails: now.filter(({ id }) => !knew(id)),
        stillFails: now.filter(({ id }) => knew(id)),
        gone: old.filter(({ id }) => !knows(id)),
      };
    }),
  };
}

/** A check of the earlier run alone: of how it stands in the later one nobody can say. */
function notJudged(before: Assessed, { at, checks }: PostureRun): Assessed[] {
  if (checks.some(({ check }) => check === before.check)) return [];
  const detail = 'The later run did not judge it.';
  const gaps = [{ reason: 'no-data' as const, source: before.check, detail }];
  return [{ ...before, at, status: 'unknown', failures: [], gaps }];
}
