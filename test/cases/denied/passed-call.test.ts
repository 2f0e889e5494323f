import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSED_CALL, PassedCallSchema } from '../../../src/cases/denied/passed-call.ts';

const CALL = {
  ...{ at: '2026-11-23T10:00:00.000Z', revision: 1, server: 'files', tool: 'read_file', status: 200, requestId: 'r' },
} as const;

test('a call that was let pass is told by its kind, and with the workload that made it', () => {
  assert.equal(PASSED_CALL, 'call-after-containment');
  assert.deepEqual(PassedCallSchema.parse(CALL), CALL);
  assert.deepEqual(PassedCallSchema.parse({ ...CALL, identity: 'id-ci' }), { ...CALL, identity: 'id-ci' });
  for (const broken of [{ at: '2026-11-23' }, { status: -1 }, { revision: 0.5 }, { arguments: '/etc' }, { server: 7 }])
    assert.ok(!PassedCallSchema.safeParse({ ...CALL, ...broken }).success, JSON.stringify(broken));
});
