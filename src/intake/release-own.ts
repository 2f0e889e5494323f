import type { CaseRow } from '../cases/case.ts';
import type { Denied } from '../cases/denied.ts';
import type { CaseId } from '../cases/ids.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { wasDeniedBefore } from './deny-leaver.ts';

/** Lets in whom a case denied that will never start: no report will say that they are kept out. */
export async function releaseOwn(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  { caseId, oid }: Pick<CaseRow, 'caseId' | 'oid'>,
  said: { readonly at: string; readonly by: string; readonly why: string },
): Promise<void> {
  const denied = await vendors.storage.getDenied(oid);
  if (denied === undefined || !isBegunBy(denied, caseId) || (await wasDeniedBefore(vendors, caseId))) return;
  await vendors.denied.release({ oid, caseId, ...said });
}

/** Whether the case was the first to deny: who was denied before by something else keeps the instant of that. */
export function isBegunBy({ state, caseId, since, changedAt }: Denied, by: CaseId): boolean {
  return state === 'denied' && caseId === by && since === changedAt;
}

/** The same of a case that somebody else refused: who was denied by it after they had looked, too. */
export async function releaseRefused(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  row: Pick<CaseRow, 'caseId' | 'oid' | 'refusal'>,
  now: Date,
): Promise<void> {
  await releaseOwn(vendors, row, { at: now.toISOString(), by: 'intake', why: row.refusal ?? 'The case was refused.' });
}
