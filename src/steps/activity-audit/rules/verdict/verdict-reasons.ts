import { counted } from '../../../../cases/words/wording.ts';
import type { AuditFacts, CallTotals } from '../audit-facts.ts';
import { type AuditWindow, WINDOW_DAYS } from '../calendar/audit-window.ts';
import { localClock } from '../calendar/business-calendar.ts';
import type { UnusualSign } from '../unusual-signs.ts';
import type { AuditVerdict } from './verdicts.ts';

/** Why the verdict is what it is, in sentences with numbers. */
export function verdictReasons(judged: {
  readonly verdict: AuditVerdict;
  readonly window: AuditWindow;
  readonly totals: CallTotals;
  readonly afterDeparture: CallTotals;
  readonly comparison: AuditFacts['comparison'];
  readonly signs: readonly UnusualSign[];
}): string[] {
  const { verdict, window, totals, afterDeparture, comparison, signs } = judged;
  const reasons = signs.map(({ sentence }) => sentence);
  if (verdict === 'after-departure') return [afterSentence(afterDeparture, window), ...reasons];
  if (verdict === 'not-established') {
    reasons.push(
      `Nothing unusual was found in the ${counted(totals.calls, 'call that was', 'calls that were')} read, but not everything could be read: see the coverage.`,
    );
  }
  if (comparison !== undefined) reasons.push(comparisonSentence(comparison));
  if (window.lastDay !== undefined) reasons.push(lastCallSentence(totals, window, window.lastDay));
  if (reasons.length === 0)
    reasons.push(`${counted(totals.calls, 'call was', 'calls were')} made in the last ${WINDOW_DAYS} days.`);
  return reasons;
}

function afterSentence(after: CallTotals, window: AuditWindow): string {
  const { calls, distinctResources, distinctDirectories, firstCall, lastCall } = after;
  const when = [firstCall, lastCall].map((at) => (at === undefined ? '' : localClock(new Date(at), window.timeZone)));
  const reached = `${calls === 1 ? 'it' : 'they'} reached ${counted(distinctResources, 'resource')} in ${counted(distinctDirectories, 'directory', 'directories')}`;
  return `${counted(calls, 'call was', 'calls were')} made after the departure (last day ${window.lastDay ?? 'unknown'}), from ${when[0]} to ${when[1]} ${window.timeZone}; ${reached}.`;
}

function comparisonSentence({ final, baseline }: NonNullable<AuditFacts['comparison']>): string {
  return `In the final ${counted(final.days, 'day')} ${counted(final.calls, 'call was', 'calls were')} made, ${final.callsPerDay} a day, against ${baseline.callsPerDay} a day in the ${counted(baseline.days, 'day')} before.`;
}

function lastCallSentence({ lastCall }: CallTotals, { timeZone }: AuditWindow, lastDay: string): string {
  if (lastCall === undefined) return `No call was made in the last ${WINDOW_DAYS} days; the last day was ${lastDay}.`;
  return `The last call was at ${localClock(new Date(lastCall), timeZone)}; the last day was ${lastDay}.`;
}
