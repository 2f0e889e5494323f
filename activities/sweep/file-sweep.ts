import type { BlobRef } from '../../src/cases/remedy.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { type SweepFindings, type SweepReport, type SweptCase, sweepReport } from '../../src/sweep/sweep-report.ts';

export interface FileSweepInput {
  readonly sweepId: string;
  /** ISO instants of the orchestration's own clock: a second run must write the same bytes. */
  readonly at: string;
  readonly finishedAt: string;
  readonly found: BlobRef;
  readonly cases: readonly SweptCase[];
}

export interface FiledSweep {
  readonly report: BlobRef;
  readonly counts: SweepReport['counts'];
}

/** Files what one sweep looked at, found and opened: `sweeps/<id>.json` in the evidence container. */
export const fileSweep = defineActivity(
  'fileSweep',
  async ({ found, cases, ...about }: FileSweepInput, { vendors, log }): Promise<FiledSweep> => {
    const report = sweepReport(about, await vendors.storage.getJson<SweepFindings>(found), cases);
    const name = `sweeps/${about.sweepId}.json`;
    const ref = await vendors.storage.putOnce('evidence', name, JSON.stringify(report));
    log.info('sweep filed', { sweepId: about.sweepId, ...report.counts, ...report.looked });
    return { report: ref, counts: report.counts };
  },
);
