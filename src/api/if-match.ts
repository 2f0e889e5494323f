import * as z from 'zod';
import type { CaseRow } from '../cases/case.ts';
import type { StoredCase } from '../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { OffboardingError } from '../errors.ts';
import { digestOf } from './answers.ts';
import { CaseView, caseView } from './case-view.ts';
import { type CasePath, theCase } from './routes/cases/the-case.ts';

/** The header of every operation that changes one case. */
export const IfMatch = z.object({
  'if-match': z.string().max(1_000).optional().meta({
    description:
      'ETag of the case or of its findings, as they were looked at: where the case has changed since, nothing is done',
  }),
});

/** The digest of a case as its row alone shows it, which is the ETag of every answer that is nothing else. */
function caseTag(row: CaseRow): string {
  return digestOf(JSON.stringify(CaseView.parse(caseView(row))));
}

/** The ETag of an answer that shows more than the row: it differs with all that is shown, and says which row it was. */
export function tagOf(row: CaseRow, shown: unknown): string {
  return `${caseTag(row)}.${digestOf(JSON.stringify(shown))}`;
}

/**
 * The case that the path names, where it still is what the caller looked at, or the answer that it is not. What is done
 * with the `vendors` of it is done to that case alone: whoever is faster before the row is first written makes it fail
 * with `changed`, and nothing has happened.
 */
export async function theCaseAsSeen(
  vendors: Vendors,
  params: z.output<typeof CasePath>,
  { 'if-match': ifMatch }: z.output<typeof IfMatch>,
): Promise<{ readonly stored: StoredCase; readonly vendors: Vendors } | { readonly answer: Response }> {
  const found = await theCase(vendors, params);
  if ('answer' in found || ifMatch === undefined) return { ...found, vendors };
  const asked = ifMatch.split(',').map(rowNamed);
  const check = (row: CaseRow): void => {
    if (asked.includes('*') || asked.includes(caseTag(row))) return;
    throw new OffboardingError('changed', `The case ${row.caseId} is not what If-Match names any more.`);
  };
  check(found.stored.row);
  return { ...found, vendors: { ...vendors, storage: checkedOnce(vendors.storage, found.stored.row, check) } };
}

/** What of an ETag names the row. A proxy that compresses makes a tag weak; the row that it names is the same. */
function rowNamed(tag: string): string {
  const [row = ''] = tag.trim().replace(/^W\//, '').replaceAll(/^"|"$/g, '').split('.');
  return row;
}

function checkedOnce(
  storage: Vendors['storage'],
  { caseId }: CaseRow,
  check: (row: CaseRow) => void,
): Vendors['storage'] {
  let isWritten = false;
  return {
    ...storage,
    updateCase: async (id, change) => {
      const stored = await storage.updateCase(id, (row) => {
        if (id === caseId && !isWritten) check(row);
        return change(row);
      });
      isWritten = true;
      return stored;
    },
  };
}
