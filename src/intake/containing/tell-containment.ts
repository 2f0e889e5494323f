import { newsOf } from '../../cases/denied/contain.ts';
import { type Denied, isByPersonAlone } from '../../cases/denied/denied.ts';
import { makeDenialId } from '../../cases/ids.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { ERRORS } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { enqueueOfDenial } from '../../outbox/enqueue.ts';
import type { OutboxSettings } from '../../outbox/listening.ts';

/**
 * Puts into the outbox what happened to a row within so many milliseconds, and that its end is near. It is made of the
 * row alone: whoever changed it and died before they told is told by the next round, and what was told is not again.
 */
export async function tellContainment(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  row: Denied,
  withinMs: number,
  now: Date,
): Promise<void> {
  for (const news of newsOf(row, new Date(now.getTime() - withinMs), now))
    await enqueueOfDenial(vendors, settings, { id: makeDenialId(row.oid), ...news });
}

/** Tells that the list does not hold somebody whom a person contained: in the log at each call, and once to people. */
export async function tellNotListed(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  log: Log,
  { oid, generation, changedAt }: Denied,
  why: string,
): Promise<void> {
  const { title, todo } = ERRORS['containment-failed'];
  log.error(title, { code: 'containment-failed', oid, reason: why, todo });
  await enqueueOfDenial(vendors, settings, {
    ...{ id: makeDenialId(oid), moment: 'containment-failed', revision: generation, at: changedAt },
  });
}

/**
 * Tells of every containment what happened lately, that it ends soon, and whom the list does not hold; `listed` is
 * undefined where that is not known, or where there is no list. One that cannot be told of keeps no other.
 */
export async function tellContainments(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  log: Log,
  {
    listed,
    withinMs,
    now,
  }: { readonly listed: ReadonlyMap<string, string> | undefined; readonly withinMs: number; readonly now: Date },
): Promise<void> {
  for (const row of await vendors.storage.listDenied()) {
    if (row.state === 'unreadable' || row.changes === undefined) continue;
    try {
      await tellContainment(vendors, settings, row, withinMs, now);
      if (!isByPersonAlone(row) || listed === undefined || listed.has(row.oid)) continue;
      await tellNotListed(vendors, settings, log, row, 'The gateway’s list does not hold the id.');
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      log.warn('what became of a containment was not told', { oid: row.oid, reason });
    }
  }
}
