import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditReading } from '../../../src/steps/activity-audit/rules/audit-reading.ts';
import { contradictions } from '../../../src/steps/activity-audit/rules/verdict/contradictions.ts';
import { activity, DATES, EVERYBODY, reading, rowsOn, total, USUAL, window } from './verdict-world.ts';

test('readings that agree contradict nothing', () => {
  assert.deepEqual(contradictions(reading(USUAL)), { calls: [], days: [] });
});

const CONTRADICTED: readonly (readonly [
  what: string,
  reading: AuditReading,
  calls: RegExp | undefined,
  days?: RegExp,
])[] = [
  [
    'sums and hours',
    reading({ ...USUAL, totals: [total('baseline', 55), total('final', 14), total('all', 70)] }),
    /^Of the leaver it lists 69 calls by hour, and 70 in its sums\.$/,
  ],
  [
    'sums and hours of one period, which make up for each other in all',
    reading({ ...USUAL, totals: [total('baseline', 50), total('final', 19), total('all', 69)] }),
    /^Of the leaver it lists 55 calls before the final days by hour, and 50 in its sums\.$/,
  ],
  [
    'sums and hours of the final days alone',
    reading({ ...USUAL, totals: [total('baseline', 55), total('final', 15), total('all', 69)] }),
    /^Of the leaver it lists 14 calls in the final days by hour, and 15 in its sums\.$/,
  ],
  [
    'sums and hours after the departure alone',
    reading({ ...USUAL, totals: [...USUAL.totals, total('after', 1)] }),
    /^Of the leaver it lists 0 calls after the departure by hour, and 1 in its sums\.$/,
  ],
  [
    'sums and hours of an identity',
    reading(
      { ...USUAL, totals: [...USUAL.totals, total('all', 2, 'id-1')] },
      { relatedPrincipals: [{ oid: 'ID-1', name: 'ci' }] },
    ),
    /^Of the identity id-1 it lists 0 calls by hour, and 2 in its sums\.$/,
  ],
  [
    'an hour after the departure that is counted before it',
    reading({
      ...activity({}),
      hours: [{ date: '2026-11-10', hour: 10, period: 'final', calls: 2 }],
      totals: [total('final', 2), total('all', 2)],
    }),
    /^It has 2 calls after the departure among those before it\.$/,
  ],
  [
    'newest calls that the sums lack',
    reading({
      ...activity({}),
      calls: [{ at: new Date('2026-11-10T00:00:00Z'), server: 's', tool: 't', resource: 'r', status: 200 }],
    }),
    /^It shows 1 newest call \(1 after the departure\), more than its sums have\.$/,
  ],
  [
    'newest calls, of which the departure leaves one before it',
    reading({
      ...activity({}),
      calls: ['2026-11-10T00:00:00Z', '2026-11-02T10:00:00Z'].map((at) => ({
        ...{ at: new Date(at), server: 's', tool: 't', resource: 'r', status: 200 },
      })),
    }),
    /^It shows 2 newest calls \(1 after the departure\), more than its sums have\.$/,
  ],
  [
    'rows of theirs in an hour without a call',
    reading(USUAL, { rowsByHour: [...EVERYBODY, rowsOn('2026-11-18', { hour: 3, rows: 4, byOthers: 1 })] }),
    /^By everybody’s hours the leaver has 3 rows in hours in which it lists no call\.$/,
  ],
  [
    'calls on a day without a row',
    reading(USUAL, { rowsByHour: EVERYBODY.filter(({ date }) => date !== DATES.final) }),
    undefined,
    /^It has no row on 1 day on which those who are audited made calls\.$/,
  ],
];
for (const [what, of, calls, days] of CONTRADICTED) {
  test(`two readings contradict each other: ${what}`, () => {
    const said = contradictions(of);
    assert.deepEqual([said.calls.length, said.days.length], [calls === undefined ? 0 : 1, days === undefined ? 0 : 1]);
    if (calls !== undefined) assert.match(said.calls.join(' '), calls);
    if (days !== undefined) assert.match(said.days.join(' '), days);
  });
}

test('what made no call, and what is as many, contradicts nothing', () => {
  const identity = { oid: 'id-1', date: '2026-10-26', hour: 10, period: 'final' as const, calls: 2 };
  const told = activity(
    { final: 1 },
    {
      relatedHours: [identity, { ...identity, oid: 'id-2', calls: 3 }],
      calls: [{ at: new Date('2026-10-26T09:00:00Z'), server: 's', tool: 't', resource: 'r', status: 200 }],
    },
  );
  const [hour] = told.hours;
  assert.ok(hour);
  const nothing = { ...hour, calls: 0 };
  const of = reading(
    {
      ...told,
      hours: [
        ...told.hours,
        // The day of the departure's own instant: by the hour it may lie on either side.
        ...[
          { ...nothing, date: '2026-11-15' },
          { ...nothing, date: '2026-11-21' },
        ],
      ],
      totals: [...told.totals, ...[2, 3].flatMap((calls) => total('final', calls, `id-${calls - 1}`))].concat(
        [2, 3].flatMap((calls) => total('all', calls, `id-${calls - 1}`)),
      ),
    },
    { relatedPrincipals: ['id-1', 'ID-2'].map((oid) => ({ oid, name: oid })) },
  );
  assert.deepEqual(contradictions(of), { calls: [], days: [] });
});

test('a call at the very instant of the departure is before it, and so is an hour of that day', () => {
  const at = window.departure ?? assert.fail();
  const newest = { at, server: 's', tool: 't', resource: 'r', status: 200 };
  assert.match(
    contradictions(reading({ ...activity({}), calls: [newest] })).calls.join(' '),
    /\(0 after the departure\)/,
  );
  const hours = [{ date: '2026-11-03', hour: 0, period: 'final' as const, calls: 1 }];
  const totals = [total('final', 1), total('all', 1)];
  assert.deepEqual(contradictions(reading({ ...activity({}), hours, totals })).calls, []);
  const { departure: _, ...open } = window;
  assert.deepEqual(contradictions(reading({ ...activity({}), hours, totals }, { window: open })).calls, []);
});

test('rows of theirs in an hour whose calls are none are a contradiction', () => {
  const hours = [{ date: '2026-11-18', hour: 3, period: 'after' as const, calls: 0 }];
  const rowsByHour = [...EVERYBODY, rowsOn('2026-11-18', { hour: 3, rows: 4, byOthers: 1 })];
  assert.match(
    contradictions(reading(activity({}, { hours }), { rowsByHour })).calls.join(' '),
    /^By everybody’s hours the leaver has 3 rows in hours in which it lists no call\.$/,
  );
});

test('a day without a row is no contradiction where the answer about everybody was cut short', () => {
  const cut = reading(USUAL, { rowsByHour: [], hoursComplete: false });
  assert.deepEqual(contradictions(cut).days, []);
});
