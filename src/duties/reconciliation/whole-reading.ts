import type { CaseRow } from '../../cases/case.ts';
import { mapBounded } from '../../connectors/map-bounded.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import { whyUnreadable } from '../../connectors/storage/base/columns.ts';
import type { Oid } from '../../people/oid.ts';
import type { ReconcileContext } from './context.ts';
import type { Waiting } from './rules/state.ts';
import { newestFirst, verdictOf } from './rules/verdict.ts';

const READS_IN_FLIGHT = 16;

type Found = Pick<Waiting, 'oid' | 'removed'>;

/**
 * Reads the deleted items to their end. Found are those whose deletion no case is about; and who is denied and is not
 * among the deleted any more: restored, or deleted for good. Of a list that broke off, those whom it showed.
 */
export async function notInAnyCase(
  { vendors, settings }: ReconcileContext,
  at: Date,
): Promise<{ readonly found: readonly Found[]; readonly failure?: VendorFailure }> {
  const { items, failure } = await vendors.graph.listDeletedUsers();
  const since = at.toISOString();
  const people = items.filter(({ agent }) => agent !== true);
  const deleted = await mapBounded(people, READS_IN_FLIGHT, async (person): Promise<Found | undefined> => {
    const found: Found = { oid: person.oid, removed: 'changed' };
    const rows = await rowsOf(vendors, person.oid);
    // Whoever deals with it says why.
    if (rows === undefined) return found;
    const verdict = verdictOf({ removed: 'changed', since }, person, rows, at, settings.REPLICATION_SECONDS);
    return verdict.kind === 'nothing' ? undefined : found;
  });
  const found = deleted.filter((each) => each !== undefined);
  if (failure !== undefined) return { found, failure };
  return { found: [...found, ...(await deniedBeside({ vendors }, new Set(items.map(({ oid }) => oid))))] };
}

/** Undefined where one of them cannot be read: that is nobody else's. */
async function rowsOf(vendors: ReconcileContext['vendors'], oid: Oid): Promise<CaseRow[] | undefined> {
  try {
    return (await vendors.storage.casesOf(oid)).map(({ row }) => row);
  } catch (error) {
    if (whyUnreadable(error) === undefined) throw error;
    return undefined;
  }
}

async function deniedBeside(
  { vendors }: Pick<ReconcileContext, 'vendors'>,
  deleted: ReadonlySet<Oid>,
): Promise<readonly Found[]> {
  const denied = await vendors.storage.listDenied();
  const others = denied.filter(
    ({ oid, kind, state, caseId }) =>
      kind === 'person' && state === 'denied' && caseId !== undefined && !deleted.has(oid),
  );
  const found = await mapBounded(others, READS_IN_FLIGHT, async ({ oid }): Promise<Found | undefined> => {
    const [newest] = newestFirst((await rowsOf(vendors, oid)) ?? []);
    // Nobody comes back who was deleted for good.
    return newest?.goneAt === undefined ? { oid } : undefined;
  });
  return found.filter((each) => each !== undefined);
}
