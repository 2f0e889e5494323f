import type { CaseRow } from '../../cases/case.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Leaver } from '../../people/leaver.ts';
import { isRestored } from '../rules/is-restored.ts';
import type { Words } from '../rules/words.ts';
import { wasDeniedBefore } from './deny-leaver.ts';

/** `stays`: the denial stands, and `why` tells why and what ends it. `released`: recorded, or nobody was denied. */
export type Released = { readonly kind: 'released' } | { readonly kind: 'stays'; readonly why: string };

const BY_HAND = 'An operator releases them (POST /api/denied/{oid}/release).';

/**
 * Ends the denial of somebody who works here again: only where this case denied them, and every reason for it is gone.
 * Whom HR or an operator named stays denied, and so does whom something else had denied before this case.
 */
export async function releaseRestored(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  row: Pick<CaseRow, 'caseId' | 'oid'> & Words,
  person: Pick<Leaver, 'state' | 'deletedAt' | 'leaveAt'>,
  now: Date,
): Promise<Released> {
  const { caseId, oid } = row;
  const denied = await vendors.storage.getDenied(oid);
  if (denied?.state !== 'denied') return { kind: 'released' };
  if (denied.caseId !== caseId) return { kind: 'stays', why: `Something else denied them: ${denied.why} ${BY_HAND}` };
  if (person.state !== 'active') return { kind: 'stays', why: `The account is not enabled. ${BY_HAND}` };
  if (!isRestored(row, person, now))
    return {
      kind: 'stays',
      why: `HR or an operator named them, and that word holds until it is taken back. ${BY_HAND}`,
    };
  if (denied.byPerson?.under !== caseId && (await wasDeniedBefore(vendors, caseId)))
    return { kind: 'stays', why: `They had been denied before this case began. ${BY_HAND}` };
  const { row: after } = await vendors.denied.release({
    oid,
    caseId,
    at: now.toISOString(),
    by: 'entra',
    why: 'The account was restored and is enabled.',
  });
  // Denied by another case in between.
  return after?.state === 'denied'
    ? { kind: 'stays', why: `Something else denied them: ${after.why} ${BY_HAND}` }
    : { kind: 'released' };
}
