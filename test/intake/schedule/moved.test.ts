import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, instanceIdOf, type OffboardingRequest } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { asOfNow, isDue, movedTo, startedBefore, startedWhenDue } from '../../../src/intake/rules/schedule.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = '11111111-2222-4333-8444-555555555555' as Oid;
const caseId = makeCaseId(oid, 1);
const [DAY, OTHER, THIRD] = [
  '2026-12-31T17:00:00.000Z',
  '2027-01-31T17:00:00.000Z',
  '2027-02-28T17:00:00.000Z',
] as const;
const UNDATED: CaseRow = {
  ...{ oid, caseId, n: 1, state: 'scheduled', instanceId: instanceIdOf(caseId), trigger: 'hr-queue', mode: 'apply' },
  ...{ reason: 'HR said so', requestedBy: 'hr', requestedAt: '2026-11-20T10:00:00Z' },
  ...{ openedAt: '2026-11-20T10:00:01Z', merged: [] },
};
const ROW = { ...UNDATED, startsAt: DAY, lastDay: '2026-12-31' };
const said = (startsAt?: string): CaseRow['merged'][number] => ({
  ...{ trigger: 'api', requestedBy: 'o', requestedAt: '2026-11-21T10:00:00Z', reason: 'x' },
  ...(startsAt === undefined ? {} : { startsAt }),
});

test('a case that waits for another day keeps the first, and the last day is that of the last word', () => {
  const { lastDay: _, ...rest } = ROW;
  const firstDay = { startsAt: DAY, lastDay: '2026-12-31' };
  assert.deepEqual(movedTo(ROW, { startsAt: OTHER }), { ...rest, startsAt: OTHER, firstDay });
  assert.deepEqual(movedTo(ROW, { startsAt: OTHER, lastDay: '2027-01-30' }), {
    ...rest,
    ...{ startsAt: OTHER, lastDay: '2027-01-30', firstDay },
  });
  const twice = { ...ROW, startsAt: OTHER, firstDay };
  assert.deepEqual(movedTo(twice, { startsAt: THIRD }).firstDay, firstDay);
});

test('the same day again, or none, moves nothing but the last day', () => {
  assert.equal(movedTo(ROW, { startsAt: DAY }), ROW);
  assert.equal(movedTo(ROW, {}), ROW);
  assert.deepEqual(movedTo(ROW, { startsAt: DAY, lastDay: '2026-12-30' }), { ...ROW, lastDay: '2026-12-30' });
  assert.deepEqual(movedTo(ROW, { lastDay: '2026-12-30' }), { ...ROW, lastDay: '2026-12-30' });
});

test('the first day is known where nobody named another one before', () => {
  const first = (...merged: CaseRow['merged']) => movedTo({ ...ROW, merged }, { startsAt: OTHER }).firstDay?.startsAt;
  assert.equal(first(said(), said(DAY)), DAY);
  assert.equal(first(said(), said(THIRD)), undefined);
  assert.ok(!('firstDay' in movedTo({ ...ROW, merged: [said(THIRD)] }, { startsAt: OTHER })));
  assert.ok(!('firstDay' in movedTo(UNDATED, { startsAt: OTHER })), 'it had none');
});

test('a case that starts before its day keeps the day for a deletion, and for nobody’s word', () => {
  const before = { ...ROW, firstDay: { startsAt: OTHER } };
  const by = (trigger: OffboardingRequest['trigger'], row: CaseRow = before) =>
    startedBefore(row, { trigger, reason: 'It came so.' });
  const { startsAt: _, firstDay: __, ...rest } = before;
  const started = {
    ...{ ...rest, state: 'open' },
    reason: 'HR said so. Scheduled for 2026-12-31 17:00 UTC, and started before: It came so.',
  };
  for (const trigger of ['entra-event', 'sweep'] as const)
    assert.deepEqual(by(trigger), { ...started, startsAt: DAY, firstDay: { startsAt: OTHER } }, trigger);
  for (const trigger of ['api', 'hr-queue', 'lifecycle-workflow'] as const) assert.deepEqual(by(trigger), started);
  assert.ok(!('firstDay' in by('sweep', ROW)));
  const undated = by('sweep', UNDATED);
  assert.ok(!('startsAt' in undated) && !undated.reason.includes('undefined'), undated.reason);
});

test('a request for an instant is one for now from that instant on', () => {
  const { caseId: _, n: __, state: ___, instanceId: ____, openedAt: _____, merged: ______, ...request } = UNDATED;
  const now = new Date(DAY);
  assert.equal(asOfNow(request, now), request);
  assert.equal(asOfNow({ ...request, startsAt: DAY }, now).startsAt, undefined);
  assert.equal(asOfNow({ ...request, startsAt: OTHER }, now).startsAt, OTHER);
});

test('a case that waits for no day any more is due, and starts for no reason but its own', () => {
  assert.equal(isDue(UNDATED, new Date(0)), true);
  assert.equal(isDue({ ...UNDATED, state: 'running' }, new Date(0)), false);
  assert.deepEqual(startedWhenDue(UNDATED, new Date(0)), { ...UNDATED, state: 'open' });
});
