import { lasting } from '../../cases/words/wording.ts';
import { type AnsweredHit, answeredHits } from '../alerts/alert-hits.ts';
import { isReceived } from '../alerts/judge-alert-rule.ts';
import type { Sureness } from '../alerts/processing-rules.ts';
import { weakerThanReleased } from '../alerts/rule-limits.ts';
import { defineMetric } from '../metric.ts';
import { type AlertFacts, type AlertRule, alerts } from '../readings/calls/alerts.ts';
import { quantile } from '../runs/quantiles.ts';

const MINUTE_MS = 60_000;

/**
 * From the moment at which somebody passed a limit of bulk reading until the alert about them, in thirty days. What was
 * not told took for ever, in the median and at the worst; the mean is of what was told.
 */
export const timeToDetect = defineMetric({
  id: 'time-to-detect',
  title: 'Time until bulk reading is told',
  unit: 'minutes',
  reads: { alerts },
  withGaps: 'unknown',
  reckon: ({ alerts: facts }, { at }) => {
    const own = facts.rules.list.filter(({ detection }) => detection === 'file-system-volume');
    const judged = own.filter(({ hits }) => hits !== undefined);
    // What the app tries by itself has a series of its own.
    const others = ({ hits = [] }: AlertRule) => hits.filter(({ canary }) => canary !== true);
    const crossings = crossingsOf(
      judged.flatMap((rule) => {
        const received = isReceived(rule, facts);
        return answeredHits(others(rule), rule.alerts.list, at).map((hit) => heard(hit, received));
      }),
    );
    const times = crossings.flatMap(({ minutes }) => minutes ?? []);
    const undetected = crossings.length - times.length;
    const median = quantile([...times, ...Array.from({ length: undetected }, () => Infinity)], 0.5);
    const worst = undetected > 0 ? Infinity : quantile(times, 1);
    const mean = times.length === 0 ? undefined : times.reduce((sum, each) => sum + each, 0) / times.length;
    // What was not told until now took as long as it is ago, at least.
    const least = quantile(
      crossings.map(({ minutes, crossedAt }) => minutes ?? since(crossedAt ?? at, at)),
      0.5,
    );
    return {
      value: median === Infinity ? least : median,
      ...(median === Infinity ? { atLeast: true } : {}),
      arithmetic: crossings.length === 0 ? 'nobody passed a limit' : arithmeticOf({ median, worst, mean, undetected }),
      terms: {
        crossings: crossings.length,
        detected: times.length,
        undetected,
        ...finite({ median_minutes: median, worst_minutes: worst, mean_of_detected_minutes: mean }),
      },
      doubts: doubtsOf(judged, crossings, facts),
    };
  },
});

/** An alert that was raised and that nobody receives told nobody, whoever received it before. */
function heard(hit: AnsweredHit, received: Sureness): AnsweredHit {
  if (hit.kind !== 'told' || received === 'yes') return hit;
  return { hit: hit.hit, kind: received === 'no' ? 'untold' : 'unsure' };
}

interface Crossing {
  /** Absent where the log does not say. */
  readonly crossedAt: string | undefined;
  /** Absent where nobody was told. */
  readonly minutes?: number;
  /** Whether somebody was told nobody can say. */
  readonly unsure: boolean;
}

/** Of several rules the strictest says when, and the fastest told; a caller and an hour are one crossing. */
function crossingsOf(hits: readonly AnsweredHit[]): Crossing[] {
  const byCaller = Map.groupBy(hits, ({ hit }) => `${hit.caller.toLowerCase()} ${hit.when}`);
  return [...byCaller.values()].map((same) => {
    const [crossedAt] = same.flatMap(({ hit }) => hit.crossedAt ?? []).toSorted();
    const [told] = same
      .flatMap(({ kind, alert }) => (kind === 'told' && alert !== undefined ? [alert.startedAt] : []))
      .toSorted();
    const unsure = told === undefined && same.some(({ kind }) => kind === 'unsure');
    if (told === undefined || crossedAt === undefined) return { crossedAt, unsure };
    return { crossedAt, unsure, minutes: since(crossedAt, told) };
  });
}

function since(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / MINUTE_MS);
}

function arithmeticOf(of: {
  readonly median: number | undefined;
  readonly worst: number | undefined;
  readonly mean: number | undefined;
  readonly undetected: number;
}): string {
  const said = (minutes: number | undefined): string =>
    minutes === undefined ? 'none' : minutes === Infinity ? 'never (∞)' : lasting(Math.ceil(minutes));
  return `median ${said(of.median)}, worst ${said(of.worst)}, mean of the detected ${said(of.mean)}, ${of.undetected} undetected`;
}

function finite(values: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || value === Infinity ? [] : [[name, value]],
    ),
  );
}

type Doubts = { readonly reason: 'no-data' | 'unreadable'; readonly detail: string }[];

function doubtsOf(judged: readonly AlertRule[], crossings: readonly Crossing[], { timeZone }: AlertFacts): Doubts {
  if (judged.length === 0) {
    const detail = 'No rule that is on has the released text over the audit log: nobody knows who passed a limit.';
    return [{ reason: 'no-data', detail }];
  }
  if (judged.every(({ values }) => weakerThanReleased('file-system-volume', values, timeZone).length > 0)) {
    const detail =
      'The limits of every such rule let more pass than the released ones: who passed those, nobody knows.';
    return [{ reason: 'no-data', detail }];
  }
  const doubt = (doubtful: (crossing: Crossing) => boolean, what: string): Doubts => {
    const many = crossings.filter(doubtful).length;
    return many === 0 ? [] : [{ reason: 'unreadable', detail: `Of ${many} crossings ${what}.` }];
  };
  return [
    ...doubt(({ unsure }) => unsure, 'the alerts of that time do not say whether they are about them'),
    ...doubt(({ crossedAt }) => crossedAt === undefined, 'the log does not say when they were'),
  ];
}
