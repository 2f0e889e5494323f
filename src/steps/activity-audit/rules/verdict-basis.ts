import { counted } from '../../../cases/wording.ts';
import type { AuditReading } from './audit-reading.ts';
import { WINDOW_DAYS } from './audit-window.ts';
import { localClock } from './business-calendar.ts';
import type { DaysOfEvidence } from './days-of-evidence.ts';

/** What a verdict rests on, in two sentences that an auditor can check: whose word, which rows, and what is missing. */
export function verdictBasis(
  { window, departureKnown, toldBy, relatedPrincipals }: AuditReading,
  { retainedDays, gapDays, silences }: DaysOfEvidence,
  unattributed: number,
): string {
  const { departure, lastDay, timeZone } = window;
  const from =
    departure === undefined
      ? ''
      : `, so a call counts as after the departure from ${localClock(departure, timeZone)} ${timeZone} on`;
  const word =
    lastDay === undefined
      ? departureKnown
        ? 'The last day is still to come, so no call is after it'
        : 'Nobody says when the last day was'
      : departureKnown
        ? `The last day is ${lastDay}, told by ${toldBy}${from}`
        : `The account was deleted on ${lastDay}, and nobody says when the last day was${from}`;
  const missing = [
    ...(gapDays.length > 0 ? [`${counted(gapDays.length, 'day')} without any row`] : []),
    ...(silences.length > 0 ? [`${counted(silences.length, 'silence')} of the log where rows were usual`] : []),
    ...(unattributed > 0 ? [`${counted(unattributed, 'row')} without a caller`] : []),
  ];
  const against = missing.length === 0 ? 'no gap was found in the log' : `against it stand ${missing.join(', ')}`;
  const others =
    relatedPrincipals.length === 0
      ? ''
      : ` and those of ${counted(relatedPrincipals.length, 'identity', 'identities')} that trusted the leaver`;
  return `${word}. The verdict rests on the calls by the leaver’s object id (by name where no id was logged)${others}, in ${retainedDays} of ${WINDOW_DAYS} days; ${against}.`;
}
