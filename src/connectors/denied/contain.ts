import { type Containing, contain } from '../../cases/denied/contain.ts';
import type { Denied } from '../../cases/denied/denied.ts';
import { OffboardingError } from '../../errors.ts';
import type { VendorResult } from '../result.ts';
import type { Projected } from './project.ts';
import type { DeniedWork } from './work.ts';

export interface ContainResult {
  /** As it was before; absent where nobody was ever denied under this id. */
  readonly before?: Denied;
  readonly row: Denied;
  /** Absent where the row says that they are not denied: the request came late, after a release. */
  readonly projected?: VendorResult<Projected>;
}

/**
 * Denies one object id by a person's word: its row first, then the list. `isAllowed`: asked with the row as it stands;
 * where it says no, nothing is changed. A repeat changes nothing and writes the list again where it lacks the id.
 */
export async function containAndProject(
  work: DeniedWork,
  asked: Containing,
  isAllowed: (row: Denied | undefined) => boolean = () => true,
): Promise<ContainResult> {
  await work.look();
  const { before, row } = await work.storage.changeDenied(asked.oid, (current) =>
    isAllowed(current) ? contain(current, asked) : current,
  );
  if (row === undefined) throw new OffboardingError('unexpected', `The containment of ${asked.oid} was not written.`);
  const known = before === undefined ? {} : { before };
  if (row.state !== 'denied') return { ...known, row };
  return { ...known, row, projected: await work.project({ now: new Date(asked.at), urgent: asked.oid }) };
}
