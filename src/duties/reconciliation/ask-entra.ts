import type { VendorFailure } from '../../connectors/result.ts';
import { ERRORS } from '../../errors.ts';
import { newlyLeft } from '../../people/disabled-since.ts';
import type { ReconcileContext } from './context.ts';
import { changeState } from './kept-state.ts';
import { dueAfter, isDue, needsWholeReading, type Reconciliation, withChanges } from './rules/state.ts';
import { notInAnyCase } from './whole-reading.ts';

/** Of a hundred users and more each. What is left is read a minute later. */
const PAGES_A_ROUND = 100;

/**
 * Asks Entra what changed about users, and puts whoever it names among those who wait, in the same write that moves the
 * link on: nothing that was shown is lost, wherever this stops. Two hosts that ask at once write once.
 */
export async function askEntra(context: ReconcileContext): Promise<void> {
  const { vendors, settings, now } = context;
  const at = now();
  let ours = false;
  let state = await changeState(vendors, (current) => {
    ours = isDue(current, at);
    return ours ? { ...current, dueAt: dueAfter(at) } : undefined;
  });
  if (!ours) return;
  state = await begin(context, state, at);
  state = await follow(context, state, at);
  if (needsWholeReading(state, at, settings.REPLICATION_SECONDS * 1_000)) await readWhole(context, at);
  await lookForDisabled(context, at);
}

/** A list of changes that begins now, where there is none. What was there before is for the whole reading, which follows. */
async function begin(context: ReconcileContext, state: Reconciliation, at: Date): Promise<Reconciliation> {
  if (state.link !== undefined) return state;
  const begun = await context.vendors.graph.beginUserChanges();
  if (!begun.ok) return unread(context, begun.failure, at);
  return changeState(context.vendors, (current) =>
    current.link === undefined ? { ...current, link: begun.value, begunAt: at.toISOString() } : undefined,
  );
}

async function follow(context: ReconcileContext, begun: Reconciliation, at: Date): Promise<Reconciliation> {
  const { vendors, log, now } = context;
  let state = begun;
  for (let page = 1; state.link !== undefined; page += 1) {
    const { link } = state;
    if (page > PAGES_A_ROUND) return changeState(vendors, (current) => ({ ...current, dueAt: now().toISOString() }));
    const answer = await vendors.graph.readUserChanges(link);
    if (!answer.ok) return unread(context, answer.failure, at);
    const { value: read } = answer;
    if (read === undefined) {
      log.warn('the list of changes of users begins anew, after all deleted items are read', { page });
      const without = await changeState(vendors, (current) => {
        if (current.link !== link) return undefined;
        const { link: _, begunAt: __, readAt: ___, ...rest } = current;
        return rest;
      });
      return begin(context, without, at);
    }
    if (read.unreadable > 0) log.error(ERRORS['changes-unread'].title, { ...about(), rows: read.unreadable });
    state = await changeState(vendors, (current) => {
      if (current.link !== link) return undefined;
      const next = {
        ...current,
        link: read.link,
        waiting: withChanges(current.waiting, read.changes, at.toISOString()),
      };
      if (read.unreadable === 0) return next;
      // Whoever stands in a row that cannot be read is found among the deleted.
      const { readAt: _, ...doubtful } = next;
      return doubtful;
    });
    // The same link again says that nothing changed; another one, that another host was faster.
    if (read.ended || state.link !== read.link) return state;
  }
  return state;
}

async function readWhole(context: ReconcileContext, at: Date): Promise<void> {
  const { found, failure } = await notInAnyCase(context, at);
  await changeState(context.vendors, (current) => ({
    ...current,
    waiting: withChanges(current.waiting, found, at.toISOString()),
    ...(failure === undefined ? { readAt: at.toISOString() } : {}),
  }));
  if (failure !== undefined) await unread(context, failure, at);
}

/** Whose account has been disabled for as long as the firm says that it means leaving. */
async function lookForDisabled({ vendors, settings }: ReconcileContext, at: Date): Promise<void> {
  const days = settings.DISABLED_MEANS_LEFT_AFTER_DAYS;
  if (days === 0) return;
  const left = newlyLeft((await vendors.storage.readDisabled()).sightings, days, at.toISOString());
  if (left.length === 0) return;
  const found = left.map(({ oid, from }) => ({ oid, disabledSince: from }));
  await changeState(vendors, (current) => ({
    ...current,
    waiting: withChanges(current.waiting, found, at.toISOString()),
  }));
}

/** Says that Entra did not answer, and asks again after the pause that it named, or with the next round of the timer. */
async function unread(context: ReconcileContext, failure: VendorFailure, at: Date): Promise<Reconciliation> {
  context.log.error(ERRORS['changes-unread'].title, { ...about(), ...failure });
  const passing = failure.kind === 'throttled' || failure.kind === 'unavailable';
  if (!passing) return changeState(context.vendors, () => undefined);
  const dueAt = dueAfter(at, failure.tryAgainAfterMs);
  return changeState(context.vendors, (current) => ({ ...current, dueAt }));
}

function about() {
  return { code: 'changes-unread', todo: ERRORS['changes-unread'].todo };
}
