import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditReading } from '../../../src/steps/activity-audit/rules/audit-reading.ts';
import { contradictions } from '../../../src/steps/activity-audit/rules/verdict/contradictions.ts';
import { activity, DATES, EVERYBODY, reading, rowsOn, total, USUAL } from './verdict-world.ts';

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

test('a day without a row is no contradiction where the answer about everybody was cut short', () => {
  const cut = reading(USUAL, { rowsByHour: [], hoursComplete: false });
  assert.deepEqual(contradictions(cut).days, []);
});
