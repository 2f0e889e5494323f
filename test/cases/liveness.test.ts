import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseRow } from '../../src/cases/case.ts';
import { attemptIdOf, attemptOf, endAttempt } from '../../src/cases/following/attempts.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import {
  type CaseSeen,
  heardFromOf,
  type InstanceSeen,
  type LivenessBounds,
  livenessOf,
} from '../../src/cases/liveness.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import { fc } from '../support/properties.ts';

const oid = parseOid('0e000000-0000-4000-8000-000000000001') as Oid;
const caseId = makeCaseId(oid, 1);
const NOW = Date.parse('2026-11-23T12:00:00Z');
const MINUTE = 60_000;
const bounds: LivenessBounds = {
  stuckMs: 60 * MINUTE,
  silenceMs: 120 * MINUTE,
  attempts: 3,
  attemptDelayMs: 5 * MINUTE,
  heardFrom: 0,
};

const row: CaseRow = {
  oid,
  caseId,
  n: 1,
  trigger: 'api',
  mode: 'apply',
  state: 'running',
  instanceId: `case-${caseId}`,
  reason: 'left',
  requestedBy: 'x',
  requestedAt: '2026-11-23T09:00:00Z',
  openedAt: '2026-11-23T09:00:00Z',
  merged: [],
};
const ago = (minutes: number): number => NOW - minutes * MINUTE;
const instance = (status: string, minutes: number, passes?: boolean): InstanceSeen => ({
  status,
  createdAt: ago(minutes),
  updatedAt: ago(minutes),
  ...(passes === undefined ? {} : { failure: { why: 'It broke.', passes } }),
});
const kindOf = (seen: Partial<CaseSeen>): string =>
  livenessOf({ row, instance: instance('Running', 0), sealed: false, ...seen }, bounds, NOW).kind;

// What becomes of a running case: status of its orchestration, minutes since it last moved, sealed or not.
const TABLE: readonly (readonly [status: string, minutes: number, unsealed: string, sealed: string])[] = [
  ['Running', 0, 'alive', 'alive'],
  ['Running', 119, 'alive', 'alive'],
  ['Running', 120, 'failed', 'failed'],
  ['ContinuedAsNew', 119, 'alive', 'alive'],
  ['ContinuedAsNew', 120, 'failed', 'failed'],
  ['Pending', 0, 'alive', 'alive'],
  ['Pending', 59, 'alive', 'alive'],
  ['Pending', 60, 'failed', 'failed'],
  ['Suspended', 59, 'alive', 'alive'],
  ['Suspended', 60, 'failed', 'failed'],
  ['Failed', 0, 'failed', 'filed'],
  ['Failed', 9_999, 'failed', 'filed'],
  ['Terminated', 0, 'failed', 'filed'],
  ['Canceled', 0, 'failed', 'filed'],
  ['Completed', 0, 'failed', 'filed'],
];

for (const [status, minutes, unsealed, sealed] of TABLE) {
  test(`${status} for ${minutes} minutes: ${unsealed}, with its report sealed ${sealed}`, () => {
    const seen = { instance: instance(status, minutes) };
    assert.deepEqual([kindOf(seen), kindOf({ ...seen, sealed: true })], [unsealed, sealed]);
  });
}

test('an instance that the engine does not know fails the case, whose report is not lost for that', () => {
  assert.equal(kindOf({ instance: undefined }), 'failed');
  assert.equal(kindOf({ instance: undefined, sealed: true }), 'filed');
});

test('a silent case whose units are at work goes on', () => {
  const silent = instance('Running', 300);
  assert.equal(kindOf({ instance: silent, lastSignAt: ago(119) }), 'alive');
  assert.equal(kindOf({ instance: silent, lastSignAt: ago(120) }), 'failed');
});

test('what was never begun is begun, unless it is on hold or somebody is opening it right now', () => {
  const open = (minutes: number): CaseRow => ({
    ...row,
    state: 'open',
    openedAt: new Date(ago(minutes)).toISOString(),
  });
  assert.equal(kindOf({ row: open(59 / 60), instance: undefined }), 'alive');
  assert.equal(kindOf({ row: open(1), instance: undefined }), 'start');
  assert.equal(kindOf({ row: { ...open(10), onHold: 'too many' }, instance: undefined }), 'alive');
});

test('a case that has ended is left alone, whatever its orchestration says', () => {
  for (const state of ['filed', 'failed', 'refused'] as const) {
    assert.equal(kindOf({ row: { ...row, state }, instance: undefined }), 'alive');
  }
});

test('what an outage broke is begun again, later and later, until it was begun often enough', () => {
  const waits: number[] = [];
  let current = row;
  for (;;) {
    const verdict = livenessOf({ row: current, instance: instance('Failed', 0, true), sealed: false }, bounds, NOW);
    if (verdict.kind !== 'again') {
      assert.equal(verdict.kind, 'failed');
      break;
    }
    waits.push((verdict.next - NOW) / MINUTE);
    current = endAttempt(current, { at: '2026-11-23T12:00:00Z', why: 'x', next: new Date(verdict.next).toISOString() });
    // Neither looked at nor begun before its time has come.
    const waiting = { row: current, instance: undefined };
    assert.equal(livenessOf({ ...waiting, sealed: false }, bounds, verdict.next - 1).kind, 'alive');
    assert.equal(livenessOf({ ...waiting, sealed: false }, bounds, verdict.next).kind, 'begin');
    const { attemptAt: _, ...begun } = current;
    current = begun;
  }
  assert.deepEqual(waits, [5, 10]);
  assert.deepEqual([attemptOf(current), current.instanceId, current.generation], [3, attemptIdOf(caseId, 3), 2]);
});

test('a filed case is read again once that is due, and is left alone before', () => {
  const filed = (minutes: number): CaseRow => ({
    ...{ ...row, state: 'filed' },
    readAgainAt: new Date(ago(minutes)).toISOString(),
  });
  assert.deepEqual([kindOf({ row: filed(0) }), kindOf({ row: filed(-1) })], ['read-again', 'alive']);
});

test('however often, nobody waits longer than two hours for the next attempt', () => {
  const attempts = Array.from({ length: 90 }, () => ({ instanceId: 'x', endedAt: '2026-11-23T12:00:00Z', why: 'x' }));
  const seen = { row: { ...row, attempts }, instance: instance('Failed', 0, true), sealed: false };
  const verdict = livenessOf(seen, { ...bounds, attempts: 100 }, NOW);
  assert.ok(verdict.kind === 'again' && verdict.next === NOW + 120 * MINUTE);
});

// Status, minutes since it last moved, minutes since somebody listens again, and what becomes of it.
const AFTER_A_STOP: readonly (readonly [status: string, silent: number, listened: number, kind: string])[] = [
  ['Running', 600, 0, 'alive'],
  ['Running', 600, 119, 'alive'],
  ['Running', 600, 120, 'failed'],
  ['Running', 60, 600, 'alive'],
  ['Pending', 600, 59, 'alive'],
  ['Pending', 600, 60, 'failed'],
  ['Suspended', 600, 59, 'alive'],
  ['Suspended', 600, 60, 'failed'],
  ['Terminated', 600, 0, 'failed'],
];

for (const [status, silent, listened, kind] of AFTER_A_STOP) {
  test(`${status}, silent for ${silent} minutes of which somebody listened for ${listened}: ${kind}`, () => {
    const seen = { row, instance: instance(status, silent), sealed: false };
    assert.equal(livenessOf(seen, { ...bounds, heardFrom: ago(listened) }, NOW).kind, kind);
  });
}

test('who was away for more than five minutes listens from now on, and so does who never listened', () => {
  const heardFrom = ago(300);
  assert.equal(heardFromOf(undefined, NOW), NOW);
  assert.equal(heardFromOf({ lastAt: ago(1), heardFrom }, NOW), heardFrom);
  assert.equal(heardFromOf({ lastAt: ago(5), heardFrom }, NOW), heardFrom);
  assert.equal(heardFromOf({ lastAt: ago(5) - 1, heardFrom }, NOW), NOW);
  // Another host's clock is ahead.
  assert.equal(heardFromOf({ lastAt: ago(-2), heardFrom }, NOW), heardFrom);
  assert.equal(heardFromOf({ lastAt: ago(-900), heardFrom: ago(-900) }, NOW), NOW);
});

test('whatever becomes of an orchestration is noticed by the first round behind its bound, so within the bound and a minute', () => {
  const fates = [
    ['gone', 0],
    ['Failed', 0],
    ['Terminated', 0],
    ['Completed', 0],
    ['Pending', 60],
    ['Suspended', 60],
    ['Running', 120],
  ] as const;
  fc.assert(
    fc.property(fc.constantFrom(...fates), fc.nat(10 * 60 * MINUTE), fc.nat(MINUTE - 1), (fate, after, offset) => {
      const [status, minutes] = fate;
      const stopsAt = NOW + MINUTE + after;
      const atRound = (round: number, heardFrom: number): string => {
        const moved = Math.min(round, stopsAt);
        const seen = { status: round < stopsAt ? 'Running' : status, createdAt: NOW, updatedAt: moved };
        const instance = seen.status === 'gone' ? undefined : seen;
        return livenessOf({ row, instance, sealed: false }, { ...bounds, heardFrom }, round).kind;
      };
      let heardFrom = heardFromOf(undefined, NOW + offset);
      let round = NOW + offset;
      // What is never noticed fails here, and does not keep the test for ever.
      for (; round < stopsAt + 3 * 60 * MINUTE && atRound(round, heardFrom) === 'alive'; round += MINUTE)
        heardFrom = heardFromOf({ lastAt: round, heardFrom }, round + MINUTE);
      const late = round - stopsAt - minutes * MINUTE;
      assert.ok(late >= 0 && late < MINUTE, `${status} was noticed ${late} ms behind its bound`);
    }),
  );
});
