import { releaseOfCase } from '../../cases/denied/contain.ts';
import type { Denied, Release } from '../../cases/denied/denied.ts';
import { release } from '../../cases/denied/denied.ts';
import type { CaseId } from '../../cases/ids.ts';
import type { Oid } from '../../people/oid.ts';
import type { VendorResult } from '../result.ts';
import type { Projected } from './project.ts';
import type { DeniedWork } from './work.ts';

export interface ReleaseAsked extends Release {
  readonly oid: Oid;
  readonly caseId?: CaseId;
  /** So long a containment beside the case counts at the least. */
  readonly atLeastMs?: number;
}

export interface Released {
  /** As it stands now; absent where nobody was denied under this id. */
  readonly row?: Denied;
  /** Whether this release changed something. */
  readonly changed: boolean;
  /** What became of the list; absent where the row stays as it is. */
  readonly projected?: VendorResult<Projected>;
}

/**
 * Ends the denial of one object id: recorded first, then taken off the list. The release raises the row's generation,
 * so that whatever was started before it does nothing any more. `caseId`: only where that case denied it last; another
 * case's denial stands, and so does what a person had contained beside the case, for `atLeastMs` at the least.
 */
export async function releaseAndProject(
  work: DeniedWork,
  { oid, caseId, atLeastMs, ...about }: ReleaseAsked,
): Promise<Released> {
  await work.look();
  const { before, row } = await work.storage.changeDenied(oid, (current) => {
    if (current === undefined || (caseId !== undefined && current.caseId !== caseId)) return current;
    return caseId === undefined ? release(current, about) : releaseOfCase(current, about, atLeastMs);
  });
  if (row === undefined || row === before) return { changed: false, ...(row && { row }) };
  return { row, changed: true, projected: await work.project({ now: new Date(about.at) }) };
}
