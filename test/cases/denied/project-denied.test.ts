import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Denied, deny, hasEnded, release, revisionOf } from '../../../src/cases/denied/denied.ts';
import { type ListedOids, projectDenied } from '../../../src/cases/denied/project-denied.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { fc } from '../../support/properties.ts';

const oidOf = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const AT = '2026-11-28T09:00:00.000Z';
const NOW = new Date('2026-11-28T10:00:00.000Z');
const denied = (n: number, caseNumber = 1): Denied =>
  deny(undefined, { oid: oidOf(n), kind: 'person', caseId: makeCaseId(oidOf(n), caseNumber), why: 'left', at: AT });
const released = (n: number): Denied => release(denied(n), { at: AT, by: 'entra', why: 'restored' });
const list = (...numbers: readonly number[]): ListedOids => ({
  oids: new Set(['none', ...numbers.map(oidOf)]),
  complete: true,
});
const project = (rows: readonly Denied[], listed: ListedOids, revision = 0) =>
  projectDenied(rows, listed, { revision }, NOW);

test('who is denied and missing is added, who is released is dropped, and whom the table does not know stays and is adopted', () => {
  assert.deepEqual(project([denied(1), denied(2), released(3)], list(2, 3, 4)), {
    add: [oidOf(1)],
    drop: [oidOf(3)],
    adopt: [oidOf(4)],
    drifted: [oidOf(1)],
  });
});

test('who was released and is off the list, and whom nobody can read, is left as they are', () => {
  const unreadable = (n: number): Denied => ({ ...denied(n), state: 'unreadable' });
  assert.deepEqual(project([released(5), unreadable(6), unreadable(7)], list(7)), {
    ...{ add: [], drop: [], adopt: [], drifted: [] },
  });
});

test('whatever table and list hold, nobody leaves the list without a recorded release', () => {
  const row = fc
    .record({ n: fc.integer({ min: 1, max: 12 }), isReleased: fc.boolean() })
    .map(({ n, isReleased }) => (isReleased ? released(n) : denied(n)));
  const rows = fc.uniqueArray(row, { selector: ({ oid }) => oid, maxLength: 12 });
  const listed = fc.uniqueArray(fc.integer({ min: 1, max: 12 }));
  fc.assert(
    fc.property(rows, listed, fc.nat(30), fc.boolean(), (table, numbers, revision, complete) => {
      const { drop } = projectDenied(table, { ...list(...numbers), complete }, { revision }, NOW);
      for (const oid of drop) assert.equal(table.find((each) => each.oid === oid)?.state, 'released');
    }),
  );
});

test('a table that is empty beside a list, or holds less than was seen, writes nothing but the one who is denied right now', () => {
  const situations: readonly (readonly [readonly Denied[], number, RegExp])[] = [
    [[], 0, /empty/],
    [[denied(9)], 0, /empty/],
    [[denied(1), denied(9)], 12, /revision 2 of 12/],
  ];
  for (const [rows, revision, why] of situations) {
    const { blocked, ...rest } = projectDenied(rows, list(1, 2), { revision }, NOW, new Set([oidOf(9)]));
    assert.match(blocked ?? '', why);
    const urgent = rows.some(({ oid }) => oid === oidOf(9)) ? [oidOf(9)] : [];
    assert.deepEqual(rest, { add: urgent, drop: [], adopt: [], drifted: [] });
  }
});

test('once blocked it stays blocked, however much the table grows, until somebody accepts it', () => {
  const rows = [denied(1), denied(2), denied(3)];
  assert.equal(projectDenied(rows, list(1, 2, 3), { revision: 1, blocked: 'lost' }, NOW).blocked, 'lost');
});

test('an empty table beside an empty list is a new app', () => {
  assert.deepEqual(projectDenied([], list(), undefined, NOW), { add: [], drop: [], adopt: [], drifted: [] });
});

test('while a part of the list cannot be read, nobody is called missing, unknown or to be dropped', () => {
  const listed = { ...list(3, 4), complete: false };
  assert.deepEqual(projectDenied([denied(1), denied(2), released(3)], listed, undefined, NOW, new Set([oidOf(2)])), {
    add: [oidOf(2)],
    drop: [],
    adopt: [],
    drifted: [],
  });
});

test('who was denied a moment ago is not told as taken off by somebody', () => {
  const justNow = { ...denied(1), changedAt: NOW.toISOString() };
  const minutesAgo = (n: number, ms: number) => ({
    ...denied(n),
    changedAt: new Date(NOW.getTime() - 2 * 60_000 - ms).toISOString(),
  });
  assert.deepEqual(project([justNow, denied(2)], list()).drifted, [oidOf(2)]);
  assert.deepEqual(project([minutesAgo(1, 0), minutesAgo(2, 1)], list()).drifted, [oidOf(2)]);
});

test('a case denies once: after a release only another case denies again, with another generation', () => {
  const [oid, why] = [oidOf(1), 'left'];
  const ask = (row: Denied | undefined, n: number): Denied =>
    deny(row, { oid, kind: 'person', caseId: makeCaseId(oid, n), why, at: AT });
  const first = ask(undefined, 1);
  assert.equal(ask(first, 1), first, 'a repeat changes nothing');
  const free = release(first, { at: AT, by: 'entra', why: 'restored' });
  assert.equal(ask(free, 1), free, 'a late repeat does not deny again');
  const again = ask(free, 2);
  assert.deepEqual(
    [first, free, again].map(({ state, generation }) => `${state} ${generation}`),
    ['denied 1', 'released 2', 'denied 3'],
  );
  assert.equal(again.released, undefined);
  assert.ok(revisionOf([again]) > revisionOf([first]));
});

test('of two ends of a denial the later one holds, and one without an end is the longest', () => {
  const oid = oidOf(1);
  const ask = (row: Denied | undefined, n: number, until?: string): Denied =>
    deny(row, { oid, kind: 'identity', caseId: makeCaseId(oid, n), why: 'x', at: AT, ...(until && { until }) });
  const [early, late] = ['2026-11-28T09:30:00.000Z', '2026-11-29T09:30:00.000Z'];
  assert.equal(ask(ask(undefined, 1, late), 2, early).until, late);
  assert.equal(ask(ask(undefined, 1, early), 1, late).until, late);
  assert.equal(ask(ask(undefined, 1), 2, late).until, undefined);
  assert.deepEqual([hasEnded(ask(undefined, 1, early), NOW), hasEnded(ask(undefined, 1, late), NOW)], [true, false]);
});

test('an older case that is delivered late neither takes the row over nor denies again whom the newer one released', () => {
  const about = { oid: oidOf(1), kind: 'person', why: 'late', at: AT } as const;
  const older = { ...about, caseId: makeCaseId(oidOf(1), 1) };
  const newer = denied(1, 2);
  assert.equal(deny(newer, older), newer);
  const over = release(newer, { at: AT, by: 'entra', why: 'restored' });
  assert.equal(deny(over, older), over);
  assert.equal(deny(over, { ...about, caseId: makeCaseId(oidOf(1), 3) }).state, 'denied');
  const identity = deny(undefined, { ...about, oid: oidOf(8), kind: 'identity', caseId: makeCaseId(oidOf(2), 2) });
  assert.equal(
    deny(identity, { ...about, oid: oidOf(8), caseId: makeCaseId(oidOf(1), 1) }).generation,
    2,
    'another leaver',
  );
});
