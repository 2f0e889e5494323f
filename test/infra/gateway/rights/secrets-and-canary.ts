import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertPasses, assertRefused } from '../../support/gateway/assert-outcome.ts';
import { applicationToken, READ, secretsToken, toolCall, userToken } from '../../support/gateway/callers.ts';
import { CLIENT_ID, SECRETS_AUDIENCE } from '../../support/gateway/gateway-plan.ts';
import { CANARY, call } from './world.ts';

test('the secrets server takes applications with its own role and audience, and nobody else', async () => {
  const get = toolCall('get_secret', { name: 'orders-db' });
  assertPasses(await call(secretsToken(), get, 'secrets'));
  assertPasses(await call(secretsToken(), toolCall('rotate_secret', { name: 'orders-db' }), 'secrets'));
  assertRefused(
    await call(applicationToken([], { aud: SECRETS_AUDIENCE }), get, 'secrets'),
    403,
    /mcp\.tools\.secrets/,
  );
  for (const token of [userToken('mcp.tools.write'), applicationToken(['mcp.tools.admin', 'mcp.tools.secrets'])]) {
    assertRefused(await call(token, get, 'secrets'), 401, /TokenAudienceNotAllowed/);
  }
});

test('a person’s token for the secrets server is refused, whatever it says', async () => {
  const get = toolCall('get_secret', { name: 'orders-db' });
  const roles = ['mcp.tools.secrets'];
  for (const claims of [{}, { roles }, { roles, azp: undefined }]) {
    const token = userToken('mcp.tools.secrets mcp.tools.read', { aud: SECRETS_AUDIENCE, ...claims });
    assertRefused(await call(token, get, 'secrets'), 403, /client application/);
  }
  const idToken = userToken('', { aud: SECRETS_AUDIENCE, roles });
  assertRefused(await call(idToken, get, 'secrets'), 403, /-32002/);
});

test('a user comes through a client application that is allowed; an application needs no such list', async () => {
  const other = userToken('mcp.tools.read', { azp: '99999999-9999-4999-8999-999999999999' });
  assertRefused(await call(other, READ), 403, /client application/);
  for (const azp of [CLIENT_ID.slice(1), CLIENT_ID.slice(0, -1), ',']) {
    assertRefused(await call(userToken('mcp.tools.read', { azp }), READ), 403, /client application/);
  }
  assertPasses(await call(userToken('mcp.tools.read', { azp: CLIENT_ID.toUpperCase() }), READ));
  assertRefused(await call(userToken('mcp.tools.read', { azp: undefined }), READ), 403, /client application/);
  assertPasses(await call(applicationToken(['mcp.tools.read.app']), READ));
});

test('a token without an object id is refused and counted for nobody', async () => {
  for (const oid of [undefined, '', 'none', 'not-a-guid']) {
    const outcome = await call(userToken('mcp.tools.read', { oid }), READ);
    assertRefused(outcome, 403, /does not say whose/);
    assert.deepEqual(outcome.rateLimitKeys, ['address 10.50.3.4']);
  }
});

const canary = (roles: readonly string[] = ['mcp.tools.read.app']) => applicationToken(roles, { oid: CANARY });
const LIST = toolCall('list_directory', { path: '/canary/7' });

for (const [who, token, body, status, server, tool] of [
  ['the canary', canary(), LIST, 200, 'canary', 'list_directory'],
  ['the canary without its role', canary([]), LIST, 403, 'canary', 'list_directory'],
  ['the canary, which may not write', canary(), toolCall('write_file'), 403, 'canary', 'write_file'],
  ['another application', applicationToken(['mcp.tools.read.app']), LIST, 403, 'canary-others', '[unread]'],
  ['a person', userToken('mcp.tools.read'), LIST, 403, 'canary-others', '[unread]'],
  ['whoever has no token', undefined, LIST, 401, 'canary-others', '[unread]'],
] as const) {
  test(`${who} gets ${status} from the canary’s API, which leads nowhere, and is logged at ${server}`, async () => {
    const outcome = await call(token, body, 'canary');
    assert.deepEqual([outcome.status, outcome.forwarded], [status, null]);
    const rows = outcome.events.map(({ text }) => JSON.parse(text) as Readonly<Record<string, unknown>>);
    assert.deepEqual(
      rows.map((row) => [row.mcp_server, row.tool_name, row.response_status]),
      [[server, tool, status]],
    );
  });
}

test('the canary’s row says which directory it listed, as a server’s does, and its answer is an MCP result', async () => {
  const { events, body } = await call(canary(), LIST, 'canary');
  const row = JSON.parse(events[0]?.text ?? '{}') as Readonly<Record<string, unknown>>;
  assert.deepEqual(
    [row.caller_oid, row.caller_upn, row.tool_class, row.scope_used, row.resource_accessed],
    [CANARY, '', 'read', 'mcp.tools.read.app', 'path=/canary/7'],
  );
  assert.deepEqual(JSON.parse(body ?? ''), { jsonrpc: '2.0', id: 7, result: { content: [] } });
});
