import { attemptOf } from './attempts.ts';
import type { CaseRow } from './case.ts';
import type { CaseId } from './ids.ts';

/** Name of the document that seals a case, in the container `evidence`. */
export const manifestName = (caseId: CaseId): string => `cases/${caseId}/manifest.json`;

/**
 * Folder of a case's report in the container `evidence`. Nothing there is written twice, and an attempt that broke may
 * have written half of its report, so that each further one has a folder of its own.
 */
export function reportFolderOf(row: Pick<CaseRow, 'caseId' | 'attempts'>): string {
  const attempt = attemptOf(row);
  return attempt === 1 ? `cases/${row.caseId}` : `cases/${row.caseId}/attempt-${attempt}`;
}
