import type { CaseRow } from '../../cases/case.ts';
import { isOwnOf } from '../../cases/denied/contain.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { wasDeniedBefore } from './deny-leaver.ts';

/** So long somebody stays contained at the least whom a case gives back, so that people hear of it before the end. */
const GIVEN_BACK_MS = 24 * 60 * 60_000;

/**
 * Lets in whom a case denied that will never start: no report will say that they are kept out. Whom a person had
 * contained before the case was opened, or meanwhile, stays contained by that.
 */
export async function releaseOwn(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  { caseId, oid }: Pick<CaseRow, 'caseId' | 'oid'>,
  said: { readonly at: string; readonly by: string; readonly why: string },
): Promise<void> {
  const denied = await vendors.storage.getDenied(oid);
  if (denied === undefined || !isOwnOf(denied, caseId)) return;
  // What a containment was before is the containment's to say.
  if (denied.byPerson === undefined && (await wasDeniedBefore(vendors, caseId))) return;
  await vendors.denied.release({ oid, caseId, atLeastMs: GIVEN_BACK_MS, ...said });
}

/** The same of a case that somebody else refused: who was denied by it after they had looked, too. */
export async function releaseRefused(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  row: Pick<CaseRow, 'caseId' | 'oid' | 'refusal'>,
  now: Date,
): Promise<void> {
  await releaseOwn(vendors, row, { at: now.toISOString(), by: 'intake', why: row.refusal ?? 'The case was refused.' });
}
