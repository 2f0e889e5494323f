import * as z from 'zod';
import { BlobRefSchema } from '../../src/cases/remedy.ts';
import type { SeenStatus } from '../../src/connectors/storage/check-weeks.ts';
import type { MetricPoint } from '../../src/connectors/storage/metrics.ts';
import { type ActivityContext, defineActivity } from '../../src/durable/activity.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { enqueueOfPosture } from '../../src/outbox/enqueue.ts';
import { worseThanBefore } from '../../src/posture/assess.ts';
import { weekOf } from '../../src/posture/iso-week.ts';
import { logRowsOf } from '../../src/posture/output/log-rows.ts';
import { readHistory } from '../../src/posture/read-series.ts';
import { type PostureRun, PostureRunSchema, RUN_TRIGGERS, STATUSES } from '../../src/posture/run.ts';
import { LATEST, pageName, runName } from '../../src/posture/run-id.ts';
import { renderPosture } from '../../src/report/posture/page.ts';
import { count, instant, text } from '../../src/shapes/primitives.ts';
import { recordOf } from '../../src/shapes/record-of.ts';
import { judgeRun, latestOrNone, MadeSchema } from './judge-run.ts';

export const FiledPostureSchema = z.strictObject({
  run: BlobRefSchema,
  counts: z.strictObject(recordOf(STATUSES, () => count)),
});

/**
 * Judges every check by what was read and files the run: `posture/<run>.json` in the container `evidence`. The first
 * delivery stands. A check of which this run was to read nothing keeps what was judged before.
 */
export const filePosture = defineActivity(
  'filePosture',
  {
    input: z.strictObject({
      runId: text,
      at: instant,
      finishedAt: instant,
      trigger: z.enum(RUN_TRIGGERS),
      by: z.exactOptional(text),
      made: MadeSchema,
    }),
    output: FiledPostureSchema,
  },
  async ({ made, ...about }, context) => {
    const { vendors, log } = context;
    const name = runName(about.runId);
    const run = JSON.stringify(await judgeRun(about, made, context));
    const { ref, text: stands } = await vendors.storage.putFirst('evidence', name, run);
    const filed = PostureRunSchema.parse(JSON.parse(stands));
    const { checks } = filed;
    const latest = await latestOrNone(context);
    // Of two at once the one that began first may end last: it says how things were.
    const newer = latest !== undefined && latest.at > filed.at ? latest : undefined;
    if (newer === undefined) await vendors.storage.replaceLatest(LATEST, { runId: about.runId });
    const superseded = newer?.at.slice(0, 10) === filed.at.slice(0, 10);
    if (!superseded) await vendors.storage.enterMetrics(pointsOf(filed));
    await vendors.storage.enterStatuses(statusesOf(filed));
    const page = renderPosture(filed, await readHistory(vendors.storage, new Date(filed.at), log));
    await vendors.storage.putOnce('evidence', pageName(about.runId), page, {
      blobContentType: 'text/html; charset=utf-8',
    });
    await tellWorkbook(filed, context);
    const counts = recordOf(STATUSES, (status) => checks.filter((each) => each.status === status).length);
    log.info('posture was assessed', { runId: about.runId, ...counts });
    const worse = worseThanBefore(checks).map(({ check }) => check);
    if (worse.length > 0) {
      // Of what stands: a second delivery finds the message there.
      await enqueueOfPosture(vendors, context.settings, { runId: filed.runId, at: filed.finishedAt });
      const code: ErrorCode = 'posture-worse';
      log.error('posture is worse than it was', { code, runId: about.runId, checks: worse });
    }
    return { run: ref, counts };
  },
);

/** Rows for a workbook, where there is a table for them. The run is filed whether they arrive or not. */
async function tellWorkbook(run: PostureRun, { vendors, settings, log }: ActivityContext): Promise<void> {
  if (settings.POSTURE_STREAM === undefined) return;
  const sent = await vendors.auditIngestion.uploadPostureRows(logRowsOf(run));
  if (!sent.ok) log.warn('rows of posture were not uploaded', { runId: run.runId, reason: sent.failure.message });
}

/** A run of the same day writes over the one before: the one that began last stands. */
function pointsOf({ runId, at, metrics }: PostureRun): MetricPoint[] {
  return metrics.map(({ metric, state, value, terms }) => ({
    ...{ metric, day: at.slice(0, 10), runId, state, terms },
    ...(value === undefined ? {} : { value }),
  }));
}

/** In the week in which it was judged: what was only kept since then says nothing of this week. */
function statusesOf({ runId, checks }: PostureRun): SeenStatus[] {
  return checks.map(({ check, status, at }) => ({ week: weekOf(new Date(at)), check, status, runId }));
}
