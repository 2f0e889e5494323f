import assert from 'node:assert/strict';
import { test } from 'node:test';

import { WHEN, whenInstead, whenToStart } from '../../../src/api/routes/parts/when-to-start.ts';

const settings = { BUSINESS_TIME_ZONE: 'Europe/Berlin', LAST_DAY_ENDS: '18:00' };
/** Half past midnight in Berlin, still the day before in London. */
const now = new Date('2026-12-01T23:30:00Z');
type Body = Parameters<typeof whenToStart>[0];
type Told = ReturnType<typeof whenToStart> | ReturnType<typeof whenInstead>;
const shown = (told: Told): string | undefined => ('errors' in told ? told.errors[0]?.pointer : told.startsAt);

/** [what, the body, when a case of it starts, when a scheduled one starts that is moved to it]. `undefined`: now. */
const BODIES: readonly (readonly [string, Body, string | undefined, string])[] = [
  ['nothing', {}, undefined, '/lastDay'],
  ['yesterday', { lastDay: '2026-12-01' }, undefined, '/lastDay'],
  ['today', { lastDay: '2026-12-02' }, undefined, '2026-12-02T17:00:00.000Z'],
  [
    'today at a time of day',
    { lastDay: '2026-12-02', timeOfDay: '09:15' },
    '2026-12-02T08:15:00.000Z',
    '2026-12-02T08:15:00.000Z',
  ],
  ['today at a time that has passed', { lastDay: '2026-12-02', timeOfDay: '00:15' }, undefined, '/lastDay'],
  [
    'today, which is tomorrow in London',
    { lastDay: '2026-12-02', zone: 'Europe/London' },
    '2026-12-02T18:00:00.000Z',
    '2026-12-02T18:00:00.000Z',
  ],
  ['a day to come', { lastDay: '2027-06-30' }, '2027-06-30T16:00:00.000Z', '2027-06-30T16:00:00.000Z'],
  ['a day to come, but now', { lastDay: '2027-06-30', when: 'now' }, undefined, '/when'],
  [
    'an instant, before the last day',
    { lastDay: '2027-06-30', when: '2026-12-24T12:00:00+01:00' },
    '2026-12-24T11:00:00.000Z',
    '2026-12-24T11:00:00.000Z',
  ],
  ['an instant that has passed', { when: '2025-12-24T12:00:00Z' }, '/when', '/when'],
  ['a year that nobody means', { lastDay: '2062-12-02' }, '/lastDay', '/lastDay'],
  ['a time of day without a day', { timeOfDay: '09:15' }, '/timeOfDay', '/lastDay'],
  ['a zone beside an instant', { lastDay: '2027-06-30', zone: 'UTC', when: '2026-12-24T12:00:00Z' }, '/zone', '/zone'],
];
test('a zone is the name of one: an offset, or an instant with a zone in it, is none', () => {
  const isZone = (zone: string): boolean => WHEN.zone.safeParse(zone).success;
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
  assert.deepEqual(zones.filter(isZone), zones);
  const wrong = ['+02:00', '-05', '2026-12-31T00:00[Asia/Tokyo]', 'W. Europe Standard Time', 'Mars/Olympus', ''];
  assert.deepEqual(wrong.filter(isZone), []);
});

for (const [what, body, opened, moved] of BODIES) {
  test(`${what}: a case starts ${opened ?? 'now'}, and one that waits is moved to ${moved}`, () => {
    assert.equal(shown(whenToStart(body, settings, now)), opened);
    assert.equal(shown(whenInstead(body, settings, now)), moved);
  });
}
