import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Oid } from '../../../src/people/oid.ts';
import {
  daysKept,
  enterSeen,
  LEDGER_DAYS,
  type Ledger,
  LedgerSchema,
  leaversOf,
} from '../../../src/posture/runs/ledger.ts';
import { fc } from '../../support/properties.ts';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-06-01T04:10:00Z');
const on = (day: number): string => new Date(START + day * DAY_MS).toISOString();
const oid = (n: number) => `00000000-0000-4000-8000-00000000000${n}` as Oid;
const nothing = { whole: true, withAccess: [], left: [], here: [] };

test('who could get in before they left is judged, for as many days as are judged', () => {
  const first = enterSeen(undefined, { ...nothing, at: on(0), withAccess: [oid(1)], here: [oid(1)] });
  const second = enterSeen(first, { ...nothing, at: on(1), left: [{ oid: oid(1), at: on(0.5) }] });
  assert.deepEqual(leaversOf(second, on(1)), [{ oid: oid(1), leftAt: on(0.5), hadAccess: true }]);
  assert.deepEqual(leaversOf(second, on(LEDGER_DAYS)).length, 1);
  assert.deepEqual(leaversOf(second, on(LEDGER_DAYS + 1)), []);
});

test('whom the directory forgets after 30 days the ledger still knows', () => {
  let ledger = enterSeen(undefined, { ...nothing, at: on(0), withAccess: [oid(1)] });
  ledger = enterSeen(ledger, { ...nothing, at: on(1), left: [{ oid: oid(1), at: on(1) }] });
  for (let day = 2; day < 60; day += 1) ledger = enterSeen(ledger, { ...nothing, at: on(day) });
  assert.deepEqual(
    leaversOf(ledger, on(60)).map(({ hadAccess }) => hadAccess),
    [true],
  );
});

test('who is back has not left, and who leaves again left then', () => {
  const left = enterSeen(undefined, { ...nothing, at: on(0), left: [{ oid: oid(1), at: on(0) }] });
  const back = enterSeen(left, { ...nothing, at: on(5), here: [oid(1)] });
  assert.deepEqual(leaversOf(back, on(5)), []);
  const again = enterSeen(back, { ...nothing, at: on(9), left: [{ oid: oid(1), at: on(8) }] });
  assert.deepEqual(
    leaversOf(again, on(9)).map(({ leftAt }) => leftAt),
    [on(8)],
  );
});

test('a last day to come is no leaving yet', () => {
  const ledger = enterSeen(undefined, { ...nothing, at: on(0), left: [{ oid: oid(1), at: on(3) }] });
  assert.deepEqual([leaversOf(ledger, on(2)).length, leaversOf(ledger, on(3)).length], [0, 1]);
});

test('days on which the runs saw nothing, or a part, for more than a week are not known', () => {
  const first = enterSeen(undefined, { ...nothing, at: on(0) });
  const afterWeek = enterSeen(first, { ...nothing, at: on(7) });
  const afterStop = enterSeen(afterWeek, { ...nothing, at: on(47) });
  assert.deepEqual([daysKept(afterWeek, on(7)), daysKept(afterStop, on(47)), daysKept(afterStop, on(50))], [7, 0, 3]);
  let denied = first;
  for (let day = 1; day <= 20; day += 1) denied = enterSeen(denied, { ...nothing, whole: false, at: on(day) });
  assert.equal(daysKept(denied, on(20)), 0);
  assert.equal(daysKept(enterSeen(denied, { ...nothing, at: on(21) }), on(22)), 1);
  const never = enterSeen(undefined, { ...nothing, whole: false, at: on(0) });
  assert.equal(daysKept(enterSeen(never, { ...nothing, at: on(1) }), on(3)), 2);
  const { sawAt: _, ...old } = first;
  assert.equal(daysKept(enterSeen(old, { ...nothing, at: on(80) }), on(80)), 80);
});

test('how long it is kept is counted from its first run', () => {
  const ledger = enterSeen(undefined, { ...nothing, at: on(0) });
  assert.deepEqual(
    [0, 0.5, 12, 90].map((day) => daysKept(ledger, on(day))),
    [0, 0, 12, 90],
  );
});

const people = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 5 });
test('whatever is seen, a run delivered twice enters nothing more, and what is kept can be read again', () => {
  const run = fc.record({ withAccess: people, left: people, here: people });
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 40 }), (runs) => {
      let ledger: Ledger | undefined;
      for (const [index, each] of runs.entries()) {
        const seen = {
          at: on(index * 7),
          whole: each.withAccess.length > 1,
          withAccess: each.withAccess.map(oid),
          left: each.left.map((n) => ({ oid: oid(n), at: on(index * 7 - 1) })),
          here: each.here.map(oid),
        };
        const once = enterSeen(ledger, seen);
        assert.deepEqual(enterSeen(once, seen), once);
        assert.deepEqual(LedgerSchema.parse(JSON.parse(JSON.stringify(once))), once);
        for (const { oid: who } of leaversOf(once, seen.at)) assert.ok(!seen.here.includes(who));
        ledger = once;
      }
    }),
  );
});
