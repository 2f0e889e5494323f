import type { CaseRow, Contained } from '../../cases/case.ts';
import type { CaseId } from '../../cases/ids.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { ERRORS } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Oid } from '../../people/oid.ts';
import type { LeaverDenied } from './deny-leaver.ts';

/** What became of containing a leaver, as the case's row says it. */
export interface ContainedNow {
  readonly contained: Contained;
  /** Where it failed: a sentence. */
  readonly why?: string;
}

/** What the row says of a denial. One that came late says nothing of a list: somebody else had the last word. */
export function containedBy(denied: LeaverDenied): ContainedNow {
  switch (denied.kind) {
    case 'denied':
      return { contained: 'done' };
    case 'no-gateway':
      return { contained: 'no-gateway' };
    case 'failed':
      return { contained: 'failed', why: denied.failure.message };
    case 'late':
      return denied.row.state === 'released' ? { contained: 'released' } : { contained: 'done' };
    default:
      return denied satisfies never;
  }
}

/**
 * Writes into the case's row whether its leaver is contained, and remembers a failure apart, so that it is told until it
 * is mended. @returns the case as it stands then
 */
export async function recordContained(
  { storage }: Pick<Vendors, 'storage'>,
  { caseId, oid }: { readonly caseId: CaseId; readonly oid: Oid },
  { contained, why }: ContainedNow,
  now: Date,
): Promise<StoredCase> {
  if (contained === 'failed')
    await storage.enterUncontained({ caseId, oid, since: now.toISOString(), why: why ?? 'unknown' });
  const stored = await storage.updateCase(caseId, (row) => withContained(row, { contained, ...(why && { why }) }));
  if (contained !== 'failed') await storage.removeUncontained(caseId);
  return stored;
}

function withContained(row: CaseRow, { contained, why }: ContainedNow): CaseRow {
  if (row.contained === contained && row.containedWhy === why) return row;
  const { containedWhy: _, ...rest } = row;
  return { ...rest, contained, ...(why === undefined ? {} : { containedWhy: why }) };
}

/** Says in the log, as an error, that a leaver is not contained. */
export function logUncontained(log: Log, { caseId, oid, why }: Uncontained): void {
  const { title, todo } = ERRORS['containment-failed'];
  log.error(title, { code: 'containment-failed', caseId, oid, reason: why, todo });
}

interface Uncontained {
  readonly caseId: CaseId;
  readonly oid: Oid;
  readonly why: string | undefined;
}
