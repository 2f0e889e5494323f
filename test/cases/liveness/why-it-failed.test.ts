import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { type InstanceSeen, type LivenessBounds, livenessOf } from '../../../src/cases/liveness.ts';
import type { Oid } from '../../../src/people/oid.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const MINUTE = 60_000;
const ago = (minutes: number): number => NOW - minutes * MINUTE;
const bounds: LivenessBounds = {
  ...{ stuckMs: 60 * MINUTE, silenceMs: 120 * MINUTE, attempts: 3, attemptDelayMs: 5 * MINUTE, heardFrom: 0 },
};
const caseId = makeCaseId('0e000000-0000-4000-8000-000000000001' as Oid, 1);
const row = { state: 'running', openedAt: '2026-11-23T09:00:00Z', instanceId: `case-${caseId}` } as const;
const instance = (status: string, minutes: number, passes?: boolean): InstanceSeen => ({
  ...{ status, createdAt: ago(minutes), updatedAt: ago(minutes) },
  ...(passes === undefined ? {} : { failure: { why: 'It broke.', passes } }),
});

const WHY: readonly (readonly [status: string, instance: InstanceSeen | undefined, why: string])[] = [
  ['gone', undefined, 'The engine does not know its orchestration: the task hub was lost, emptied or exchanged.'],
  ['Failed', instance('Failed', 0), 'Its orchestration failed.'],
  ['Failed with a reason', instance('Failed', 0, false), 'It broke.'],
  ['Completed', instance('Completed', 0), 'Its orchestration ended without a report.'],
  ['Terminated', instance('Terminated', 0), 'Its orchestration was terminated by hand.'],
  ['Canceled', instance('Canceled', 0), 'Its orchestration was terminated by hand.'],
  [
    'Pending',
    { ...instance('Pending', 60), createdAt: ago(90) },
    'Its orchestration has been pending since 2026-11-23 11:00 UTC.',
  ],
  [
    'Pending, and not touched since',
    { ...instance('Pending', 90), createdAt: ago(60) },
    'Its orchestration has been pending since 2026-11-23 11:00 UTC.',
  ],
  [
    'Suspended',
    { ...instance('Suspended', 60), createdAt: ago(90) },
    'Its orchestration has been suspended since 2026-11-23 11:00 UTC.',
  ],
  [
    'Running',
    { ...instance('Running', 120), createdAt: ago(150) },
    'Nothing has been heard of it since 2026-11-23 10:00 UTC.',
  ],
];
for (const [status, seen, why] of WHY) {
  test(`of a case that is ${status} the row says why it failed`, () =>
    assert.deepEqual(livenessOf({ row, instance: seen, sealed: false }, bounds, NOW), { kind: 'failed', why }));
}

test('where a firm waits longer than two hours between attempts, so does the app', () => {
  const seen = { row, instance: instance('Failed', 0, true), sealed: false };
  const verdict = livenessOf(seen, { ...bounds, attemptDelayMs: 180 * MINUTE }, NOW);
  assert.deepEqual(verdict, { kind: 'again', why: 'It broke.', next: NOW + 180 * MINUTE });
});
