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
  const end =
    departure === undefined
      ? ''
      : ` a call counts as after the departure from ${localClock(departure, timeZone)} ${timeZone} on`;
  const word =
    lastDay === undefined
      ? departureKnown
        ? 'the last day is still to come, so no call is after it'
        : 'nobody says when the last day was'
      : departureKnown
        ? `the last day ${lastDay}, told by ${toldBy};${end}`
        : `the deletion on ${lastDay} alone, because nobody says when the last day was;${end}`;
  const missing = [
    ...(gapDays.length > 0 ? [`${gapDays.length} days without any row`] : []),
    ...(silences.length > 0 ? [`${silences.length} silences of the log where rows were usual`] : []),
    ...(unattributed > 0 ? [`${unattributed} rows that name no caller`] : []),
  ];
  const against = missing.length === 0 ? 'no gap was found in the log' : `against it stand ${missing.join(', ')}`;
  const others =
    relatedPrincipals.length === 0 ? '' : ` and of ${relatedPrincipals.length} identities that trusted them`;
  return `It rests on ${word}; on the calls by the leaver’s object id, and by their name where no id was logged,${others === '' ? '' : `${others},`} in ${retainedDays} of ${WINDOW_DAYS} days; ${against}.`;
}
