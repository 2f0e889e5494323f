import * as z from 'zod';
import { CaseIdSchema } from '../../src/cases/ids.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { instant } from '../../src/shapes/primitives.ts';
import { FiledReportSchema } from './file-report.ts';

/** Writes the end of a case into its row: filed with its outcome, or failed without a report. */
export const closeCase = defineActivity(
  'closeCase',
  {
    // Without a report, the case broke before one could be filed.
    input: z.strictObject({ caseId: CaseIdSchema, filedAt: instant, filed: z.exactOptional(FiledReportSchema) }),
    output: z.null(),
  },
  async ({ caseId, filedAt, filed }, { vendors }) => {
    await vendors.storage.updateCase(caseId, (row) => {
      if (row.state === 'filed') return row;
      if (filed === undefined) return { ...row, state: 'failed', outcome: 'failed' };
      return {
        ...row,
        state: 'filed',
        filedAt,
        outcome: filed.outcome,
        incident: filed.incident,
        report: filed.report.name,
      };
    });
    return null;
  },
);
