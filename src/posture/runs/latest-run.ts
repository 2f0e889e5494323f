import * as z from 'zod';
import { OffboardingError, withoutTodo } from '../../errors.ts';
import { text } from '../../shapes/primitives.ts';
import { MeasuredSchema } from '../metric.ts';
import { AssessedSchema, type PostureRun, PostureRunSchema } from './run.ts';
import { LATEST, runName } from './run-id.ts';

/** What is needed of storage. */
interface Files {
  readonly getText: (container: 'evidence' | 'inventory', name: string) => Promise<string | undefined>;
}

const LatestSchema = z.strictObject({ runId: text });

/**
 * A run as it was filed, or what this release understands of it; undefined where there is none of that name. @throws
 * OffboardingError `run-unreadable`, which says which run it is, where it understands nothing of it
 */
export async function readRun({ getText }: Files, runId: string): Promise<PostureRun | undefined> {
  const filed = await getText('evidence', runName(runId));
  if (filed === undefined) return undefined;
  return understoodOf(`The run ${runId} is filed, and`, () => understood(JSON.parse(filed)));
}

/** The run that was filed last; undefined where there was none yet. */
export async function latestRun(files: Files): Promise<PostureRun | undefined> {
  const text = await files.getText('inventory', LATEST);
  if (text === undefined) return undefined;
  const what = `What says which run was the last (inventory/${LATEST})`;
  return await readRun(files, understoodOf(what, () => LatestSchema.parse(JSON.parse(text))).runId);
}

/** Why a run, or the name of the last, is there and says nothing that this release understands; undefined of other errors. */
export function whyRunUnreadable(error: unknown): string | undefined {
  return error instanceof OffboardingError && error.code === 'run-unreadable'
    ? withoutTodo(error.code, error.message)
    : undefined;
}

/** What is read, or that this release understands nothing of it. */
function understoodOf<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // What the parser says of text quotes it.
    if (error instanceof SyntaxError) throw new OffboardingError('run-unreadable', `${what} is not JSON.`);
    if (!(error instanceof z.ZodError)) throw error;
    const odd = [...new Set(error.issues.map(({ path }) => String(path[0] ?? 'the whole')))].join(', ');
    throw new OffboardingError('run-unreadable', `${what} says nothing that this release understands (${odd}).`);
  }
}

/** Another release may have filed it: the checks and numbers that this one can read stand, without what it does not know. */
function understood(filed: unknown): PostureRun {
  const whole = PostureRunSchema.safeParse(filed);
  if (whole.success) return whole.data;
  const known = withoutUnknown(filed, whole.error);
  const { checks, metrics } = ListsSchema.parse(known);
  return PostureRunSchema.parse({
    idleExceptions: [],
    ...(known as object),
    schemaVersion: '1.0',
    checks: checks.filter((each) => AssessedSchema.safeParse(each).success),
    metrics: metrics.filter((each) => MeasuredSchema.safeParse(each).success),
  });
}

const ListsSchema = z.looseObject({ checks: z.array(z.unknown()), metrics: z.array(z.unknown()).default([]) });

/** A copy without the members that no shape of this release has. */
function withoutUnknown(filed: unknown, { issues }: z.ZodError): unknown {
  const copy: unknown = structuredClone(filed);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const holder = issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], copy);
    for (const key of issue.keys) delete (holder as Record<string, unknown>)[key];
  }
  return copy;
}
