import * as z from 'zod';
import { BlobRefSchema } from '../../src/cases/remedies/remedy.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { instant, text } from '../../src/shapes/primitives.ts';
import { SweepCountsSchema, SweepFindingsSchema, SweptCaseSchema, sweepReport } from '../../src/sweep/sweep-report.ts';

const FileSweepInputSchema = z.strictObject({
  sweepId: text,
  /** Instants of the orchestration's own clock: a second run must write the same bytes. */
  at: instant,
  finishedAt: instant,
  found: BlobRefSchema,
  cases: z.array(SweptCaseSchema),
});

export const FiledSweepSchema = z.strictObject({ report: BlobRefSchema, counts: SweepCountsSchema });

/**
 * Files what one sweep looked at, found and opened: `sweeps/<id>.json` in the evidence container. Cases may change the
 * list of unowned tokens between two deliveries, so that the first report stands.
 */
export const fileSweep = defineActivity(
  'fileSweep',
  { input: FileSweepInputSchema, output: FiledSweepSchema },
  async ({ found, cases, ...about }, { vendors, log }) => {
    const [findings, unowned] = await Promise.all([
      vendors.storage.getParsed(found, SweepFindingsSchema),
      vendors.storage.listUnowned(),
    ]);
    const report = sweepReport(about, findings, cases, unowned);
    const name = `sweeps/${about.sweepId}.json`;
    const { ref } = await vendors.storage.putFirst('evidence', name, JSON.stringify(report));
    log.info('sweep filed', { sweepId: about.sweepId, ...report.counts, ...report.looked, unowned: unowned.length });
    const { faults, counts } = report;
    if (faults.length > 0 || counts.unreadable > 0) {
      const code: ErrorCode = 'sweep-incomplete';
      log.error('the sweep did not read everything', {
        code,
        sweepId: about.sweepId,
        faults,
        unreadable: counts.unreadable,
      });
    }
    return { report: ref, counts: report.counts };
  },
);
