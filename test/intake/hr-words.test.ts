import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, instanceIdOf } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { hrKeyOf, isOfLeaving, wasMovedByOlder } from '../../src/intake/rules/hr-words.ts';
import type { Oid } from '../../src/people/oid.ts';

const OID = '0e000000-0000-4000-8000-000000000001' as Oid;
const AT = '2026-11-23T10:00:00.000Z';
const DAY = '2026-12-01T18:00:00.000Z';
const about = (leavingId: string) => ({ leavingId, issuedAt: AT });
const key = (messageId: string, leavingId = 'l/1') => hrKeyOf({ messageId, about: about(leavingId) });
const row = (n: number, more: Partial<CaseRow>): CaseRow => ({
  ...{ caseId: makeCaseId(OID, n), oid: OID, n, trigger: 'hr-queue', mode: 'apply', reason: 'HR', requestedBy: 'hr' },
  ...{ requestedAt: AT, openedAt: AT, instanceId: instanceIdOf(makeCaseId(OID, n)), state: 'scheduled', merged: [] },
  ...more,
});

test('a message is remembered with its leaving, so that no leaving is the beginning of another', () => {
  assert.equal(hrKeyOf({ messageId: 'm1' }), 'hr:m1');
  assert.equal(key('m1'), 'hr:l%2F1:m1');
  assert.notEqual(key('2:m', 'l'), key('m', 'l:2'));
});

test('HR said something of a leaving in its own messages alone', () => {
  const word = (dedupeKey: string | undefined, trigger: 'hr-queue' | 'api' = 'hr-queue') =>
    isOfLeaving({ trigger, requestedBy: 'hr', requestedAt: AT, ...(dedupeKey && { dedupeKey }) }, 'l/1', []);
  assert.ok(word(key('m1')));
  assert.ok(!word(key('m1', 'l/12')));
  assert.ok(!word('hr:m1'));
  assert.ok(!word(undefined));
  assert.ok(!word(key('m1'), 'api'));
});

test('a schedule that goes on after a deletion was undone is of the leaving that named its day', () => {
  const before = row(1, { dedupeKey: key('m1'), startsAt: DAY });
  const goesOn = {
    trigger: 'hr-queue',
    requestedBy: 'hr',
    requestedAt: AT,
    dedupeKey: `schedule:${before.caseId}`,
  } as const;
  assert.ok(isOfLeaving(goesOn, 'l/1', [before]));
  assert.ok(!isOfLeaving(goesOn, 'l/2', [before]));
  assert.ok(!isOfLeaving(goesOn, 'l/1', []));
  assert.ok(!isOfLeaving({ ...goesOn, requestedBy: 'other' }, 'l/1', [before]));
});

test('the newest message of a leaving sets its day right, and no other word', () => {
  const moved = (more: Partial<CaseRow>, messageId = 'm2', leaving = 'l/1') =>
    wasMovedByOlder(row(1, { startsAt: DAY, ...more }), { messageId, about: about(leaving) });
  assert.ok(moved({ dedupeKey: key('m1') }));
  assert.ok(!moved({ dedupeKey: key('m1') }, 'm1'));
  assert.ok(!moved({ dedupeKey: key('m1') }, 'm2', 'l/2'));
  assert.ok(!moved({ dedupeKey: key('m1'), trigger: 'api' }));
  assert.ok(!wasMovedByOlder(row(1, { dedupeKey: key('m1') }), { messageId: 'm2', about: about('l/1') }), 'no day');
  assert.ok(!wasMovedByOlder(row(1, { dedupeKey: key('m1'), startsAt: DAY }), { messageId: 'm2' }));
});
