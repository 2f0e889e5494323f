import * as z from 'zod';
import { type BlobRef, BlobRefSchema } from '../../src/cases/remedies/remedy.ts';
import type { SeenStatus } from '../../src/connectors/storage/check-weeks.ts';
import type { MetricPoint } from '../../src/connectors/storage/metrics.ts';
import { type ActivityContext, defineActivity } from '../../src/durable/activity.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { enqueueOfPosture } from '../../src/outbox/enqueue.ts';
import { worseThanBefore } from '../../src/posture/assess.ts';
import { logRowsOf } from '../../src/posture/output/log-rows.ts';
import { weekOf } from '../../src/posture/runs/iso-week.ts';
import { readHistory } from '../../src/posture/runs/read-series.ts';
import { type PostureRun, PostureRunSchema, RUN_TRIGGERS, STATUSES } from '../../src/posture/runs/run.ts';
import { LATEST, pageName, runName } from '../../src/posture/runs/run-id.ts';
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
    const { ref, run } = await fileFirst(about, made, context);
    const isSuperseded = await nameAsLast(run, context);
    await enterNumbers(run, isSuperseded, context);
    await filePage(run, context);
    await tellWorkbook(run, context);
    const counts = recordOf(STATUSES, (status) => run.checks.filter((each) => each.status === status).length);
    context.log.info('posture was assessed', { runId: run.runId, ...counts });
    await tellWorse(run, context);
    return { run: ref, counts };
  },
);

/** The run as it stands: as the first delivery judged it. */
async function fileFirst(
  about: Parameters<typeof judgeRun>[0],
  made: Parameters<typeof judgeRun>[1],
  context: ActivityContext,
): Promise<{ readonly ref: BlobRef; readonly run: PostureRun }> {
  const judged = JSON.stringify(await judgeRun(about, made, context));
  const { ref, text: stands } = await context.vendors.storage.putFirst('evidence', runName(about.runId), judged);
  return { ref, run: PostureRunSchema.parse(JSON.parse(stands)) };
}

/**
 * Of two at once the one that began first may end last: it says how things were, and does not become the last.
 * Whether the other one is of the same day.
 */
async function nameAsLast({ runId, at }: PostureRun, context: ActivityContext): Promise<boolean> {
  const latest = await latestOrNone(context);
  if (latest !== undefined && latest.at > at) return latest.at.slice(0, 10) === at.slice(0, 10);
  await context.vendors.storage.replaceLatest(LATEST, { runId });
  return false;
}

/** Into the series: the numbers of a day are those of its last run, and the worst status of a week counts. */
async function enterNumbers(run: PostureRun, isSuperseded: boolean, { vendors }: ActivityContext): Promise<void> {
  if (!isSuperseded) await vendors.storage.enterMetrics(pointsOf(run));
  await vendors.storage.enterStatuses(statusesOf(run));
}

/** The page for an auditor, with the numbers of a year. */
async function filePage(run: PostureRun, { vendors, log }: ActivityContext): Promise<void> {
  const page = renderPosture(run, await readHistory(vendors.storage, new Date(run.at), log));
  await vendors.storage.putOnce('evidence', pageName(run.runId), page, {
    blobContentType: 'text/html; charset=utf-8',
  });
}

/** By the channels of messages, and by an error of the log, which alerts. */
async function tellWorse(
  { runId, finishedAt, checks }: PostureRun,
  { vendors, settings, log }: ActivityContext,
): Promise<void> {
  const worse = worseThanBefore(checks).map(({ check }) => check);
  if (worse.length === 0) return;
  // Of what stands: a second delivery finds the message there.
  await enqueueOfPosture(vendors, settings, { runId, at: finishedAt });
  const code: ErrorCode = 'posture-worse';
  log.error('posture is worse than it was', { code, runId, checks: worse });
}

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
