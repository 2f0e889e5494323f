import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Denial,
  type Denied,
  deny,
  hasEnded,
  isByPersonAlone,
  isOlder,
  release,
  revisionOf,
  withChange,
} from '../../../src/cases/denied/denied.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';

const OID = '0e000000-0000-4000-8000-000000000001' as Oid;
const OTHER = '0e000000-0000-4000-8000-000000000002' as Oid;
const at = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`;
const denial = (n: number, more: Partial<Denial> = {}): Denial => ({
  oid: OID,
  kind: 'person',
  caseId: makeCaseId(OID, n),
  why: `Case ${n}.`,
  at: at(n),
  ...more,
});
const byCase = deny(undefined, denial(2));

test('a denial is delivered late or again without harm', () => {
  assert.equal(deny(byCase, denial(2)), byCase);
  assert.equal(deny(byCase, denial(1)), byCase);
  const newer = deny(byCase, denial(3));
  assert.deepEqual([newer.caseId, newer.generation, newer.since], [makeCaseId(OID, 3), 2, at(2)]);
});

test('whoever was released is denied again by a newer case, and never by the same or an older one', () => {
  const released = release(byCase, { at: at(5), by: OTHER, why: 'known' });
  assert.equal(deny(released, denial(2)), released);
  assert.equal(deny(released, denial(1)), released);
  const again = deny(released, denial(3, { at: at(6) }));
  assert.deepEqual([again.state, again.since, again.generation], ['denied', at(6), 3]);
  assert.equal(again.released, undefined);
});

test('of two ends the later one counts, and none is the latest', () => {
  const until = (first: string | undefined, second: string | undefined) => {
    const row = deny(undefined, denial(1, { ...(first && { until: first }) }));
    return deny(row, denial(2, { ...(second && { until: second }) })).until;
  };
  assert.equal(until(at(10), at(12)), at(12));
  assert.equal(until(at(12), at(10)), at(12));
  assert.equal(until(undefined, at(10)), undefined);
  assert.equal(until(at(10), undefined), undefined);
});

test('an entry of unknown kind becomes what a case says, and a person never a workload', () => {
  const kinds = (first: Denial['kind'], second: Denial['kind']) =>
    deny(deny(undefined, denial(1, { kind: first })), denial(2, { kind: second })).kind;
  assert.equal(kinds('unknown', 'identity'), 'identity');
  assert.equal(kinds('person', 'identity'), 'person');
  assert.equal(kinds('identity', 'person'), 'identity');
});

test('a case is older only than a later one of the same person', () => {
  assert.ok(isOlder(makeCaseId(OID, 2), makeCaseId(OID, 10)));
  assert.ok(!isOlder(makeCaseId(OID, 10), makeCaseId(OID, 10)));
  assert.ok(!isOlder(makeCaseId(OID, 1), makeCaseId(OTHER, 2)));
  assert.ok(!isOlder(undefined, makeCaseId(OID, 2)) && !isOlder(makeCaseId(OID, 1), undefined));
  assert.ok(!isOlder('x' as never, makeCaseId(OID, 2)));
});

const { caseId: _, ...bare } = byCase;
const byPerson: Denied = {
  ...bare,
  until: at(20),
  byPerson: { since: at(2), until: at(20), by: OTHER, why: 'odd calls' },
};

test('a person’s word denies alone where no case does, while it lasts', () => {
  assert.ok(isByPersonAlone(byPerson));
  assert.ok(!isByPersonAlone({ ...byPerson, state: 'released' }));
  assert.ok(!isByPersonAlone({ ...byPerson, caseId: makeCaseId(OID, 2) }));
  const { until: __, ...endless } = byPerson;
  assert.ok(!isByPersonAlone(endless) && !isByPersonAlone(byCase));
});

test('a release is made once, and stays on record where people said something', () => {
  const word = { at: at(21), by: 'expiry', why: 'over' };
  const ended = release(byPerson, word);
  assert.deepEqual([ended.state, ended.changes?.at(-1)?.what, ended.byPerson], ['released', 'ended', undefined]);
  assert.equal(release(ended, { ...word, at: at(22) }), ended);
  assert.equal(release(byPerson, { ...word, at: at(20) }).changes?.at(-1)?.what, 'ended', 'at that very instant');
  assert.equal(release(byPerson, { ...word, at: at(19) }).changes?.at(-1)?.what, 'released');
  assert.equal(release(byPerson, { ...word, by: OTHER }).changes?.at(-1)?.what, 'released');
  assert.equal(release(byCase, { ...word, by: 'entra' }).changes, undefined);
  assert.equal(release(byCase, { ...word, by: OTHER }).changes?.length, 1);
});

test('a denial ends at its instant, and one without an end or that is over does not', () => {
  const now = new Date(at(20));
  assert.ok(hasEnded({ state: 'denied', until: at(20) }, now));
  assert.ok(!hasEnded({ state: 'denied', until: at(21) }, now));
  assert.ok(!hasEnded({ state: 'denied' }, now) && !hasEnded({ state: 'released', until: at(1) }, now));
  assert.equal(revisionOf([{ generation: 2 }, { generation: 3 }]), 5);
});

test('twenty changes of a row are kept; what changed nothing goes first', () => {
  const change = (row: Denied, n: number, what: 'extended' | 'stood' = 'extended') =>
    withChange(row, { what, at: at(2), by: `${n}`, why: 'x' });
  let row = change(change(byPerson, 0), 1, 'stood');
  for (let n = 2; n < 20; n += 1) row = change(row, n);
  assert.deepEqual([row.changes?.length, row.changes?.[1]?.what], [20, 'stood'], 'there is room for it');
  row = change(row, 20);
  assert.deepEqual([row.changes?.length, row.changes?.[0]?.by, row.changes?.[1]?.by], [20, '0', '2']);
  row = change(row, 21);
  assert.equal(row.changes?.[0]?.by, '2');
  assert.equal(row.changes?.at(-1)?.until, at(20));
});
