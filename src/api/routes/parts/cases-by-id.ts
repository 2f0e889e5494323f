import type { CaseRow } from '../../../cases/case.ts';
import type { CaseId } from '../../../cases/ids.ts';
import { mapBounded } from '../../../connectors/map-bounded.ts';
import type { Vendors } from '../../../connectors/vendors.ts';

const AT_ONCE = 20;

/** The rows of these cases, for what they say beside something else: one that cannot be read is left out. */
export async function casesById(
  { storage }: Pick<Vendors, 'storage'>,
  ids: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, CaseRow>> {
  const rows = await mapBounded([...new Set(ids)], AT_ONCE, async (caseId) => {
    try {
      return (await storage.getCase(caseId))?.row;
    } catch {
      return undefined;
    }
  });
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.caseId, row] as const])));
}
