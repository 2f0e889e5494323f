import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sweepIdOf } from '../../src/sweep/sweep-run.ts';

test('a timer that fires a moment early, on time, or late sweeps in the hour for which it is due', () => {
  const ids = ['09:59:59.993', '10:00:00.000', '10:00:00.004', '10:41:00.000'].map((time) =>
    sweepIdOf(new Date(`2026-11-23T${time}Z`)),
  );
  assert.deepEqual([...new Set(ids)], ['sweep:ci:2026-11-23T10']);
  assert.equal(sweepIdOf(new Date('2026-11-23T23:59:59.999Z')), 'sweep:ci:2026-11-24T00');
});
