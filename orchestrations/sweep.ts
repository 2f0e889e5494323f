import type { OrchestrationContext } from 'durable-functions';
import * as z from 'zod';
import { FiledSweepSchema, fileSweep } from '../activities/sweep/file-sweep.ts';
import { findOrphanedCredentials } from '../activities/sweep/find-orphaned-credentials.ts';
import { fileInventory } from '../activities/sweep/inventory/file-inventory.ts';
import { listInventory } from '../activities/sweep/inventory/list-inventory.ts';
import { readInventory } from '../activities/sweep/inventory/read-inventory.ts';
import { openSweptCases } from '../activities/sweep/open-swept-cases.ts';
import { type CasePolicy, CasePolicySchema } from '../src/cases/policy.ts';
import { instant } from '../src/shapes/primitives.ts';
import { call, callSettled, prepare } from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';

const SweepInputSchema = z.strictObject({
  /** Instant from which the sweep is told: who had left by then. */
  at: instant,
  policy: CasePolicySchema,
});

/** What a sweep does, in this order. */
type SweepPhase = 'reading repositories' | 'joining with people' | 'opening cases' | 'filing';

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
    // With `at`, whoever asks finds what the activities count.
    const show = (doing: SweepPhase): void => context.df.setCustomStatus({ at, doing });
    const sweepId = context.df.instanceId;
    show('reading repositories');
    const inventories = yield* inventory(context, at, policy);
    show('joining with people');
    const { found, orphaned } = yield* call(context, findOrphanedCredentials, { at, inventories }, policy);

    show('opening cases');
    const starts = Array.from({ length: Math.ceil(orphaned / BATCH) }, (_, index) => index * BATCH);
    const opened = yield* callSettled(
      context,
      starts.map((from) => prepare(openSweptCases, { found, from, count: BATCH, at })),
      policy,
    );
    const cases = opened.flatMap((batch) => (batch.ok ? batch.value.cases : []));
    show('filing');
    const finishedAt = context.df.currentUtcDateTime.toISOString();
    return yield* call(context, fileSweep, { sweepId, at, finishedAt, found, cases }, policy);
  },
);

/**
 * Batches of repositories that are read side by side: as many as the points of a minute are enough for. More would stand
 * in the line before every case, and be read a second time after a crash.
 */
const BATCHES_AT_ONCE = 4;

/**
 * One pass over all repositories, batch by batch: what was filed stays filed when the host dies. A batch that could not
 * be read is missing, and is told.
 */
function* inventory(context: OrchestrationContext, at: string, policy: CasePolicy) {
  const [listed] = yield* callSettled(context, [prepare(listInventory, { at })], policy);
  const organisations = listed?.ok === true ? listed.value.organisations : [];
  const tasks = organisations.flatMap((each) => each.tasks.map((task) => ({ task, organisation: each.organisation })));
  const read = yield* callSettled(
    context,
    tasks.map(({ task }) => prepare(readInventory, { at, task })),
    { ...policy, window: Math.min(policy.window, BATCHES_AT_ONCE) },
  );
  const filed = organisations.map(({ organisation, wholeAt, mark, coverage, tasks: all }) => ({
    organisation,
    wholeAt,
    ...(mark === undefined ? {} : { mark }),
    coverage,
    asked: all.length,
    batches: read.flatMap((each, index) =>
      tasks[index]?.organisation === organisation && each.ok && each.value.batch !== undefined
        ? [each.value.batch]
        : [],
    ),
  }));
  yield* callSettled(
    context,
    filed.map(({ coverage: _, asked: __, ...index }) => prepare(fileInventory, { at, ...index })),
    policy,
  );
  return filed.map(({ organisation, coverage, asked, batches }) => ({
    organisation,
    coverage,
    asked,
    batches: batches.map(({ ref }) => ref),
  }));
}
