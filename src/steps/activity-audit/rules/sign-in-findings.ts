import type { Finding } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import { counted, listed } from '../../../cases/words/wording.ts';
import type { SignIn } from '../../../connectors/graph/logs/sign-ins.ts';
import type { Leaver } from '../../../people/leaver.ts';
import { localClock } from './calendar/business-calendar.ts';

/** Sign-ins of the leaver after the departure: beside the gateway's log, which knows calls of MCP tools alone. */
export function signInFindings(
  signIns: readonly SignIn[],
  leaver: Pick<Leaver, 'oid' | 'displayName'>,
  timeZone: string,
): Finding[] {
  const [first, ...later] = signIns.map(({ at }) => at).toSorted();
  if (first === undefined) return [];
  const last = later.at(-1) ?? first;
  const who = leaver.displayName ?? leaver.oid;
  const typed = signIns.filter(({ how }) => how === 'interactive').length;
  const applications = [...new Set(signIns.map(({ application }) => application))];
  return [
    {
      id: findingId('activity-audit', 'sign-in-after-departure', leaver.oid),
      step: 'activity-audit',
      kind: 'sign-in-after-departure',
      title: `${who} signed in ${counted(signIns.length, 'time')} after the departure`,
      resource: { system: 'entra', type: 'user', id: leaver.oid, name: who },
      severity: typed > 0 ? 'high' : 'medium',
      ...(typed > 0 ? { incident: true } : {}),
      status: 'manual-action',
      reason:
        typed > 0
          ? `Somebody signed in as this person, to ${listed(applications)}, and not by a token that was there before. Find out who it was in the account’s sign-in logs, and treat it as an incident.`
          : `Only tokens that were there before were renewed, for ${listed(applications)}: a phone or a program that nobody signed out. Find the device in the account’s sign-in logs; containment has revoked its tokens.`,
      evidence: {
        interactive: typed,
        silent: signIns.length - typed,
        first: localClock(new Date(first), timeZone),
        last: localClock(new Date(last), timeZone),
        timeZone,
        applications,
      },
    },
  ];
}
