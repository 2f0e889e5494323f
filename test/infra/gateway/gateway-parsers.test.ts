import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from '../support/gateway/differences.ts';
import { testGateway } from '../support/gateway/test-gateway.ts';

const gateway = testGateway();

test('nothing passes that another parser would run as another tool or on another resource', async () => {
  const { passed, disputed, faults } = await differences(gateway, 10_000, 1);
  assert.deepEqual(faults, []);
  assert.ok(passed > 4_000, `only ${passed} passed`);
  assert.ok(disputed > 1_000, `only ${disputed} were disputed`);
});
