import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCanary } from '../../../src/cases/denied/canary.ts';

test('only rows of the app’s own canary are nobody’s call', () => {
  for (const server of ['canary', 'Canary']) assert.ok(isCanary(server), server);
  // Whoever else calls that API is logged as something else, and a server may be called alike.
  for (const server of ['', 'canary-other', 'mcp-canary', 'canary ', 'filesystem'])
    assert.ok(!isCanary(server), server);
});
