import type { OffboardingRequest } from '../../cases/case.ts';
import { staleFor } from '../../cases/denied/person-returned.ts';
import type { Person } from '../../connectors/graph/people/person-of-user.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
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
  const settled = await act(context, waiting, person, stored);
  // What was deleted for good can be read as deleted for a moment: the case is opened, and the rest noted then.
  const late = waiting.removed === 'deleted' && person.state === 'soft-deleted';
  const ms = late ? staleFor(waiting.since, settings.REPLICATION_SECONDS, now()) : 0;
  return settled.kind === 'settled' && ms > 0 ? { kind: 'again', ms } : settled;
}

async function act(
  context: ReconcileContext,
  waiting: Waiting,
  person: Person,
  stored: readonly StoredCase[],
): Promise<Settled> {
  const { settings, now } = context;
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
      const returned = rows.length === 0 ? SETTLED : await ask(context, aboutThere(context, waiting));
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
function aboutThere(context: ReconcileContext, waiting: Waiting): OffboardingRequest {
  return { ...requestOf(context, waiting), reason: 'Entra’s list of changes showed the account.' };
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
