import type { Coverage } from '../../../cases/coverage/coverage.ts';
import { counted } from '../../../cases/words/wording.ts';
import type { AuditReading } from './audit-reading.ts';
import { WINDOW_DAYS } from './calendar/audit-window.ts';
import { dateRanges } from './calendar/business-calendar.ts';
import type { DaysOfEvidence } from './calendar/days-of-evidence.ts';
import { othersSentence } from './calendar/last-days.ts';
import { callTotals } from './call-totals.ts';
import { LEAST_BASELINE_DAYS } from './compare-periods.ts';
import { silenceSentence } from './log-silence.ts';
import type { Contradictions } from './verdict/contradictions.ts';
import type { WeighedReading } from './verdict/weighed-reading.ts';

export const RETENTION_SOURCE = 'log-analytics/retention';
export const CALLS_SOURCE = 'log-analytics/calls';
export const DAYS_SOURCE = 'log-analytics/days-with-rows';

/** How complete the audit's sources are, as far as they could be read; failures to read are the activity's to add. */
export function auditCoverage(
  reading: WeighedReading,
  partial: { readonly calls?: string; readonly days?: string },
): Coverage[] {
  const { activity, rowsByHour, retentionInDays, days, comparison, differs, unattributed } = reading;
  const { calls } = callTotals(activity, 'leaver', 'all');
  const lacks = sentences([
    partial.calls,
    unattributed > 0 ? unnamedSentence(unattributed) : undefined,
    contradicted(differs.calls),
  ]);
  const lines: Coverage[] = [line(CALLS_SOURCE, { count: calls, unit: 'calls' }, lacks)];
  if (retentionInDays !== undefined) lines.push(retentionCoverage(retentionInDays));
  if (rowsByHour !== undefined) {
    const logged = new Set(rowsByHour.map(({ date }) => date)).size;
    const gaps = sentences([partial.days ?? gapSentences(days), contradicted(differs.days)]);
    lines.push(line(DAYS_SOURCE, { count: logged, unit: 'days with rows' }, gaps));
  }
  if (!departureKnown(reading)) {
    const unknown = line('entra/departure', { count: 0, unit: 'dates' }, unknownDeparture(reading));
    const missing = reading.departureDenied;
    lines.push(missing === undefined ? unknown : { ...unknown, state: 'denied', missingPermission: missing });
  }
  if (comparison === undefined) {
    const detail = `Fewer than ${LEAST_BASELINE_DAYS} logged days before the final ones lie within the last ${WINDOW_DAYS} days, so there is no pattern to compare with.`;
    lines.push(line('log-analytics/baseline', { count: 0, unit: 'comparisons' }, detail));
  }
  return lines;
}

/** Whether somebody says when the person left, or that they have not left yet; a deletion alone does not. */
export function departureKnown({ window: { told } }: Pick<AuditReading, 'window'>): boolean {
  return (told.known ?? told.toCome) !== undefined;
}

function unknownDeparture({ window: { told } }: AuditReading): string {
  const rest =
    'so calls after it cannot be told from others; a deletion says only when IT came to it. Answer on the case when the last day was: offboard case answer <case> last-day --day <day> (POST /api/cases/{id}/answers).';
  const refused = othersSentence(told);
  return refused === ''
    ? `Neither HR nor Entra says when the last day was, ${rest}`
    : `${refused} When the person left is not known, ${rest}`;
}

function contradicted(said: Contradictions['calls']): string | undefined {
  if (said.length === 0) return undefined;
  return `Two readings of the log contradict each other: ${said.join(' ')} Something was not read; open the case again.`;
}

function sentences(said: readonly (string | undefined)[]): string | undefined {
  const all = said.filter((each) => each !== undefined);
  return all.length === 0 ? undefined : all.join(' ');
}

function unnamedSentence(count: number): string {
  return `${counted(count, 'row of the log names', 'rows of the log name')} no caller (empty or pseudonymised), so any of them may be the leaver’s. Have the gateway log the object id (caller_oid) of every call.`;
}

function gapSentences({ gapDays, silences }: DaysOfEvidence): string | undefined {
  const days = `On ${counted(gapDays.length, 'day')} nobody at all left a row (${dateRanges(gapDays)}): the log stood still, or nobody worked. Find out which.`;
  return sentences([
    gapDays.length > 0 ? days : undefined,
    silences.length > 0 ? silenceSentence(silences) : undefined,
  ]);
}

/** Whether the table keeps as many days as the audit looks back. */
export function retentionCoverage(retentionInDays: number): Coverage {
  const kept = Math.max(0, Math.min(retentionInDays, WINDOW_DAYS));
  const short = `The table keeps ${kept} of ${WINDOW_DAYS} days; what was called before is not known. Set its retention to at least ${WINDOW_DAYS} days.`;
  return line(RETENTION_SOURCE, { count: kept, unit: 'days' }, kept < WINDOW_DAYS ? short : undefined);
}

function line(source: string, looked: Coverage['looked'], fault: string | undefined): Coverage {
  return fault === undefined
    ? { source, state: 'complete', looked }
    : { source, state: 'partial', looked, detail: fault };
}
