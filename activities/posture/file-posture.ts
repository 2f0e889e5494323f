import * as z from 'zod';
import { BlobRefSchema } from '../../src/cases/remedy.ts';
import { type ActivityContext, defineActivity } from '../../src/durable/activity.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { assess, broken, type Judging, worseThanBefore } from '../../src/posture/assess.ts';
import type { CheckDefinition } from '../../src/posture/check.ts';
import { CHECKS, READINGS } from '../../src/posture/checks/index.ts';
import { idleIn } from '../../src/posture/exceptions.ts';
import { latestRun } from '../../src/posture/latest-run.ts';
import { type Read, readShape, unread } from '../../src/posture/reading.ts';
import { type Assessed, type PostureRun, PostureRunSchema, RUN_TRIGGERS, STATUSES } from '../../src/posture/run.ts';
import { LATEST, pageName, runName } from '../../src/posture/run-id.ts';
import { renderPosture } from '../../src/report/posture/page.ts';
import type { Immutable } from '../../src/shapes/immutable.ts';
import { count, instant, text } from '../../src/shapes/primitives.ts';
import { recordOf } from '../../src/shapes/record-of.ts';

export const FiledPostureSchema = z.strictObject({
  run: BlobRefSchema,
  counts: z.strictObject(recordOf(STATUSES, () => count)),
});

/** What became of each reading of the run: where it is filed, or why there is none. */
const MadeSchema = z.array(
  z.union([z.strictObject({ reading: text, read: BlobRefSchema }), z.strictObject({ reading: text, broke: text })]),
);
type Made = Immutable<z.output<typeof MadeSchema>>;

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
    await vendors.storage.putOnce('evidence', pageName(about.runId), renderPosture(filed), {
      blobContentType: 'text/html; charset=utf-8',
    });
    await vendors.storage.replaceLatest(LATEST, { runId: about.runId });
    const counts = recordOf(STATUSES, (status) => checks.filter((each) => each.status === status).length);
    log.info('posture was assessed', { runId: about.runId, ...counts });
    const worse = worseThanBefore(checks).map(({ check }) => check);
    const code: ErrorCode = 'posture-worse';
    if (worse.length > 0) log.error('posture is worse than it was', { code, runId: about.runId, checks: worse });
    return { run: ref, counts };
  },
);

async function judgeRun(
  about: Pick<PostureRun, 'runId' | 'at' | 'finishedAt' | 'trigger' | 'by'>,
  made: Made,
  context: ActivityContext,
): Promise<PostureRun> {
  const { storage } = context.vendors;
  const latest = await latestRun(storage);
  // A second delivery finds itself, and writes nothing any more.
  const before = latest?.runId === about.runId ? undefined : latest;
  const reads = await readMade(made, about.at, context);
  const checks = CHECKS.flatMap((check): Assessed[] => {
    const earlier = before?.checks.find((each) => each.check === check.id);
    const mine = Object.entries(check.reads).map(([key, { id }]) => [key, reads.get(id)] as const);
    if (mine.some(([, read]) => read === undefined))
      return earlier === undefined ? [] : [{ ...earlier, change: 'same' }];
    const known = Object.fromEntries(mine) as Readonly<Record<string, Read<unknown>>>;
    const judging = {
      at: about.at,
      settings: context.settings,
      before: earlier,
      exceptions: context.settings.POSTURE_EXCEPTIONS,
    };
    return [judgeOne(check, known, judging, context)];
  });
  return {
    schemaVersion: '1.0',
    ...about,
    ...(before === undefined ? {} : { before: before.runId }),
    checks,
    idleExceptions: idleIn(context.settings.POSTURE_EXCEPTIONS, checks),
  };
}

/** A check that breaks keeps no other from being judged. */
function judgeOne(
  check: CheckDefinition,
  reads: Readonly<Record<string, Read<unknown>>>,
  judging: Judging,
  { log }: Pick<ActivityContext, 'log'>,
): Assessed {
  try {
    return assess(check, reads, judging);
  } catch (error) {
    const code: ErrorCode = 'unexpected';
    log.error('a check broke', { code, check: check.id, reason: String(error) });
    return broken(check, reads, judging);
  }
}

/** What was read, by reading; what this run was not to read is missing. */
async function readMade(
  made: Made,
  at: string,
  { vendors }: Pick<ActivityContext, 'vendors'>,
): Promise<ReadonlyMap<string, Read<unknown>>> {
  const entries = await Promise.all(
    made.map(async (each): Promise<readonly [string, Read<unknown>][]> => {
      const definition = READINGS.find(({ id }) => id === each.reading);
      if (definition === undefined) return [];
      if ('broke' in each) return [[each.reading, unread(definition, at, each.broke)]];
      return [[each.reading, (await vendors.storage.getParsed(each.read, readShape(definition))) as Read<unknown>]];
    }),
  );
  return new Map(entries.flat());
}
