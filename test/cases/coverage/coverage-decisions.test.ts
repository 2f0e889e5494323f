import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holds } from '../../../src/cases/coverage/coverage-decisions.ts';

test('an exemption holds to the end of its last day, UTC, and no longer', () => {
  const until = '2026-11-30';
  for (const at of ['2025-01-01T00:00:00.000Z', '2026-11-30T00:00:00.000Z', '2026-11-30T23:59:59.999Z'])
    assert.ok(holds({ until }, at), at);
  for (const at of ['2026-12-01T00:00:00.000Z', '2027-11-30T00:00:00.000Z']) assert.ok(!holds({ until }, at), at);
});
