import type { Finding } from '../../../cases/finding.ts';
import type { Leaver } from '../../../people/leaver.ts';
import { departureOf } from '../../activity-audit/rules/calendar/audit-window.ts';

/** What says when somebody has left: the business's clock, and how long tokens outlive a deletion. */
export interface DepartureRule {
  readonly timeZone: string;
  readonly tokenLifetimeMinutes: number;
}

/**
 * A credential or schedule of a proved account that was used after the departure: something acted as the leaver, which
 * is an incident, whatever becomes of the credential. The vendor's last use is exact to the day at times (GitHub's
 * authorised credentials), so that a use on the last day itself says nothing.
 */
export function usedAfterDeparture(finding: Finding, leaver: Leaver, rule: DepartureRule): Finding {
  const used = finding.evidence.lastUsedAt ?? finding.evidence.lastRunAt;
  const left = departureOf(leaver, rule.timeZone, rule.tokenLifetimeMinutes);
  if (left === undefined || typeof used !== 'string' || !isProved(finding, leaver)) return finding;
  if (!(Date.parse(used) > left.departure.getTime())) return finding;
  const when = `${used.slice(0, 10)}, after the last day (${left.lastDay}): something acts as the leaver.`;
  // A schedule is nothing that somebody holds: the vendor starts it.
  const told =
    finding.evidence.lastRunAt === undefined ? `It was used on ${when} Find what holds it.` : `It last ran on ${when}`;
  const reason = `${told} ${finding.reason}`;
  return { ...finding, incident: true, severity: 'critical', reason };
}

function isProved({ evidence }: Finding, { github }: Leaver): boolean {
  const own = github.filter(({ id, login }) => evidence.actorId === id || evidence.login === login);
  return own.length > 0 && own.every(({ confidence }) => confidence === 'proved');
}
