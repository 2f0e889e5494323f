import { type Denial, type Denied, deny } from '../../cases/denied/denied.ts';
import { OffboardingError } from '../../errors.ts';
import type { DenyListImage } from '../gateway/deny-list.ts';
import type { VendorResult } from '../result.ts';
import type { Projected } from './project.ts';
import type { DeniedWork } from './work.ts';

/** What became of a denial. */
export type DenyResult =
  /** Released since, or denied by another case meanwhile: whoever asks is late, and nothing was done. */
  | { readonly kind: 'late'; readonly row: Denied }
  | {
      readonly kind: 'denied';
      readonly row: Denied;
      /** Another case, or somebody by hand, had denied it before this one did. */
      readonly before: boolean;
      readonly projected: VendorResult<Projected>;
    };

export interface DenyOptions {
  /** The generation of the row for which this was asked; where the row has another, nothing is done. */
  readonly generation?: number;
  readonly beforeWrite?: (images: readonly DenyListImage[]) => Promise<void>;
}

/** Denies one object id: its row first, then the list. A repeat changes nothing and says the same. */
export async function denyAndProject(
  work: DeniedWork,
  denial: Denial,
  { generation, beforeWrite }: DenyOptions = {},
): Promise<DenyResult> {
  await work.look();
  let late = false;
  const { before, row } = await work.storage.changeDenied(denial.oid, (current) => {
    // What a person said of it meanwhile changes nothing of what the case wants.
    const isOwn = current?.state === 'denied' && current.caseId === denial.caseId;
    late = generation !== undefined && current !== undefined && current.generation !== generation && !isOwn;
    return late ? current : deny(current, denial);
  });
  if (row === undefined) throw new OffboardingError('unexpected', `The denial of ${denial.oid} was not written.`);
  if (late || row.state === 'released') return { kind: 'late', row };
  const projected = await work.project({
    now: new Date(denial.at),
    urgent: denial.oid,
    ...(beforeWrite && { beforeWrite }),
  });
  const known = before?.state === 'denied' && before.caseId !== denial.caseId;
  return { kind: 'denied', row, before: known, projected };
}
