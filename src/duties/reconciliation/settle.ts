import type { Person } from '../../connectors/graph/users.ts';
import type { StoredCase } from '../../connectors/storage/case-table.ts';
import { startOpenCase } from '../../intake/open-case.ts';
import { ask, requestOf, unanswered } from './ask-intake.ts';
import { type ReconcileContext, SETTLED, type Settled } from './context.ts';
import type { Waiting } from './rules/state.ts';
import { newestFirst, verdictOf } from './rules/verdict.ts';
import { noteDisabled, openForDisabled } from './settle-disabled.ts';

/** Reads whoever changed, and does what follows from how they stand now. A second run finds it done. */
export async function settle(context: ReconcileContext, waiting: Waiting): Promise<Settled> {
  const { vendors, settings, now } = context;
  const found = await vendors.graph.findPerson(waiting.oid);
  if (!found.ok) return unanswered(found.failure);
  const person = found.value;
  if (person.agent === true) return SETTLED;
  const stored = await vendors.storage.casesOf(waiting.oid);
  const rows = stored.map(({ row }) => row);
  const verdict = verdictOf(waiting, person, rows, now(), settings.REPLICATION_SECONDS);
  switch (verdict.kind) {
    case 'wait':
      return { kind: 'again', ms: verdict.ms };
    case 'nothing':
      return SETTLED;
    case 'gone':
      return noteGone(context, stored);
    case 'left':
      return open(context, waiting, person);
    case 'there': {
      const returned = rows.length === 0 ? SETTLED : await tellReturned(context, waiting, stored);
      if (returned.kind === 'again' || settings.DISABLED_MEANS_LEFT_AFTER_DAYS === 0) return returned;
      await noteDisabled(context, waiting, person);
      return waiting.disabledSince === undefined
        ? SETTLED
        : openForDisabled(context, { ...waiting, disabledSince: waiting.disabledSince }, person, rows);
    }
    default:
      return verdict satisfies never;
  }
}

async function open(context: ReconcileContext, { oid, since }: Waiting, person: Person): Promise<Settled> {
  const permanent = person.state === 'gone';
  const settled = await ask(context, {
    ...requestOf(context, { oid, since }),
    reason: `Entra’s list of changes showed a ${permanent ? 'permanent ' : ''}deletion.`,
    dedupeKey: `entra-changes:${oid}:${person.deletedAt ?? 'gone'}`,
  });
  if (!permanent || settled.kind === 'again') return settled;
  return noteGone(context, await context.vendors.storage.casesOf(oid));
}

/** What was done about somebody who is back is told; a case that never began is refused, and whom it denied let in. */
async function tellReturned(
  context: ReconcileContext,
  { oid, since }: Waiting,
  stored: readonly StoredCase[],
): Promise<Settled> {
  const { vendors, settings, start, now } = context;
  for (const { row } of stored.filter(({ row: { state, deletedAt } }) => state === 'open' && deletedAt !== undefined)) {
    if ((await startOpenCase(vendors, settings, row, start, now)) === 'unreadable') return { kind: 'again', ms: 0 };
  }
  return ask(context, { ...requestOf(context, { oid, since }), reason: 'Entra’s list of changes showed the account.' });
}

/** Keeps on the newest case since when the directory knows the person no more. */
async function noteGone({ vendors, now }: ReconcileContext, stored: readonly StoredCase[]): Promise<Settled> {
  const [newest] = newestFirst(stored.map(({ row }) => row));
  if (newest === undefined || newest.goneAt !== undefined) return SETTLED;
  await vendors.storage.updateCase(newest.caseId, (current) =>
    current.goneAt === undefined ? { ...current, goneAt: now().toISOString() } : undefined,
  );
  return SETTLED;
}
