import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SecretsServers } from '../../../src/posture/secrets/secrets-servers.ts';

const APP = '9f0e1d2c-3b4a-4c5d-8e6f-7a8b9c0d1e2f';

test('servers of secrets, each with the application that its tokens are for', () => {
  assert.deepEqual(SecretsServers.parse(undefined), []);
  assert.deepEqual(SecretsServers.parse(`Vault=${APP.toUpperCase()}, keys=${APP} ,`), [
    { server: 'vault', appId: APP },
    { server: 'keys', appId: APP },
  ]);
});

test('an entry without an application is refused: the checklist would pass over its server', () => {
  for (const entry of ['vault', 'vault=', `my vault=${APP}`, `vault=${APP}0`, `=${APP}`, 'vault=api://mcp-secrets']) {
    const { error } = SecretsServers.safeParse(entry);
    assert.match(error?.issues[0]?.message ?? '', /is not <server>=<client id>$/, entry);
  }
});
