import { isOwnOf } from '../../cases/denied/contain.ts';
import type { Denied } from '../../cases/denied/denied.ts';
import { mapBounded } from '../../connectors/map-bounded.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Log } from '../../log.ts';
import { releaseRefused } from './release-own.ts';

type LateVendors = Pick<Vendors, 'denied' | 'graph' | 'storage'>;

const AT_ONCE = 8;

/**
 * Lets in whom a refused case denied within so many milliseconds. Whoever denies somebody looks at the row afterwards, and
 * lets them in where the case was refused meanwhile; an app that died in between did not.
 */
export async function releaseLate(vendors: LateVendors, withinMs: number, log: Log, now: Date): Promise<void> {
  const from = now.getTime() - withinMs;
  const recent = (await vendors.storage.listDenied()).filter(({ changedAt }) => Date.parse(changedAt) >= from);
  await mapBounded(recent, AT_ONCE, async (denied) => {
    const { caseId, oid } = denied;
    try {
      if (await releaseOne(vendors, denied, now)) log.info('a refused case denies nobody any more', { caseId, oid });
    } catch (error) {
      // One that cannot be looked at keeps no other from it.
      const reason = error instanceof Error ? error.message : 'unknown';
      log.warn('whether a refused case denies somebody could not be looked at', { caseId, oid, reason });
    }
  });
}

async function releaseOne(vendors: LateVendors, denied: Denied, now: Date): Promise<boolean> {
  const { caseId, oid } = denied;
  if (caseId === undefined || !isOwnOf(denied, caseId)) return false;
  const row = (await vendors.storage.getCase(caseId))?.row;
  if (row?.state !== 'refused') return false;
  const person = await vendors.graph.findPerson(oid);
  if (!person.ok) throw new Error(person.failure.message);
  // Whose case lost its reason while the account is not enabled stays denied until an operator releases them.
  if (person.value.state === 'disabled') return false;
  await releaseRefused(vendors, row, now);
  return true;
}
