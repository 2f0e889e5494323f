import { type Point, type Series, seriesOf } from './history.ts';
import { readRun } from './latest-run.ts';
import type { MetricState } from './metric.ts';
import { METRICS } from './metrics/index.ts';

/** What is needed of storage. */
export interface SeriesStore {
  readonly getText: (container: 'evidence' | 'inventory', name: string) => Promise<string | undefined>;
  readonly listMetric: (metric: string, from: string) => Promise<readonly StoredPoint[]>;
  readonly firstMeasured: (metric: string) => Promise<StoredPoint | undefined>;
}

interface StoredPoint {
  readonly day: string;
  readonly runId: string;
  readonly state: MetricState;
  readonly value?: number;
  readonly terms: Readonly<Record<string, number>>;
}

/** Every metric from a day on, in the order in which they are shown. */
export async function readSeries(store: SeriesStore, from: string): Promise<Series[]> {
  const runs = new Map<string, ReturnType<typeof readRun>>();
  const runOf = (runId: string): ReturnType<typeof readRun> => {
    const known = runs.get(runId) ?? readRun(store, runId);
    runs.set(runId, known);
    return known;
  };
  return await Promise.all(
    METRICS.map(async (metric) => {
      const [points, first] = await Promise.all([store.listMetric(metric.id, from), store.firstMeasured(metric.id)]);
      const last = points.at(-1);
      const run = last === undefined ? undefined : await runOf(last.runId);
      const measured = run?.metrics.find((each) => each.metric === metric.id);
      return seriesOf(metric, points.map(pointOf), {
        ...(run === undefined || measured === undefined
          ? {}
          : { latest: { ...measured, runId: run.runId, at: run.at } }),
        ...(first === undefined ? {} : { before: pointOf(first) }),
      });
    }),
  );
}

function pointOf({ day, runId, state, value, terms }: StoredPoint): Point {
  return { day, runId, state, ...(value === undefined ? {} : { value }), terms };
}
