import type { Severity } from '../../../cases/finding.ts';
import { counted } from '../../../cases/words/wording.ts';
import type { CallerActivity } from '../../../connectors/audit-log/activity.ts';
import type { AuditDetection, AuditFacts } from './audit-facts.ts';
import { isManyMore, isOtherHours, outsideHours, percent } from './notable.ts';

/** One way in which the last days do not look like the ones before. */
export interface UnusualSign {
  readonly kind: 'more-calls' | 'more-directories' | 'new-hours' | AuditDetection['detection'];
  /** A sentence with numbers. */
  readonly sentence: string;
  readonly severity: Severity;
}

/** Directories beyond those of all the days before that make a difference worth a person's time. */
const NOTABLE_DIRECTORIES = 5;

/**
 * What is unusual before the departure. Fewer calls are not: people who leave hand over. The thresholds are
 * deliberately simple, so that an operator can check them by hand.
 */
export function unusualSigns(
  comparison: AuditFacts['comparison'],
  activity: CallerActivity,
  detections: readonly AuditDetection[],
): UnusualSign[] {
  return [...(comparison === undefined ? [] : changes(comparison, activity)), ...alerts(detections)];
}

function changes({ final, baseline }: NonNullable<AuditFacts['comparison']>, activity: CallerActivity): UnusualSign[] {
  const signs: UnusualSign[] = [];
  const last = `In the final ${counted(final.days, 'day')}`;
  const before = `the ${counted(baseline.days, 'day')} before`;
  const expected = (baseline.calls / baseline.days) * final.days;
  if (isManyMore(final.calls, expected)) {
    const sentence = `${last} there were ${final.callsPerDay} calls a day, more than twice the ${baseline.callsPerDay} a day of ${before}.`;
    signs.push({ kind: 'more-calls', severity: 'medium', sentence });
  }
  if (final.distinctDirectories >= baseline.distinctDirectories + NOTABLE_DIRECTORIES) {
    const sentence = `${last} ${final.distinctDirectories} directories were reached, more than the ${baseline.distinctDirectories} of ${before}.`;
    signs.push({ kind: 'more-directories', severity: 'medium', sentence });
  }
  const late = outsideHours(activity.hours.filter(({ period }) => period === 'final'));
  const lateBefore = outsideHours(activity.hours.filter(({ period }) => period === 'baseline'));
  const share = late / Math.max(final.calls, 1);
  const shareBefore = lateBefore / Math.max(baseline.calls, 1);
  if (isOtherHours(late, share, shareBefore)) {
    const sentence = `${last} ${late} of ${final.calls} calls (${percent(share)}) were made outside of 07:00 to 20:00, against ${percent(shareBefore)} before.`;
    signs.push({ kind: 'new-hours', severity: 'medium', sentence });
  }
  return signs;
}

const ALERTS: Readonly<
  Record<
    AuditDetection['detection'],
    { readonly severity: Severity; readonly words: (n: number, most: number) => string }
  >
> = {
  'file-system-volume': {
    severity: 'high',
    words: (n, most) =>
      `In ${times(n, 'hour')} before the departure the file-system server was read beyond the alert’s limits of 100 calls or 20 directories; ${counted(most, 'call')} in the busiest.`,
  },
  'out-of-hours-write': {
    severity: 'medium',
    words: (n, most) =>
      `In ${times(n, 'hour')} before the departure something was written outside of 07:00 to 20:00; ${counted(most, 'call')} in the busiest.`,
  },
  'repeated-403': {
    severity: 'medium',
    words: (n, most) =>
      `In ${times(n, 'span')} of ten minutes before the departure calls were refused beyond the alert’s limits of 5 by one server or 10 by all of them; ${counted(most, 'time')} in the worst.`,
  },
};

function alerts(detections: readonly AuditDetection[]): UnusualSign[] {
  const before = Map.groupBy(
    detections.filter(({ afterDeparture }) => !afterDeparture),
    ({ detection }) => detection,
  );
  return [...before].map(([kind, hits]) => {
    const { severity, words } = ALERTS[kind];
    return { kind, severity, sentence: words(hits.length, Math.max(...hits.map(({ calls }) => calls))) };
  });
}

function times(n: number, word: string): string {
  return n === 1 ? `one ${word}` : `${n} ${word}s`;
}
