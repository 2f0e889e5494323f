import type { CaseRow } from './case.ts';
import { revisionOf, triesOf } from './following/attempts.ts';
import type { CaseId } from './ids.ts';

type Filing = Pick<CaseRow, 'caseId' | 'revisions'>;

/** Folder of a revision of a case in the container `evidence`; the first has that of the case. */
export function revisionFolderOf(caseId: CaseId, revision: number): string {
  return revision === 1 ? `cases/${caseId}` : `cases/${caseId}/revision-${revision}`;
}

/** Name of the document that seals the newest revision of a case, in the container `evidence`. */
export const manifestName = (row: Filing): string => `${revisionFolderOf(row.caseId, revisionOf(row))}/manifest.json`;

/**
 * Folder of a case's report in the container `evidence`. Nothing there is written twice, and an attempt that broke may
 * have written half of its report, so that each further one has a folder of its own.
 */
export function reportFolderOf(row: Filing & Pick<CaseRow, 'attempts'>): string {
  const folder = revisionFolderOf(row.caseId, revisionOf(row));
  const tries = triesOf(row);
  return tries === 1 ? folder : `${folder}/attempt-${tries}`;
}

/** The seal beside a filed report. */
export const manifestBeside = (report: string): string => report.replace(/[^/]+$/, 'manifest.json');

/** What a case was begun with, by the generation of its denial. */
export function begunFolderOf(caseId: CaseId): string {
  return `cases/${caseId}/begun/`;
}
