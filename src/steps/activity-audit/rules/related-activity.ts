import { counted } from '../../../cases/words/wording.ts';
import type { CallerActivity } from '../../../connectors/audit-log/activity.ts';
import type { AuditFacts } from './audit-facts.ts';
import type { AuditWindow } from './calendar/audit-window.ts';
import { type DaysOfEvidence, provenDays } from './calendar/days-of-evidence.ts';
import { callTotals } from './call-totals.ts';
import { isManyMore, isOtherHours, outsideHours, percent } from './notable.ts';

/**
 * What an identity that trusted the leaver did after the departure, against what it did before. `changed`: it calls at
 * other hours, much more, or for the first time, so that somebody may be using it. `as-before`: it goes on as ever,
 * which a pipeline does, and so does a pipeline that the leaver drives.
 */
export interface RelatedJudgement {
  readonly after: 'none' | 'as-before' | 'changed';
  /** A sentence with numbers; absent where there was no call after the departure. */
  readonly sentence?: string;
}

/** Judges one pipeline identity by the days before and after the departure that the log is evidence for. */
export function judgeRelated(
  oid: string,
  window: AuditWindow,
  activity: CallerActivity,
  days: DaysOfEvidence,
): RelatedJudgement {
  const caller = oid.toLowerCase();
  const after = callTotals(activity, caller, 'after').calls;
  const { lastDay } = window;
  if (after === 0 || lastDay === undefined) return { after: 'none' };
  const before = callTotals(activity, caller, 'all').calls - after;
  const proven = provenDays(window.dates, days);
  const daysBefore = proven.filter((date) => date <= lastDay).length;
  const daysAfter = proven.filter((date) => date > lastDay).length;
  const made = `It made ${counted(after, 'call')} after the departure`;
  if (before === 0) {
    return { after: 'changed', sentence: `${made}, and none before.` };
  }
  const expected = (before / Math.max(daysBefore, 1)) * Math.max(daysAfter, 1);
  if (isManyMore(after, expected)) {
    const sentence = `${made}, more than twice the ${Math.round(expected)} that its pace before would give.`;
    return { after: 'changed', sentence };
  }
  const own = activity.relatedHours.filter(({ oid }) => oid === caller);
  const late = outsideHours(own.filter(({ period }) => period === 'after'));
  const share = late / after;
  const shareBefore = outsideHours(own.filter(({ period }) => period !== 'after')) / before;
  if (isOtherHours(late, share, shareBefore)) {
    const sentence = `${made}, ${late} of them (${percent(share)}) outside of 07:00 to 20:00, against ${percent(shareBefore)} before.`;
    return { after: 'changed', sentence };
  }
  return { after: 'as-before', sentence: `${made}, at the pace and hours of before.` };
}

/** Most calls first, so that the report begins with what matters. */
export function byCallsAfter(a: AuditFacts['related'][number], b: AuditFacts['related'][number]): number {
  return b.callsAfterDeparture - a.callsAfterDeparture || (a.oid < b.oid ? -1 : 1);
}
