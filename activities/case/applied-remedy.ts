import * as z from 'zod';
import { type CaseId, type RemedyId, RemedyIdSchema } from '../../src/cases/ids.ts';
import {
  ACTION_RESULTS,
  type Action,
  type BlobRef,
  BlobRefSchema,
  type Remedy,
} from '../../src/cases/remedies/remedy.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Shaped } from '../../src/durable/shapes.ts';

/** What the orchestration keeps of a remedy that was tried. */
export const AppliedRemedySchema = z.strictObject({
  remedyId: RemedyIdSchema,
  result: z.enum(ACTION_RESULTS),
  /** The action as it was filed. */
  action: BlobRefSchema,
  tryAgainAfterMs: z.exactOptional(z.number()),
});

/** What the orchestration keeps of a remedy that was tried. */
export type AppliedRemedy = Shaped<typeof AppliedRemedySchema>;

const imageName = (folder: string, remedyId: RemedyId): string => `${folder}/before/${remedyId}.json`;

const actionName = (folder: string, remedyId: RemedyId): string => `${folder}/actions/${remedyId}.json`;

/** Files the object as it was, once: the first image is the one that undoing needs. */
export async function beforeImage(
  vendors: Pick<Vendors, 'storage'>,
  folder: string,
  remedyId: RemedyId,
  image: Readonly<Record<string, unknown>> | undefined,
): Promise<BlobRef | undefined> {
  const name = imageName(folder, remedyId);
  const filed = await vendors.storage.getText('evidence', name);
  const content = filed ?? (image === undefined ? undefined : JSON.stringify(image, undefined, 2));
  return content === undefined ? undefined : (await vendors.storage.putFirst('evidence', name, content)).ref;
}

/** What an earlier run recorded of the remedy; undefined where none did. */
export async function recordedAction(
  vendors: Pick<Vendors, 'storage'>,
  folder: string,
  remedyId: RemedyId,
): Promise<AppliedRemedy | undefined> {
  const name = actionName(folder, remedyId);
  const filed = await vendors.storage.getText('evidence', name);
  if (filed === undefined) return undefined;
  const action = JSON.parse(filed) as Action;
  return { remedyId, result: action.result, action: await vendors.storage.putOnce('evidence', name, filed) };
}

/** Files what was done, and tells it. */
export async function fileAction(
  vendors: Pick<Vendors, 'storage'>,
  folder: string,
  action: Action & { readonly remedyId: RemedyId },
): Promise<AppliedRemedy> {
  const { remedyId } = action;
  const name = actionName(folder, remedyId);
  const { ref, text } = await vendors.storage.putFirst('evidence', name, JSON.stringify(action, undefined, 2));
  return { remedyId, result: (JSON.parse(text) as Action).result, action: ref };
}

/** A failure is not final: it goes to the work container, where a later attempt may say otherwise. */
export async function fileFailure(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  remedy: Remedy,
  at: string,
  error: string,
  tryAgainAfterMs: number | undefined,
  image?: BlobRef,
): Promise<AppliedRemedy> {
  const action: Action = {
    remedyId: remedy.id,
    result: 'failed',
    what: remedy.what,
    at,
    error,
    ...(image === undefined ? {} : { beforeImage: image }),
  };
  return {
    remedyId: remedy.id,
    result: 'failed',
    action: await vendors.storage.putJson('work', `${caseId}/actions/${remedy.id}`, action),
    ...(tryAgainAfterMs === undefined ? {} : { tryAgainAfterMs }),
  };
}
