import type { CaseId } from '../../src/cases/ids.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { FiledReport } from './file-report.ts';

type CloseInput =
  | { readonly caseId: CaseId; readonly filedAt: string; readonly filed: FiledReport }
  /** The case broke before its report could be filed. */
  | { readonly caseId: CaseId; readonly filedAt: string; readonly filed?: undefined };

/** Writes the end of a case into its row: filed with its outcome, or failed without a report. */
export const closeCase = defineActivity(
  'closeCase',
  async ({ caseId, filedAt, filed }: CloseInput, { vendors }): Promise<null> => {
    await vendors.storage.updateCase(caseId, (row) => {
      if (row.state === 'filed') return row;
      if (filed === undefined) return { ...row, state: 'failed', outcome: 'failed' };
      return { ...row, state: 'filed', filedAt, outcome: filed.outcome, report: filed.report.name };
    });
    return null;
  },
);
