import * as z from 'zod';
import { CaseIdSchema } from '../../src/cases/ids.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { enqueueMessages } from '../../src/outbox/enqueue.ts';
import { momentsOfEnd } from '../../src/outbox/rules/which-messages.ts';
import { instant } from '../../src/shapes/primitives.ts';
import { FiledReportSchema } from './file-report.ts';

/** Writes the end of a case into its row, filed with its outcome or failed without a report, and has it told. */
export const closeCase = defineActivity(
  'closeCase',
  {
    // Without a report, the case broke before one could be filed.
    input: z.strictObject({ caseId: CaseIdSchema, filedAt: instant, filed: z.exactOptional(FiledReportSchema) }),
    output: z.null(),
  },
  async ({ caseId, filedAt, filed }, { vendors, settings }) => {
    const before = (await vendors.storage.getCase(caseId))?.row;
    // Before the row says so: whatever dies in between, somebody hears of it.
    if (before !== undefined && (filed !== undefined || before.state !== 'filed'))
      await enqueueMessages(vendors, settings, {
        row: before,
        at: filedAt,
        moments:
          filed === undefined
            ? ['failed']
            : momentsOfEnd({ incident: filed.incident, awaiting: filed.counts['awaiting-decision'] }),
        ...(filed && { report: filed.report }),
      });
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
