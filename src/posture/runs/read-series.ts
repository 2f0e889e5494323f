import { CHECKS } from '../checks/index.ts';
import type { MetricDefinition, MetricState } from '../metric.ts';
import { METRICS } from '../metrics/index.ts';
import { type CheckWeeks, type Point, type Series, seriesOf, weeksBetween, worstOfWeeks } from './history.ts';
import { readRun, whyRunUnreadable } from './latest-run.ts';
import type { PostureRun } from './run.ts';

/** What is needed of storage. */
export interface SeriesStore {
  readonly getText: (container: 'evidence' | 'inventory', name: string) => Promise<string | undefined>;
  readonly listMetric: (metric: string, from: string) => Promise<readonly StoredPoint[]>;
  readonly firstMeasured: (metric: string) => Promise<StoredPoint | undefined>;
}

/** Where it is told what was left out. */
interface Told {
  readonly warn: (message: string, about: Readonly<Record<string, unknown>>) => void;
}

interface StoredPoint {
  readonly day: string;
  readonly runId: string;
  readonly state: MetricState;
  readonly value?: number;
  readonly terms: Readonly<Record<string, number>>;
}

/** Every metric from a day on, in the order in which they are shown. A run that nobody can read is left out, and logged. */
export async function readSeries(store: SeriesStore, from: string, log: Told): Promise<Series[]> {
  const runs = new Map<string, ReturnType<typeof readRun>>();
  const runOf = (runId: string): ReturnType<typeof readRun> => {
    const known = runs.get(runId) ?? readableRun(store, runId, log);
    runs.set(runId, known);
    return known;
  };
  return await Promise.all(
    METRICS.map(async (metric) => {
      const [points, first] = await Promise.all([store.listMetric(metric.id, from), store.firstMeasured(metric.id)]);
      const last = points.at(-1);
      return seriesOf(metric, points.map(pointOf), {
        ...(last === undefined ? {} : { latest: latestOf(metric, last, await runOf(last.runId)) }),
        ...(first === undefined ? {} : { before: pointOf(first) }),
      });
    }),
  );
}

async function readableRun(store: SeriesStore, runId: string, log: Told): ReturnType<typeof readRun> {
  try {
    return await readRun(store, runId);
  } catch (error) {
    const reason = whyRunUnreadable(error);
    if (reason === undefined) throw error;
    log.warn('a run of posture cannot be read: how its numbers came about is left out', { runId, reason });
    return undefined;
  }
}

/** As the run measured it. What stands of it in the table alone is not told as the last: nobody sees how it came about. */
function latestOf(
  { id, title, unit }: MetricDefinition,
  { day, runId }: StoredPoint,
  run: PostureRun | undefined,
): NonNullable<Series['latest']> {
  const measured = run?.metrics.find((each) => each.metric === id);
  if (run !== undefined && measured !== undefined) return { ...measured, runId, at: run.at };
  const detail = `The run ${runId}, which measured it last, cannot be read: assess the checklist now.`;
  return {
    ...{ metric: id, title, unit, state: 'unknown', arithmetic: '', terms: {} },
    gaps: [{ reason: 'unreadable', source: id, detail }],
    ...{ runId, at: run?.at ?? `${day}T00:00:00.000Z` },
  };
}

function pointOf({ day, runId, state, value, terms }: StoredPoint): Point {
  return { day, runId, state, ...(value === undefined ? {} : { value }), terms };
}

/** As far back as people look by default. */
const YEAR_MS = 365 * 86_400_000;

/** A year of numbers, and of what the points came to by the week. */
export async function readHistory(
  store: SeriesStore & { readonly listStatuses: (fromWeek: string) => Promise<Parameters<typeof worstOfWeeks>[1]> },
  at: Date,
  log: Told,
): Promise<{ readonly series: Series[]; readonly weeks: string[]; readonly checks: CheckWeeks[] }> {
  const { weeks } = weeksBetween(undefined, at);
  const [series, seen] = await Promise.all([
    readSeries(store, new Date(at.getTime() - YEAR_MS).toISOString().slice(0, 10), log),
    store.listStatuses(weeks[0] ?? ''),
  ]);
  return { series, weeks, checks: worstOfWeeks(CHECKS, seen) };
}
