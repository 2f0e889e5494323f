import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DateTime } from 'luxon';
import { leavesAt } from '../../../src/cases/following/leaves-at.ts';
import { fc } from '../../support/properties.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const DAY_MS = 86_400_000;
const STEP_MS = 15 * 60_000;
/** No clock was ever set back by more than a day (Kwajalein and Samoa moved across the date line). */
const LOOKED_BACK_MS = DAY_MS + 2 * 3_600_000;

/** What calendar and clock show, by another library than the one that the app asks. */
const shown = (ms: number, zone: string): string =>
  String(DateTime.fromMillis(ms, { zone }).toISO({ includeOffset: false, precision: 'milliseconds' }));

/** The first instant at which the clocks of the zone show this time or a later one. */
function assertFirst(lastDay: string, timeOfDay: string, zone: string): void {
  const told = leavesAt({ lastDay, timeOfDay, zone });
  const at = Date.parse(told);
  const asked = `${lastDay}T${timeOfDay}:00.000`;
  const about = `${asked} in ${zone}: ${told}`;
  assert.ok(shown(at, zone) >= asked, `${about} is too early`);
  for (let before = 1; before <= LOOKED_BACK_MS; before += STEP_MS) {
    assert.ok(shown(at - before, zone) < asked, `${about}, but ${before} ms before it was that time`);
  }
}

const aZone = fc.constantFrom(...ZONES);
const twoDigits = (value: number): string => String(value).padStart(2, '0');
const aTime = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${twoDigits(hour)}:${twoDigits(minute)}`);
const aDay = fc
  .integer({ min: Date.UTC(1990, 0, 1) / DAY_MS, max: Date.UTC(2037, 11, 31) / DAY_MS })
  .map((days) => new Date(days * DAY_MS).toISOString().slice(0, 10));

test('on any day, in any zone, it is the first instant at which the clocks show that time', () => {
  fc.assert(fc.property(aDay, aTime, aZone, assertFirst), { numRuns: 100 });
});

/** The days around a change of the clocks in the year, by the other library. */
function daysOfChange(zone: string, year: number): string[] {
  const offset = (ms: number): number => DateTime.fromMillis(ms, { zone }).offset;
  const days: string[] = [];
  for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += DAY_MS) {
    if (offset(ms) !== offset(ms + DAY_MS))
      days.push(shown(ms, zone).slice(0, 10), shown(ms + DAY_MS, zone).slice(0, 10));
  }
  return days;
}

const aChange = fc
  .tuple(aZone, fc.integer({ min: 1990, max: 2037 }))
  .map(([zone, year]) => ({ zone, days: daysOfChange(zone, year) }))
  .filter(({ days }) => days.length > 0);

test('also on the days on which clocks are changed, in the hours around it', () => {
  let gaps = 0;
  let twice = 0;
  const night = fc.tuple(fc.nat(3), fc.nat(59)).map(([hour, minute]) => `${twoDigits(hour)}:${twoDigits(minute)}`);
  fc.assert(
    fc.property(aChange, fc.nat(), fc.array(night, { minLength: 4, maxLength: 4 }), ({ zone, days }, which, times) => {
      const day = days[which % days.length] ?? '';
      for (const time of times) {
        assertFirst(day, time, zone);
        const at = Date.parse(leavesAt({ lastDay: day, timeOfDay: time, zone }));
        if (!shown(at, zone).startsWith(`${day}T${time}`)) gaps += 1;
        if (shown(at + 3_600_000, zone) === shown(at, zone)) twice += 1;
      }
    }),
    { numRuns: 150, seed: 7 },
  );
  assert.ok(gaps > 5 && twice > 5, `of gaps there were ${gaps}, of times that came twice ${twice}`);
});

const KNOWN: readonly (readonly [
  what: string,
  lastDay: string,
  timeOfDay: string | undefined,
  zone: string,
  at: string,
])[] = [
  ['without a time of day: when work ends', '2026-12-31', undefined, 'Europe/Berlin', '2026-12-31T17:00:00.000Z'],
  ['half past two, which Berlin skips in spring', '2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  [
    'half past two, which Berlin has twice in autumn',
    '2026-10-25',
    '02:30',
    'Europe/Berlin',
    '2026-10-25T00:30:00.000Z',
  ],
  ['half an hour that Lord Howe skips', '2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
  ['a midnight that Cairo skips', '2026-04-24', '00:00', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
  ['a day that Samoa left out', '2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  [
    'the last minute of a year, as far ahead as it gets',
    '2026-12-31',
    '23:59',
    'Pacific/Kiritimati',
    '2026-12-31T09:59:00.000Z',
  ],
];
for (const [what, lastDay, timeOfDay, zone, at] of KNOWN) {
  test(`${what}: ${at}`, () => {
    assert.equal(leavesAt({ lastDay, zone, ...(timeOfDay === undefined ? {} : { timeOfDay }) }), at);
  });
}

for (const [what, wrong] of [
  ['a day that no calendar has', { lastDay: '2026-02-30', zone: 'UTC' }],
  ['a time that no clock shows', { lastDay: '2026-02-27', timeOfDay: '24:00', zone: 'UTC' }],
  ['a zone that nobody knows', { lastDay: '2026-02-27', zone: 'Mars/Olympus' }],
] as const) {
  test(`${what} is an error, not a guess`, () => {
    assert.throws(() => leavesAt(wrong), RangeError);
  });
}
