import * as z from 'zod';
import { failBrokenCases } from '../activities/sweep/fail-broken-cases.ts';
import { FiledSweepSchema, fileSweep } from '../activities/sweep/file-sweep.ts';
import { findOrphanedCredentials } from '../activities/sweep/find-orphaned-credentials.ts';
import { openSweptCases } from '../activities/sweep/open-swept-cases.ts';
import { startUnstartedCases } from '../activities/sweep/start-unstarted-cases.ts';
import { CasePolicySchema } from '../src/cases/policy.ts';
import { instant } from '../src/shapes/primitives.ts';
import { type Call, call, callSettled, prepare } from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';

const SweepInputSchema = z.strictObject({
  /** Instant from which the sweep is told: who had left by then. */
  at: instant,
  policy: CasePolicySchema,
});

/** Leavers in one activity: each costs two directory reads, and an activity must end well within its time limit. */
const BATCH = 25;

/**
 * One pass over all credentials, joined with everybody who has left: finds those whose owner is gone although no
 * event ever came. The cases it opens are instances of their own and outlive the sweep.
 */
export const sweep = defineOrchestration(
  'sweep',
  { input: SweepInputSchema, output: FiledSweepSchema },
  function* (context, { at, policy }) {
    // Whatever they answer, they must not keep the sweep from its own work.
    const tidying: Call<unknown>[] = [prepare(startUnstartedCases, null), prepare(failBrokenCases, null)];
    yield* callSettled(context, tidying, { ...policy, attempts: 1 });

    const sweepId = context.df.instanceId;
    const { found, orphaned } = yield* call(context, findOrphanedCredentials, { at }, policy);

    const starts = Array.from({ length: Math.ceil(orphaned / BATCH) }, (_, index) => index * BATCH);
    const opened = yield* callSettled(
      context,
      starts.map((from) => prepare(openSweptCases, { found, from, count: BATCH, at })),
      policy,
    );
    const cases = opened.flatMap((batch) => (batch.ok ? batch.value.cases : []));
    const finishedAt = context.df.currentUtcDateTime.toISOString();
    return yield* call(context, fileSweep, { sweepId, at, finishedAt, found, cases }, policy);
  },
);
