import type { CallerActivity } from '../../../../connectors/audit-log/activity.ts';
import { redactedStart, redactSecrets } from '../../../../credentials/redact-secrets.ts';
import { departureKnown } from '../audit-coverage.ts';
import type { AuditDay, AuditDetection, AuditFacts, AuditRow, HourOfWeek, RelatedPrincipal } from '../audit-facts.ts';
import type { AuditReading } from '../audit-reading.ts';
import { type AuditWindow, WINDOW_DAYS } from '../calendar/audit-window.ts';
import { type LocalDate, localClock, weekday } from '../calendar/business-calendar.ts';
import type { DaysOfEvidence } from '../calendar/days-of-evidence.ts';
import { othersSentence } from '../calendar/last-days.ts';
import { callTotals } from '../call-totals.ts';
import { byCallsAfter, judgeRelated } from '../related-activity.ts';
import { type UnusualSign, unusualSigns } from '../unusual-signs.ts';
import { auditVerdict } from './audit-verdict.ts';
import { verdictBasis } from './verdict-basis.ts';
import { verdictReasons } from './verdict-reasons.ts';
import type { WeighedReading } from './weighed-reading.ts';

/** What the audit says about one leaver. */
export interface Judgement {
  readonly facts: AuditFacts;
  readonly signs: readonly UnusualSign[];
  /** The identities that trusted the leaver, each with what its calls after the departure amount to. */
  readonly related: readonly { readonly principal: RelatedPrincipal; readonly sentence?: string }[];
  /** Other last days that were told, in sentences; empty where there are none. */
  readonly otherDays: string;
}

const MOST_DETECTIONS = 100;
const LONGEST_RESOURCE = 300;

/** Weighs what was read: verdict with reasons, and the series that the report draws. */
export function judgeActivity(reading: WeighedReading, table: string): Judgement {
  const { window, activity, days, comparison, unattributed } = reading;
  const detections = activity.detections.map((hit) => detectionOf(hit, window));
  const signs = unusualSigns(comparison, activity, detections);
  const totals = callTotals(activity, 'leaver', 'all');
  const afterDeparture = callTotals(activity, 'leaver', 'after');
  const differs = Object.values(reading.differs).flat();
  const queriesComplete =
    reading.activityComplete && reading.rowsByHour !== undefined && reading.hoursComplete && differs.length === 0;
  const silent = days.gapDays.length > 0 || days.silences.length > 0 || unattributed > 0;
  const whole = queriesComplete && !silent && reading.retentionInDays !== undefined;
  const verdict = auditVerdict({
    callsAfterDeparture: afterDeparture.calls,
    unusualSigns: signs.length,
    complete: whole && days.retainedDays === WINDOW_DAYS && departureKnown(reading) && comparison !== undefined,
  });
  const related = reading.relatedPrincipals.map((principal) => relatedOf(principal, reading));
  const facts: AuditFacts = {
    verdict,
    reasons: verdictReasons({ verdict, window, totals, afterDeparture, comparison, signs }),
    basis: verdictBasis(reading, differs),
    timeZone: window.timeZone,
    table,
    window: { from: window.from.toISOString(), to: window.to.toISOString(), days: window.dates.length },
    ...(window.lastDay === undefined ? {} : { lastDay: window.lastDay }),
    ...(window.departure === undefined ? {} : { departure: window.departure.toISOString() }),
    days: window.dates.map((date) => dayOf(date, activity, days)),
    hourOfWeek: { before: hourOfWeek(activity, false), after: hourOfWeek(activity, true) },
    totals,
    afterDeparture,
    ...(comparison === undefined ? {} : { comparison }),
    detections: detections.slice(0, MOST_DETECTIONS),
    rows: activity.calls.map((call) => rowOf(call, window)),
    related: related.map(({ principal }) => principal).sort(byCallsAfter),
    coverage: {
      retainedDays: days.retainedDays,
      gapDays: days.gapDays,
      silences: days.silences,
      unattributed,
      queriesComplete,
    },
  };
  return { facts, signs, related, otherDays: othersSentence(window.told) };
}

function dayOf(date: LocalDate, { hours, relatedHours }: CallerActivity, { evidence }: DaysOfEvidence): AuditDay {
  const own = hours.filter((row) => row.date === date);
  return {
    date,
    calls: sum(own),
    callsAfterDeparture: sum(own.filter(({ period }) => period === 'after')),
    relatedCalls: sum(relatedHours.filter((row) => row.date === date)),
    evidence: evidence.get(date) ?? 'gap',
  };
}

function hourOfWeek({ hours }: CallerActivity, after: boolean): HourOfWeek {
  const own = hours.filter(({ period }) => (period === 'after') === after);
  const cells = Map.groupBy(own, ({ date, hour }) => `${weekday(date)} ${hour}`);
  return Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (__, hour) => sum(cells.get(`${day} ${hour}`) ?? [])),
  );
}

function detectionOf(hit: CallerActivity['detections'][number], window: AuditWindow): AuditDetection {
  const { detection, at, calls, directories } = hit;
  const afterDeparture = isAfter(at, window);
  return {
    detection,
    at: at.toISOString(),
    local: localClock(at, window.timeZone),
    calls,
    directories,
    afterDeparture,
  };
}

function rowOf({ at, server, tool, resource, status }: CallerActivity['calls'][number], window: AuditWindow): AuditRow {
  return {
    at: at.toISOString(),
    local: localClock(at, window.timeZone),
    server: redactSecrets(server),
    tool: redactSecrets(tool),
    resource: redactedStart(resource, LONGEST_RESOURCE),
    status: Math.round(status),
    afterDeparture: isAfter(at, window),
  };
}

function relatedOf(
  { oid, name }: AuditReading['relatedPrincipals'][number],
  { window, activity, days }: WeighedReading,
): Judgement['related'][number] {
  const caller = oid.toLowerCase();
  const { after, sentence } = judgeRelated(caller, window, activity, days);
  const principal = {
    oid: caller,
    name,
    ...callTotals(activity, caller, 'all'),
    callsAfterDeparture: callTotals(activity, caller, 'after').calls,
    after,
  };
  return { principal, ...(sentence === undefined ? {} : { sentence }) };
}

function isAfter(at: Date, { departure }: AuditWindow): boolean {
  return departure !== undefined && at > departure;
}

function sum(rows: readonly { readonly calls: number }[]): number {
  return rows.reduce((total, { calls }) => total + calls, 0);
}
