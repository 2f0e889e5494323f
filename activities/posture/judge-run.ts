import * as z from 'zod';
import { BlobRefSchema } from '../../src/cases/remedies/remedy.ts';
import type { ActivityContext } from '../../src/durable/activity.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { assess, broken, carried, type Judging } from '../../src/posture/assess.ts';
import type { CheckDefinition, Readings } from '../../src/posture/check.ts';
import { CHECKS } from '../../src/posture/checks/index.ts';
import { idleIn, tooLongIn } from '../../src/posture/exceptions.ts';
import { measure } from '../../src/posture/metric.ts';
import { METRICS } from '../../src/posture/metrics/index.ts';
import { type Read, readShape, unread } from '../../src/posture/reading.ts';
import { READINGS } from '../../src/posture/readings-needed.ts';
import { latestRun, whyRunUnreadable } from '../../src/posture/runs/latest-run.ts';
import type { Assessed, PostureRun } from '../../src/posture/runs/run.ts';
import type { Immutable } from '../../src/shapes/immutable.ts';
import { text } from '../../src/shapes/primitives.ts';

/** What became of each reading of the run: where it is filed, or why there is none. */
export const MadeSchema = z.array(
  z.union([z.strictObject({ reading: text, read: BlobRefSchema }), z.strictObject({ reading: text, broke: text })]),
);
type Made = Immutable<z.output<typeof MadeSchema>>;

/** Judges every check, and measures every number, of which this run has all readings. */
export async function judgeRun(
  about: Pick<PostureRun, 'runId' | 'at' | 'finishedAt' | 'trigger' | 'by'>,
  made: Made,
  context: ActivityContext,
): Promise<PostureRun> {
  const latest = await latestOrNone(context);
  // A second delivery finds itself, and writes nothing any more.
  const before = latest?.runId === about.runId ? undefined : latest;
  const reads = await readMade(made, about.at, context);
  const checks = CHECKS.map((check): Assessed => {
    const earlier = before?.checks.find((each) => each.check === check.id);
    const known = namedReads(check.reads, reads);
    const exceptions = context.settings.POSTURE_EXCEPTIONS;
    if (known === undefined && earlier !== undefined) return carried(earlier, { at: about.at, exceptions });
    const judging = { at: about.at, settings: context.settings, before: earlier, exceptions };
    return judgeOne(check, known ?? withNeverRead(check.reads, reads, about.at), judging, context);
  });
  return {
    schemaVersion: '1.0',
    ...about,
    ...(before === undefined ? {} : { before: before.runId }),
    checks,
    metrics: METRICS.flatMap((metric) => {
      const mine = namedReads(metric.reads, reads);
      return mine === undefined ? [] : [measure(metric, mine, { at: about.at, settings: context.settings })];
    }),
    idleExceptions: idleIn(context.settings.POSTURE_EXCEPTIONS, checks),
    ...tooLong(context, about.at),
  };
}

/** The run before. One that nobody can read keeps no later run from being filed: it is as if there were none, and said. */
export async function latestOrNone({
  vendors,
  log,
}: Pick<ActivityContext, 'vendors' | 'log'>): Promise<PostureRun | undefined> {
  try {
    return await latestRun(vendors.storage);
  } catch (error) {
    const reason = whyRunUnreadable(error);
    if (reason === undefined) throw error;
    const code: ErrorCode = 'run-unreadable';
    log.error('the last run of posture cannot be read: this one is compared with nothing', {
      code,
      reason,
    });
    return undefined;
  }
}

/** Whoever wrote an exception for too long thinks that it holds: the run says that it does not, and so does the log. */
function tooLong({ settings, log }: ActivityContext, at: string): Pick<PostureRun, 'overlongExceptions'> {
  const findings = tooLongIn(settings.POSTURE_EXCEPTIONS, at);
  if (findings.length === 0) return {};
  const code: ErrorCode = 'config-invalid';
  log.error('exceptions of POSTURE_EXCEPTIONS for longer than 180 days accept nothing', { code, findings });
  return { overlongExceptions: findings };
}

/** The readings by the names that somebody gives them; undefined where this run was not to make one of them. */
function namedReads(
  wanted: Readings,
  reads: ReadonlyMap<string, Read<unknown>>,
): Readonly<Record<string, Read<unknown>>> | undefined {
  const named = Object.entries(wanted).map(([name, { id }]) => [name, reads.get(id)] as const);
  if (named.some(([, read]) => read === undefined)) return undefined;
  return Object.fromEntries(named) as Readonly<Record<string, Read<unknown>>>;
}

/** The readings of a check that was never judged: of those that this run was not to make, nothing is known yet. */
function withNeverRead(
  wanted: Readings,
  reads: ReadonlyMap<string, Read<unknown>>,
  at: string,
): Readonly<Record<string, Read<unknown>>> {
  const detail = 'It is read once a week, in the night to Monday, and was not yet: assess the checklist now.';
  return Object.fromEntries(
    Object.entries(wanted).map(([name, { id, nothing }]): [string, Read<unknown>] => [
      name,
      reads.get(id) ?? { source: id, at, gaps: [{ reason: 'no-data', source: id, detail }], facts: nothing },
    ]),
  );
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
