import { mapBounded } from '../connectors/map-bounded.ts';
import { startCaseWith } from '../intake/starting/start-case.ts';
import type { Duty } from './duty.ts';
import { askEntra } from './reconciliation/ask-entra.ts';
import type { ReconcileContext, Settled } from './reconciliation/context.ts';
import { changeState, readState } from './reconciliation/kept-state.ts';
import { dueAmong, type Waiting, withoutSettled, withPauses } from './reconciliation/rules/state.ts';
import { settle } from './reconciliation/settle.ts';

/** Finds what no event told of: who was deleted, restored, deleted for good, or disabled for long. */
export const reconcileWithEntra: Duty = {
  name: 'reconcile with Entra',
  run: ({ client, ...context }) => reconcile({ ...context, start: startCaseWith(client) }),
};

const SLICE = 32;
const AT_ONCE = 4;
/** Well below the deadline of a duty. Who waits longer is next in line a minute later. */
const BUDGET_MS = 2 * 60_000;
/** Until the timer fires next. */
const SHORTEST_PAUSE_MS = 50_000;

/** One round. @returns how many people were dealt with */
export async function reconcile(context: ReconcileContext): Promise<number> {
  const { vendors, now } = context;
  await askEntra(context);
  const until = now().getTime() + BUDGET_MS;
  let done = 0;
  while (now().getTime() < until) {
    const { waiting } = await readState(vendors);
    const slice = dueAmong(waiting, now()).slice(0, SLICE);
    if (slice.length === 0) return done;
    const answers = await mapBounded(slice, AT_ONCE, async (each) => ({
      each,
      answer: await settleOne(context, each),
    }));
    const settled = answers.filter(({ answer }) => answer.kind === 'settled').map(({ each }) => each);
    const paused = answers.flatMap(({ each, answer }) => pausedBy(each, answer, now()));
    await changeState(vendors, (state) => ({
      ...state,
      waiting: withPauses(withoutSettled(state.waiting, settled), paused),
    }));
    done += settled.length;
    // Whoever comes next would find the same.
    if (
      failed(
        context,
        answers.map(({ answer }) => answer),
      )
    )
      return done;
  }
  return done;
}

/** What breaks for one keeps nobody else waiting. */
async function settleOne(context: ReconcileContext, each: Waiting): Promise<Settled> {
  try {
    return await settle(context, each);
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    context.log.error('a change of a user could not be dealt with and comes again', {
      code: 'due-work-failed',
      oid: each.oid,
      reason,
    });
    return { kind: 'again', ms: 0 };
  }
}

function pausedBy(each: Waiting, answer: Settled, now: Date): Waiting[] {
  if (answer.kind === 'settled') return [];
  return [{ ...each, notBefore: new Date(now.getTime() + Math.max(answer.ms, SHORTEST_PAUSE_MS)).toISOString() }];
}

function failed({ log }: ReconcileContext, answers: readonly Settled[]): boolean {
  const failures = answers.flatMap((each) => (each.kind === 'again' && each.failure ? [each.failure] : []));
  const [first] = failures;
  if (first === undefined) return false;
  log.error('the directory cannot be read; changes of users wait', {
    code: 'directory-unreadable',
    waiting: failures.length,
    ...first,
  });
  return true;
}
