import { deny, revisionOf } from '../../cases/denied/denied.ts';
import { parseOid } from '../../people/oid.ts';
import { failed, type VendorResult } from '../result.ts';
import type { Projected } from './project.ts';
import type { DeniedWork } from './work.ts';

/**
 * Takes the table as it is for the truth again: a person has restored it, or knows that it is new. Whoever the list
 * names and the table does not gets a row first, so that nobody leaves the list by this whom the table does not release.
 */
export async function acceptTable(work: DeniedWork, by: string, now: Date): Promise<VendorResult<Projected>> {
  const { gateway, storage } = work;
  const looked = await gateway.changeDenyList(async () => ({ add: [], drop: [] }));
  if (!looked.ok) return failed(looked.failure);
  if (looked.value.unread !== undefined) return failed(looked.value.unread);
  const at = now.toISOString();
  const why = `On the gateway’s deny list when ${by} accepted the table of the denied.`;
  for (const text of looked.value.holds.keys()) {
    const oid = parseOid(text);
    if (oid === undefined) continue;
    await storage.changeDenied(oid, (row) => row ?? deny(undefined, { oid, kind: 'unknown', why, at }));
  }
  await storage.writeDeniedMark({ revision: revisionOf(await storage.listDenied()) });
  return work.project({ now });
}
