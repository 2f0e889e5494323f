import type { Denied } from '../../cases/denied/denied.ts';
import type { CaseId } from '../../cases/ids.ts';
import { type Action, ActionSchema } from '../../cases/remedies/remedy.ts';
import type { DeniedFault } from '../../connectors/denied/project.ts';
import { noRoom } from '../../connectors/denied/project.ts';
import type { DenyListImage } from '../../connectors/gateway/deny-list.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Oid } from '../../people/oid.ts';

/** What became of the denial of a leaver at the gateway. */
export type LeaverDenied =
  | {
      readonly kind: 'denied';
      readonly row: Denied;
      readonly namedValue: string;
      /** As it was filed first. */
      readonly action: Action;
      readonly faults: readonly DeniedFault[];
    }
  | { readonly kind: 'late'; readonly row: Denied }
  /** Written down, and refused by nobody: there is no gateway. */
  | { readonly kind: 'no-gateway'; readonly row: Denied }
  | { readonly kind: 'failed'; readonly row: Denied; readonly failure: VendorFailure };

export interface DenyLeaver {
  readonly caseId: CaseId;
  readonly oid: Oid;
  /** ISO instant. */
  readonly at: string;
  /** Of the row, where this was asked for one that was there. */
  readonly generation?: number;
}

export const DENY = 'Put the leaver on the gateway’s deny list.';

/**
 * Denies a leaver, once for a case: intake does it before anything is started, and the case itself again, because
 * either may be stopped in the middle. Both say the same: the list as it was before and what was done are on file by
 * the first of them.
 */
export async function denyLeaver(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  { caseId, oid, at, generation }: DenyLeaver,
): Promise<LeaverDenied> {
  const why = `Case ${caseId}.`;
  const result = await vendors.denied.deny(
    { oid, kind: 'person', caseId, why, at },
    {
      ...(generation === undefined ? {} : { generation }),
      // On file before the write. Where that cannot be, the leaver is denied all the same.
      beforeWrite: async ([image]) => {
        if (image !== undefined) await fileImage(vendors, caseId, image).catch(() => undefined);
      },
    },
  );
  if (result.kind === 'late') return result;
  const { row, projected, before } = result;
  if (!projected.ok) return { kind: 'failed', row, failure: projected.failure };
  if (projected.value.absent) return { kind: 'no-gateway', row };
  const { holds, added, faults } = projected.value;
  const namedValue = holds.get(oid);
  if (namedValue === undefined) return { kind: 'failed', row, failure: noRoom() };
  // Denied by another case is only half of it: whoever was taken off the list meanwhile is put there by this one.
  const already = before && !added.includes(oid);
  const { requestId } = projected;
  const action = await recordAction(vendors, caseId, {
    remedyId: 'containment',
    result: already ? 'nothing-to-do' : 'done',
    what: DENY,
    at,
    ...(requestId !== undefined && added.includes(oid) ? { requestId } : {}),
    ...(already ? {} : await imageOf(vendors, caseId)),
  });
  return { kind: 'denied', row, namedValue, action, faults };
}

const imageName = (caseId: CaseId): string => `cases/${caseId}/before/containment-deny-list.json`;
const actionName = (caseId: CaseId): string => `cases/${caseId}/actions/containment-deny-list.json`;

/** The first image stands: it is the one from before anything was changed. */
async function fileImage(vendors: Pick<Vendors, 'storage'>, caseId: CaseId, image: DenyListImage): Promise<void> {
  await vendors.storage.putFirst('evidence', imageName(caseId), JSON.stringify(image, undefined, 2));
}

async function imageOf(vendors: Pick<Vendors, 'storage'>, caseId: CaseId): Promise<Pick<Action, 'beforeImage'>> {
  const filed = await vendors.storage.getText('evidence', imageName(caseId));
  if (filed === undefined) return {};
  return { beforeImage: (await vendors.storage.putFirst('evidence', imageName(caseId), filed)).ref };
}

/** Whether something else had denied the leaver when the case did: its end is not the case's to decide. */
export async function wasDeniedBefore(vendors: Pick<Vendors, 'storage'>, caseId: CaseId): Promise<boolean> {
  const filed = await vendors.storage.getText('evidence', actionName(caseId));
  return filed !== undefined && ActionSchema.parse(JSON.parse(filed)).result === 'nothing-to-do';
}

/** What an earlier run of this case recorded stands: it knew the time and the vendor's request id. */
async function recordAction(vendors: Pick<Vendors, 'storage'>, caseId: CaseId, action: Action): Promise<Action> {
  const { text } = await vendors.storage.putFirst('evidence', actionName(caseId), JSON.stringify(action, undefined, 2));
  return JSON.parse(text) as Action;
}
