import type { Evidence, Finding, ResourceRef } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import { counted } from '../../../cases/words/wording.ts';
import type { Leaver } from '../../../people/leaver.ts';
import type { AuditFacts } from './audit-facts.ts';
import { localClock } from './calendar/business-calendar.ts';
import type { Judgement } from './verdict/judge-activity.ts';

/** What a person must look at: calls after the departure, and each sign that the last days were unusual. */
export function auditFindings(
  { facts, signs, related, otherDays }: Judgement,
  leaver: Leaver,
  workspaceId: string,
): Finding[] {
  const resource: ResourceRef = {
    system: 'log-analytics',
    type: 'table',
    id: `${workspaceId}/${facts.table}`,
    name: facts.table,
  };
  const who = leaver.displayName ?? leaver.userPrincipalName ?? leaver.oid;
  // Whoever reads of an incident must know that not everybody tells the same last day.
  const doubt = otherDays === '' ? '' : ` ${otherDays}`;
  const unusual = signs.map(
    ({ kind, sentence, severity }): Finding => ({
      id: findingId('activity-audit', kind, leaver.oid),
      step: 'activity-audit',
      kind,
      title: `Unusual activity of ${who} before the departure`,
      resource,
      severity,
      status: 'manual-action',
      reason: `${sentence} Ask the manager whether this was work; if not, treat it as an incident.`,
      evidence: evidenceOf(facts, kind),
    }),
  );
  const tied = related.flatMap((each) => relatedFinding(each, facts, who, resource, doubt));
  const own = facts.afterDeparture.calls === 0 ? [] : [afterDeparture(facts, leaver, who, resource, doubt)];
  return [...own, ...tied, ...unusual];
}

/** An identity that trusted the leaver and called after the departure: a pipeline at work, or the leaver through it. */
function relatedFinding(
  { principal, sentence }: Judgement['related'][number],
  facts: AuditFacts,
  who: string,
  resource: ResourceRef,
  doubt: string,
): Finding[] {
  if (sentence === undefined) return [];
  const { name, oid, callsAfterDeparture: calls, after, lastCall } = principal;
  const changed = after === 'changed';
  return [
    {
      id: findingId('activity-audit', 'related-after-departure', oid),
      step: 'activity-audit',
      kind: 'related-after-departure',
      title: `${counted(calls, 'call')} by ${name}, which trusted ${who}, after the departure`,
      resource,
      severity: changed ? 'critical' : 'medium',
      ...(changed ? { incident: true } : {}),
      status: 'manual-action',
      reason: changed
        ? `${sentence} Whoever could run as ${who} could run as this identity. Find the runs behind the calls (KQL: ${facts.table} | where caller_oid_s =~ "${oid}"), and treat them as an incident until somebody answers for them.${doubt}`
        : `${sentence} Have the owner of the pipeline say that these runs were theirs (KQL: ${facts.table} | where caller_oid_s =~ "${oid}").${doubt}`,
      evidence: {
        identity: name,
        oid,
        callsAfterDeparture: calls,
        lastCall: lastCall === undefined ? '' : localClock(new Date(lastCall), facts.timeZone),
        timeZone: facts.timeZone,
        lastDay: facts.lastDay ?? null,
        pattern: changed ? 'changed after the departure' : 'as before the departure',
      },
    },
  ];
}

function afterDeparture(facts: AuditFacts, leaver: Leaver, who: string, resource: ResourceRef, doubt: string): Finding {
  const { calls, distinctResources, distinctDirectories, firstCall, lastCall } = facts.afterDeparture;
  const local = (at: string | undefined): string => (at === undefined ? '' : localClock(new Date(at), facts.timeZone));
  const alerts = facts.detections.filter((hit) => hit.afterDeparture);
  return {
    id: findingId('activity-audit', 'after-departure', leaver.oid),
    step: 'activity-audit',
    kind: 'after-departure',
    title: `${counted(calls, 'call')} as ${who} after the departure reached ${counted(distinctResources, 'resource')} in ${counted(distinctDirectories, 'directory', 'directories')}`,
    resource,
    severity: 'critical',
    incident: true,
    status: 'manual-action',
    reason:
      'Something acted as this person after the last day, and may still. Find the machine behind the calls (KQL: ' +
      `${facts.table} | where caller_oid_s =~ "${leaver.oid}"; the runner findings may name it), keep its logs, and ` +
      `treat it as an incident.${doubt}`,
    evidence: {
      calls,
      resources: distinctResources,
      directories: distinctDirectories,
      firstCall: local(firstCall),
      lastCall: local(lastCall),
      timeZone: facts.timeZone,
      lastDay: facts.lastDay ?? null,
      days: facts.days.filter((day) => day.callsAfterDeparture > 0).length,
      hours: hoursAfter(facts),
      alerts: alerts.map((hit) => `${hit.detection} at ${hit.local}: ${counted(hit.calls, 'call')}`),
    },
  };
}

/** The hours of the day that the calls fell into: `02:00 (895)`. */
function hoursAfter({ hourOfWeek }: AuditFacts): string[] {
  const cells = hourOfWeek.after.flatMap((day) => day.map((calls, hour) => ({ calls, hour })));
  return [...Map.groupBy(cells, ({ hour }) => hour)].flatMap(([hour, own]) => {
    const total = own.reduce((sum, { calls }) => sum + calls, 0);
    return total === 0 ? [] : [`${String(hour).padStart(2, '0')}:00 (${total})`];
  });
}

function evidenceOf(facts: AuditFacts, kind: string): Evidence {
  const hits = facts.detections.filter((hit) => hit.detection === kind && !hit.afterDeparture);
  if (hits.length > 0) return { windows: hits.map(({ local, calls }) => `${local}: ${counted(calls, 'call')}`) };
  const { comparison } = facts;
  if (comparison === undefined) return {};
  const { final, baseline } = comparison;
  return {
    finalCalls: final.calls,
    finalDays: final.days,
    finalDirectories: final.distinctDirectories,
    baselineCalls: baseline.calls,
    baselineDays: baseline.days,
    baselineDirectories: baseline.distinctDirectories,
  };
}
