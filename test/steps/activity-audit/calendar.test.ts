import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallerActivity, HourOfRows } from '../../../src/connectors/audit-log/activity.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { weekday } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import { daysOfEvidence, provenDays } from '../../../src/steps/activity-audit/rules/calendar/days-of-evidence.ts';
import {
  type Leaving,
  lastDays,
  othersSentence,
  recordedDay,
} from '../../../src/steps/activity-audit/rules/calendar/last-days.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const PARIS = 'Europe/Paris';
const told = (leaver: Leaving) => lastDays(leaver, NOW, PARIS);
const answered = { day: '2026-11-12', by: 'answer 3' };

const LAST: readonly (readonly [
  what: string,
  Leaving,
  known?: string | undefined,
  toCome?: string | undefined,
  others?: readonly string[],
])[] = [
  ['nobody says one', {}],
  ['the request does', { lastDay: '2026-11-20' }, '2026-11-20'],
  ['today is one', { lastDay: '2026-11-23' }, '2026-11-23'],
  [
    'of two the earliest judges',
    { lastDay: '2026-11-20', leaveAt: '2026-11-10T12:00:00Z' },
    '2026-11-10',
    undefined,
    ['2026-11-20'],
  ],
  ['it is still to come, and the account is enabled', { lastDay: '2026-11-30' }, undefined, '2026-11-30'],
  ['the account cannot be read', { lastDay: '2026-11-30', state: 'unreadable' }, undefined, '2026-11-30'],
  [
    'it is still to come, and the account is disabled',
    { lastDay: '2026-11-30', state: 'disabled' },
    undefined,
    undefined,
    ['2026-11-30'],
  ],
  [
    'it is after the deletion',
    { lastDay: '2026-11-20', deletedAt: '2026-11-15T10:00:00Z', state: 'soft-deleted' },
    undefined,
    undefined,
    ['2026-11-20'],
  ],
  [
    'it is the day of the deletion',
    { lastDay: '2026-11-15', deletedAt: '2026-11-15T10:00:00Z', state: 'soft-deleted' },
    '2026-11-15',
  ],
  [
    'an answer counts before both',
    { lastDay: '2026-11-10', answeredLastDay: answered },
    '2026-11-12',
    undefined,
    ['2026-11-10'],
  ],
  ['an answer that is still to come', { answeredLastDay: { ...answered, day: '2026-11-30' } }, undefined, '2026-11-30'],
  ['an answer of today', { answeredLastDay: { ...answered, day: '2026-11-23' } }, '2026-11-23'],
  ['an answer that says the same', { lastDay: answered.day, answeredLastDay: answered }, answered.day],
  ['today is one, and the account is disabled', { lastDay: '2026-11-23', state: 'disabled' }, '2026-11-23'],
  [
    'of two that are still to come the earlier judges',
    { lastDay: '2026-12-05', leaveAt: '2026-11-30T12:00:00Z' },
    undefined,
    '2026-11-30',
    ['2026-12-05'],
  ],
  [
    'an answer that cannot be the last day counts for nothing',
    { lastDay: '2026-11-10', deletedAt: '2026-11-11T10:00:00Z', state: 'gone', answeredLastDay: answered },
    '2026-11-10',
    undefined,
    ['2026-11-12'],
  ],
];
for (const [what, leaver, known, toCome, others = []] of LAST) {
  test(`the last day: ${what}`, () => {
    const days = told(leaver);
    assert.deepEqual([days.known?.day, days.toCome?.day, days.others.map(({ day }) => day)], [known, toCome, others]);
  });
}

test('a day that does not judge is told with whose word it is, and why it does not', () => {
  assert.equal(othersSentence(told({ lastDay: '2026-11-20' })), '');
  assert.equal(
    othersSentence(told({ lastDay: '2026-11-20', leaveAt: '2026-11-10T12:00:00Z' })),
    'Whoever asked for the case says 2026-11-20. The earliest counts: find out which is right.',
  );
  assert.equal(
    othersSentence(told({ leaveAt: '2026-11-30T12:00:00Z', state: 'disabled' })),
    'Entra says 2026-11-30, which is still to come, although the account is disabled.',
  );
  assert.match(
    othersSentence(told({ lastDay: '2026-11-20', deletedAt: '2026-11-15T10:00:00Z', state: 'gone' })),
    /which is after the account was deleted \(2026-11-15\)\.$/,
  );
  assert.match(othersSentence(told({ lastDay: '2026-11-10', answeredLastDay: answered })), /The answer counts\.$/);
  assert.equal(
    othersSentence(told({ lastDay: '2026-12-05', leaveAt: '2026-11-30T12:00:00Z' })),
    'Whoever asked for the case says 2026-12-05. The earliest counts: find out which is right.',
  );
  const toCome = { ...answered, day: '2026-11-30' };
  assert.match(othersSentence(told({ lastDay: '2026-11-10', answeredLastDay: toCome })), /The answer counts\.$/);
});

test('the last minute of a day, as systems write it that know only days, is that day everywhere', () => {
  assert.equal(recordedDay('2026-11-20T23:59:59Z', 'Asia/Tokyo'), '2026-11-20');
  assert.equal(recordedDay('2026-11-20T22:30:00Z', PARIS), '2026-11-20');
  assert.equal(recordedDay('2026-11-20T23:30:00Z', PARIS), '2026-11-21');
  assert.equal(recordedDay('2026-11-20T23:59:00Z', 'America/New_York'), '2026-11-20');
});

const window = auditWindow({}, NOW, PARIS, 90);
const NOBODY: CallerActivity = { hours: [], relatedHours: [], totals: [], detections: [], calls: [] };
const rowsOn = (date: string): HourOfRows => ({
  ...{ date, hour: 10, server: 'github', rows: 10, byOthers: 10 },
  unattributed: 0,
});
const WORKING = window.dates.filter((date) => weekday(date) < 5);
const evidence = (more: Partial<Parameters<typeof daysOfEvidence>[0]>) =>
  daysOfEvidence({ window, activity: NOBODY, retentionInDays: 90, ...more });

test('a working day on which nobody left a row is a gap, a weekend is quiet, and today is not over', () => {
  const days = evidence({
    rowsByHour: WORKING.filter((date) => date !== '2026-11-18' && date !== '2026-11-23').map(rowsOn),
  });
  assert.deepEqual(days.gapDays, ['2026-11-18']);
  const of = (date: string) => days.evidence.get(date);
  assert.deepEqual(['2026-11-17', '2026-11-18', '2026-11-21', '2026-11-23'].map(of), ['rows', 'gap', 'quiet', 'quiet']);
  assert.deepEqual(days.silences, []);
  assert.deepEqual(provenDays(['2026-11-17', '2026-11-18', '2026-11-21'], days), ['2026-11-17', '2026-11-21']);
});

test('a day that is told as a gap is no silence besides', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const dates = window.dates.filter((date) => date !== '2026-10-07');
  const days = evidence({ rowsByHour: dates.flatMap((date) => hours.map((hour) => ({ ...rowsOn(date), hour }))) });
  assert.deepEqual([days.gapDays, days.silences], [['2026-10-07'], []]);
});

test('a weekend is a gap where most of them have rows', () => {
  const days = evidence({ rowsByHour: window.dates.filter((date) => date !== '2026-11-21').map(rowsOn) });
  assert.deepEqual(days.gapDays, ['2026-11-21']);
});

test('where half of the Saturdays have rows, one without is quiet', () => {
  const saturday = window.dates.filter((date) => weekday(date) === 5).at(-1) ?? assert.fail();
  const days = evidence({ retentionInDays: 14, rowsByHour: [...WORKING, saturday].map(rowsOn) });
  assert.deepEqual(days.gapDays, []);
});

test('a working day is a gap however often it has no row', () => {
  const fridays = WORKING.filter((date) => weekday(date) === 4);
  const days = evidence({ rowsByHour: WORKING.filter((date) => weekday(date) !== 4).map(rowsOn) });
  assert.deepEqual(days.gapDays, fridays);
});

test('where nobody could read the days, only those with calls of theirs are known to be logged', () => {
  const { rowsByHour: _, ...unread } = { rowsByHour: [] };
  const hours = [{ date: '2026-11-18', hour: 10, period: 'final' as const, calls: 1 }];
  const days = evidence({ ...unread, activity: { ...NOBODY, hours } });
  assert.equal(days.evidence.get('2026-11-18'), 'rows');
  assert.equal(days.evidence.get('2026-11-21'), 'gap', 'a weekend is no proof either');
  assert.equal(days.gapDays.length, 88);
});

test('what the table does not keep is no evidence, and no gap', () => {
  const days = evidence({ retentionInDays: 30, rowsByHour: WORKING.map(rowsOn) });
  assert.equal(days.retainedDays, 30);
  assert.equal([...days.evidence.values()].filter((each) => each === 'not-retained').length, 60);
  const { retentionInDays: _, ...unknown } = { retentionInDays: 30 };
  const unread = daysOfEvidence({ window, activity: NOBODY, ...unknown, rowsByHour: [rowsOn('2026-11-14')] });
  assert.equal(unread.retainedDays, 10, 'as far back as the oldest row');
});
