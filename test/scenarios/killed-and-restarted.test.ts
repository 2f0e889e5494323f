import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesIn, crashCase, type KillPoint } from '../crash/crash-case.ts';
import { assertSameAsCalm } from '../crash/same-as-calm.ts';

/** Each time the vendor has done it, and the app dies before it hears so. */
const POINTS: Readonly<Record<string, KillPoint>> = {
  'the gateway took the deny list': ({ vendor, method }) => vendor === 'arm' && ['PUT', 'PATCH'].includes(method),
  'discovery was half done': ({ vendor, path }) => vendor === 'github' && path.includes('/graphql'),
  'Azure deleted a federated credential': ({ vendor, method }) => vendor === 'arm' && method === 'DELETE',
  'GitHub queued a revocation': ({ vendor, method, path }) =>
    vendor === 'github' && method === 'POST' && path.includes('/personal-access-tokens'),
  'GitHub opened the issue': ({ vendor, method, path }) =>
    vendor === 'github' && method === 'POST' && path.endsWith('/issues'),
};

test('an app that is killed five times within a case finishes it as if nothing had been: nothing cut twice, one report, one issue', async () => {
  const [calm, stormy] = [await crashCase([]), await crashCase(Object.values(POINTS))];
  assert.equal(stormy.kills, Object.keys(POINTS).length);
  assert.ok(changesIn(calm).length > 20);
  assertSameAsCalm(stormy, calm);
  assert.deepEqual([stormy.tenant.issues.length, stormy.tenant.messages], [1, 1]);
});
