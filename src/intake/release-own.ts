import type { CaseRow } from '../cases/case.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { wasDeniedBefore } from './deny-leaver.ts';

/** Lets in whom a case denied that will never start: no report will say that they are kept out. */
export async function releaseOwn(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  { caseId, oid }: Pick<CaseRow, 'caseId' | 'oid'>,
  said: { readonly at: string; readonly by: string; readonly why: string },
): Promise<void> {
  const denied = await vendors.storage.getDenied(oid);
  const ours = denied?.state === 'denied' && denied.caseId === caseId && !(await wasDeniedBefore(vendors, caseId));
  if (ours) await vendors.denied.release({ oid, caseId, ...said });
}
