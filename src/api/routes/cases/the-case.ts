import * as z from 'zod';
import { parseCaseId } from '../../../cases/ids.ts';
import type { StoredCase } from '../../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../../connectors/vendors.ts';
import { problem } from '../../problems/problem.ts';

/** The parameter of every path that names a case. */
export const CasePath = z.object({
  id: z.string().meta({ description: 'id of the case', example: '0e000000-0000-4000-8000-000000000001-1' }),
});

/** The case that the path names, or the answer that there is none. */
export async function theCase(
  vendors: Pick<Vendors, 'storage'>,
  { id }: z.output<typeof CasePath>,
): Promise<{ readonly stored: StoredCase } | { readonly answer: Response }> {
  const known = parseCaseId(id.toLowerCase());
  const stored = known === undefined ? undefined : await vendors.storage.getCase(known.caseId);
  if (stored !== undefined) return { stored };
  return { answer: problem('not-found', { detail: 'There is no case of this id; GET /api/cases lists the cases.' }) };
}
