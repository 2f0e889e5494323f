import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contain, isOwnOf, newsOf, releaseOfCase } from '../../../src/cases/denied/contain.ts';
import { type Denied, deny, release } from '../../../src/cases/denied/denied.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import { at, byCase, containing, DAY_MS, HOUR, OPERATOR, oid, START } from './contain-world.ts';

const first = contain(undefined, containing(0, 48));
const of = (row: Denied) => [row.state, row.until ?? 'no end', row.caseId ?? 'no case'];
const one: CaseId = makeCaseId(oid, 1);
const gaveUp = { at: at(2), by: 'intake', why: 'refused' };

test('a later end counts, an earlier one does not, and each change says who, when and why', () => {
  const longer = contain(first, containing(1, 72));
  assert.deepEqual(of(longer), ['denied', at(72), 'no case']);
  assert.equal(contain(longer, containing(2, 50)), longer);
  assert.equal(contain(longer, containing(2, 72)), longer, 'the same end is no later one');
  assert.deepEqual(
    longer.changes?.map(({ what, by, until }) => [what, by, until]),
    [
      ['contained', OPERATOR, at(48)],
      ['extended', OPERATOR, at(72)],
    ],
  );
});

test('why somebody is denied is the newest word of a person where no case denies them, and the case’s where one does', () => {
  const more = { ...containing(2, 72), why: 'more of them' };
  assert.equal(contain(first, more).why, 'more of them');
  const taken = deny(first, byCase(1, 1));
  assert.deepEqual([contain(taken, more).why, contain(taken, more).byPerson?.why], [taken.why, 'more of them']);
});

test('a request that changed nothing is known by its key: after a release it contains nobody anew', () => {
  const asked = contain(first, containing(1, 24, 'alert'));
  assert.deepEqual([asked.generation, asked.until], [first.generation, first.until]);
  const released = release(asked, { at: at(2), by: OPERATOR, why: 'was nothing' });
  assert.equal(contain(released, containing(3, 26, 'alert')), released);
  assert.equal(contain(released, containing(3, 26, 'another alert')).state, 'denied');
  // However many there are, what was done stays on record.
  const many = Array.from({ length: 30 }).reduce<Denied>((row, _, n) => contain(row, containing(1, 24, `${n}`)), first);
  assert.deepEqual([many.changes?.length, many.changes?.[0]?.what, many.changes?.at(-1)?.key], [20, 'contained', '29']);
});

test('a case takes over without an end; where it is refused, the containment counts again, and a day at the least', () => {
  const taken = deny(first, byCase(1, 1));
  assert.deepEqual(of(taken), ['denied', 'no end', one]);
  assert.deepEqual(of(releaseOfCase(taken, gaveUp, DAY_MS)), ['denied', at(48), 'no case']);
  const late = releaseOfCase(taken, { ...gaveUp, at: at(100) }, DAY_MS);
  assert.deepEqual(of(late), ['denied', at(124), 'no case']);
  assert.equal(releaseOfCase(taken, { ...gaveUp, at: at(100) }).state, 'released');
  assert.equal(releaseOfCase(taken, { ...gaveUp, at: at(48) }).state, 'released', 'it ended at this very instant');
  // Delivered once more, the case that gave up denies nobody without an end.
  const back = releaseOfCase(taken, gaveUp, DAY_MS);
  assert.equal(deny(back, byCase(1, 3)), back);
  assert.deepEqual(of(deny(back, byCase(2, 3))), ['denied', 'no end', makeCaseId(oid, 2)]);
});

test('whom something else denied before, a case that gives up leaves denied', () => {
  const byHand = deny(undefined, { oid, kind: 'unknown', why: 'by hand', at: at(0) });
  const twice = deny(contain(byHand, containing(1, 48)), byCase(1, 2));
  assert.equal(isOwnOf(twice, one), false);
  assert.equal(contain(byHand, containing(1, 48)).kind, 'person');
  assert.equal(contain({ ...byHand, kind: 'identity' }, containing(1, 48)).kind, 'identity');
  const older = deny(undefined, byCase(1, 0));
  assert.equal(isOwnOf(deny(contain(older, containing(1, 48)), byCase(2, 2)), makeCaseId(oid, 2)), false);
});

test('what people did is told once each, the end a day before, or at half of a shorter time', () => {
  const told = (row: Denied, hours: number) =>
    newsOf(row, new Date(START), new Date(START + hours * HOUR)).map(({ moment, revision }) => `${moment} ${revision}`);
  assert.deepEqual(told(first, 23), ['contained 1']);
  assert.deepEqual(told(first, 24), ['contained 1', 'containment-ends-soon 1']);
  assert.deepEqual(told(contain(undefined, containing(0, 8)), 3), ['contained 1']);
  assert.deepEqual(told(contain(undefined, containing(0, 8)), 4), ['contained 1', 'containment-ends-soon 1']);
  const ended = release(first, { at: at(48), by: 'expiry', why: 'ended' });
  assert.deepEqual(told(ended, 49), ['contained 1', 'containment-ended 2']);
  assert.deepEqual(told(release(first, { at: at(9), by: OPERATOR, why: 'fine' }), 49), [
    'contained 1',
    'containment-released 2',
  ]);
  assert.deepEqual(told(deny(first, byCase(1, 1)), 47), ['contained 1']);
  // What a case or the app itself lets in is the case's to tell.
  assert.deepEqual(told(release(deny(undefined, byCase(1, 1)), { at: at(9), by: 'entra', why: 'back' }), 49), []);
});

test('of a row that is changed for years the last twenty changes are kept', () => {
  let row = first;
  for (let n = 1; n <= 60; n += 1) row = contain(row, containing(n, 48 + n));
  assert.equal(row.changes?.length, 20);
  assert.equal(row.changes?.at(-1)?.generation, 61);
});
