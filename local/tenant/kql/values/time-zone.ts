import { offsetAt } from '../../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';

const QUARTER_HOUR = 900_000;
const offsets = new Map<string, Map<number, number>>();

/**
 * The wall clock of a zone as a UTC datetime, which is how KQL holds local times. Offsets change only at full
 * quarter hours of UTC, so each is looked up once: formatting a hundred thousand rows would take seconds.
 */
export function utcToLocal(instant: Date, timeZone: string): Date {
  let ofZone = offsets.get(timeZone);
  if (ofZone === undefined) {
    ofZone = new Map();
    offsets.set(timeZone, ofZone);
  }
  const quarter = Math.floor(instant.getTime() / QUARTER_HOUR);
  let offset = ofZone.get(quarter);
  if (offset === undefined) {
    offset = offsetAt(new Date(quarter * QUARTER_HOUR), timeZone);
    ofZone.set(quarter, offset);
  }
  return new Date(instant.getTime() + offset);
}
