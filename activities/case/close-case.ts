import * as z from 'zod';
import type { CaseRow } from '../../src/cases/case.ts';
import { attemptOf, endAttempt, filedAs, isEarlier, revisionOf } from '../../src/cases/following/attempts.ts';
import { tellingOf } from '../../src/cases/following/reopening.ts';
import { CaseIdSchema } from '../../src/cases/ids.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { FailureSchema } from '../../src/durable/failure.ts';
import { passes } from '../../src/errors.ts';
import { enqueueMessages } from '../../src/outbox/enqueue.ts';
import { momentsOfEnd } from '../../src/outbox/rules/which-messages.ts';
import { count, instant } from '../../src/shapes/primitives.ts';
import { FiledReportSchema } from './report/filed-report.ts';

/** Writes the end of a case into its row, filed with its outcome or failed without a report, and has it told. */
export const closeCase = defineActivity(
  'closeCase',
  {
    // Without a report, the case broke before one could be filed.
    input: z.strictObject({
      caseId: CaseIdSchema,
      filedAt: instant,
      filed: z.exactOptional(FiledReportSchema),
      failure: z.exactOptional(FailureSchema),
      /** Which attempt broke; absent for the first. */
      attempt: z.exactOptional(count),
    }),
    output: z.null(),
  },
  async ({ caseId, filedAt, filed, failure, attempt = 1 }, { vendors, settings, log }) => {
    // What ends by itself leaves the case as it is: whoever watches running cases begins it again.
    if (filed === undefined && failure !== undefined && passes(failure.code)) return null;
    const before = (await vendors.storage.getCase(caseId))?.row;
    // Delivered late: the case is being read again, or was.
    if (filed !== undefined && before !== undefined && isEarlier(before, filed.report.name)) return null;
    // The report is there, whatever broke after it: whoever watches running cases writes it into the row.
    if (filed === undefined && (await vendors.storage.isSealed(before ?? { caseId }))) return null;
    const why = failure === undefined ? 'It broke before a report could be filed.' : failure.message;
    // Before the row says so: whatever dies in between, somebody hears of it.
    if (before !== undefined && (filed !== undefined || isOf(before, attempt)))
      await enqueueMessages(vendors, settings, {
        row: before,
        at: filedAt,
        ...(filed === undefined
          ? { moments: ['failed'], revision: attempt }
          : {
              moments: momentsOfEnd({ ...filed, awaiting: filed.counts['awaiting-decision'] }),
              report: filed.report,
              revision: revisionOf(before),
            }),
      });
    let failed = false;
    await vendors.storage.updateCase(caseId, (row) => {
      failed = false;
      // Refused between its start and now: its leaver was let in, and stays.
      if (row.state === 'refused' || row.state === 'cancelled') return row;
      if (row.state === 'filed' || (filed !== undefined && isEarlier(row, filed.report.name))) return row;
      if (filed === undefined) {
        if (!isOf(row, attempt)) return row;
        failed = true;
        return endAttempt(row, { at: filedAt, why });
      }
      const { outcome, incident, report, readAgain, compared } = filed;
      const awaiting = filed.counts['awaiting-decision'];
      const said = { filedAt, outcome, incident, report: report.name, awaiting };
      const told = { ...said, ...readAgain, ...(compared && { compared }) };
      return tellingOf(filedAs(row, told, settings.FOLLOW_UPS), filed.passed);
    });
    if (failed) log.error('a case failed', { code: 'case-stuck', caseId, why });
    return null;
  },
);

/** Whether the row still tells of the attempt that broke, and of no end. */
function isOf(row: CaseRow, attempt: number): boolean {
  return row.state !== 'filed' && row.state !== 'failed' && attemptOf(row) === attempt;
}
