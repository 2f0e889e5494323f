import type { CaseRow } from '../../src/cases/case.ts';
import { staleFor } from '../../src/cases/denied/person-returned.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import type { Config } from '../../src/config.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { stillLeaves } from '../case/person/still-leaves.ts';

/** So long ago may intake have read the person whom a case contains without asking again. */
const FRESH_MS = 60_000;

/** The case's row; undefined also where storage does not answer. */
export function rowOf(vendors: Pick<Vendors, 'storage'>, caseId: CaseId): Promise<CaseRow | undefined> {
  return vendors.storage.getCase(caseId).then(
    (stored) => stored?.row,
    () => undefined,
  );
}

/**
 * Whether the person came back while the case waited to be run, or to try again. Whatever is not known of that counts
 * for nothing: then they are contained.
 */
export async function cameBack(
  vendors: Pick<Vendors, 'graph'>,
  { REPLICATION_SECONDS }: Pick<Config, 'REPLICATION_SECONDS'>,
  leaver: Leaver,
  row: CaseRow,
  now: () => Date,
): Promise<boolean> {
  if (now().getTime() - Date.parse(row.openedAt) <= FRESH_MS) return false;
  const still = await stillLeaves(vendors, leaver.oid, leaver, row, now);
  return still.kind === 'returned' && staleFor(still.before.deletedAt, REPLICATION_SECONDS, now()) === 0;
}

/**
 * The leaver of a case that is about a deletion is deleted, also where the directory shows the account again by now:
 * an account that was restored keeps its sessions, and whether it was is asked before anything is cut.
 */
export function asDeleted(leaver: Leaver, row: CaseRow | undefined): Leaver {
  const deletedAt = row?.deletedAt;
  const there = leaver.state === 'active' || leaver.state === 'disabled';
  return there && deletedAt !== undefined ? { ...leaver, state: 'soft-deleted', deletedAt } : leaver;
}
