import { counted } from '../../../../cases/words/wording.ts';
import { type AuditWindow, WINDOW_DAYS } from '../calendar/audit-window.ts';
import { addDays, localClock, startOfDay } from '../calendar/business-calendar.ts';
import { othersSentence } from '../calendar/last-days.ts';
import type { WeighedReading } from './weighed-reading.ts';

/** What a verdict rests on, in sentences that an auditor can check: whose word, which rows, and what is missing. */
export function verdictBasis(
  { window, relatedPrincipals, days: { retainedDays, gapDays, silences }, unattributed }: WeighedReading,
  contradictions: readonly string[],
): string {
  const missing = [
    ...(gapDays.length > 0 ? [`${counted(gapDays.length, 'day')} without any row`] : []),
    ...(silences.length > 0 ? [`${counted(silences.length, 'silence')} of the log where rows were usual`] : []),
    ...(unattributed > 0 ? [`${counted(unattributed, 'row')} without a caller`] : []),
    ...(contradictions.length > 0 ? ['readings of the log that contradict each other'] : []),
  ];
  const against = missing.length === 0 ? 'no gap was found in the log' : `against it stand ${missing.join(', ')}`;
  const others =
    relatedPrincipals.length === 0
      ? ''
      : ` and those of ${counted(relatedPrincipals.length, 'identity', 'identities')} that trusted the leaver`;
  return `${departureWords(window)} The verdict rests on the calls by the leaver’s object id (by name where no id was logged)${others}, in ${retainedDays} of ${WINDOW_DAYS} days; ${against}.`;
}

/** Which day it was and whose word that is; and who says another. */
function departureWords(window: AuditWindow): string {
  const { departure, timeZone, told } = window;
  const from =
    departure === undefined
      ? ''
      : `, so a call counts as after the departure from ${localClock(departure, timeZone)} ${timeZone} on`;
  return [`${lastDayWords(window)}${from}.`, othersSentence(told)].filter((each) => each !== '').join(' ');
}

function lastDayWords({ lastDay, departure, timeZone, told: { known, toCome } }: AuditWindow): string {
  if (known !== undefined) {
    const deleted = departure !== undefined && departure < startOfDay(addDays(known.day, 1), timeZone);
    return `The last day is ${known.day}, told by ${known.by}${deleted ? ', and the account was deleted on it' : ''}`;
  }
  if (toCome !== undefined) {
    return `The last day is still to come (${toCome.day}, told by ${toCome.by}), so no call is after it`;
  }
  return lastDay === undefined
    ? 'Nobody says when the last day was'
    : `The account was deleted on ${lastDay}, and nobody says when the person left`;
}
