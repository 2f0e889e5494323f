import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ANN,
  applicationToken,
  message,
  PIPELINE,
  secretsToken,
  toolCall,
  userToken,
} from '../../support/gateway/callers.ts';
import type { GatewayRequest } from '../../support/gateway/simulated-gateway.ts';
import { eventOf, eventsOf, gateway } from './world.ts';

test('a refused call is logged with its status, its caller and the right that it lacked, or as refused by the deny list', async () => {
  const write = toolCall('create_issue', { owner: 'contoso', repo: 'shop' });
  const admin = toolCall('create_webhook', { owner: 'contoso', repo: 'shop' });
  const secret = toolCall('get_secret', { name: 'orders-db' });
  const read = toolCall('read_file', { path: '/docs/a.md' });
  const denied = { 'mcp-denied-oids': `,none,${ANN},` };
  const cases: readonly [GatewayRequest, number, string, string][] = [
    [{ policy: 'github', body: write, token: userToken('mcp.tools.read') }, 403, ANN, 'mcp.tools.write'],
    [{ policy: 'github', body: admin, token: userToken('mcp.tools.write') }, 403, ANN, 'mcp.tools.admin'],
    [
      { policy: 'github', body: write, token: applicationToken(['mcp.tools.read.app']) },
      403,
      PIPELINE,
      'mcp.tools.write.app',
    ],
    [{ policy: 'secrets', body: secret, token: secretsToken({ roles: [] }) }, 403, PIPELINE, 'mcp.tools.secrets'],
    [{ policy: 'github', body: read, token: userToken('mcp.tools.read'), namedValues: denied }, 403, ANN, 'deny-list'],
    // No token, no look at the body: what was asked for is not known.
    [{ policy: 'github', body: write }, 401, '', ''],
    [{ policy: 'secrets', body: secret, token: userToken('mcp.tools.read') }, 401, '', ''],
  ];
  for (const [request, status, caller, scope] of cases) {
    const { response_status, caller_oid, scope_used, tool_name } = await eventOf(request);
    const expected = { response_status: status, caller_oid: caller, scope_used: scope };
    assert.deepEqual({ response_status, caller_oid, scope_used }, expected, String(tool_name));
  }
});

test('the call past the limit is logged as 429, unread', async () => {
  const request = { policy: 'filesystem', body: toolCall('list_directory', { path: '/docs' }), window: 'events' };
  const token = userToken('mcp.tools.read');
  for (let count = 1; count <= 50; count += 1) await gateway.call({ ...request, token });
  const event = await eventOf({ ...request, token });
  assert.equal(event.response_status, 429);
  assert.equal(event.caller_oid, ANN);
  assert.equal(event.tool_name, '[unread]');
});

test('what is refused unread is one event in ten seconds for each server, caller and reason', async () => {
  const body = toolCall('read_file', { path: '/a' });
  const at = Date.UTC(2026, 10, 2, 9, 30);
  const count = async (request: GatewayRequest, times: number): Promise<number> => {
    let events = 0;
    for (let index = 0; index < times; index += 1) events += (await eventsOf(request)).length;
    return events;
  };
  const nobody = { policy: 'github', body, window: 'flood' };
  assert.equal(await count(nobody, 200), 1);
  assert.equal(await count({ ...nobody, address: '10.50.9.9' }, 20), 0);
  assert.equal(await count({ ...nobody, policy: 'filesystem' }, 20), 1);
  assert.equal(await count({ ...nobody, timestampMs: at + 9_000 }, 20), 0);
  assert.equal(await count({ ...nobody, timestampMs: at + 11_000 }, 20), 1);
  const denied = { ...nobody, token: userToken('mcp.tools.read'), namedValues: { 'mcp-denied-oids': `,none,${ANN},` } };
  assert.equal(await count(denied, 20), 1);
  // The same person for other reasons: another client, and as often as nobody may.
  const other = userToken('mcp.tools.read', { azp: PIPELINE });
  assert.equal(await count({ ...nobody, token: other }, 20), 1);
  assert.equal(await count({ ...nobody, token: userToken('mcp.tools.read') }, 60), 51);
});

test('what the server answers is what is logged, an error and silence too', async () => {
  const request = {
    policy: 'filesystem',
    body: toolCall('read_file', { path: '/a' }),
    token: userToken('mcp.tools.read'),
  };
  assert.equal((await eventOf({ ...request, backendStatus: 404 })).response_status, 404);
  assert.equal((await eventOf({ ...request, backendStatus: 0 })).response_status, 500);
});

test('what may hold tool calls and is refused unread is logged under a name that no tool has', async () => {
  const read = toolCall('read_file', { path: '/a' });
  const token = userToken('mcp.tools.read');
  const bodies: readonly [string, string, number][] = [
    [`[${read},${read}]`, '[batch]', 400],
    [message('tools/call', { name: 'no such tool' }), '[unnamed]', 400],
    ['not JSON', '[malformed]', 400],
    [read.replace('params', 'param\u017f'), '[malformed]', 400],
    [toolCall('read_file', { path: 'x'.repeat(1_100_000) }), '[oversized]', 413],
  ];
  for (const [body, tool, status] of bodies) {
    const event = await eventOf({ policy: 'filesystem', body, token });
    assert.equal(event.tool_name, tool);
    assert.equal(event.response_status, status);
    assert.equal(event.caller_oid, ANN);
    assert.equal(event.resource_accessed, '');
  }
});

test('what owes the audit log a row says so in the gateway’s own log, in words that are always the same', async () => {
  const body = toolCall('read_file', { path: '/payroll/a.xlsx', token: 'battery staple' });
  const token = userToken('mcp.tools.read');
  const toolsList = message('tools/list');
  const words = 'mcp-tool-call: the audit log must have this call.';
  const told = { source: 'mcp-tool-call', severity: 'information', message: words };
  const owing: readonly GatewayRequest[] = [
    { policy: 'github', body, token },
    { policy: 'github', body: toolCall('create_issue', { owner: 'contoso' }), token },
    { policy: 'github', body: 'not JSON', token },
    { policy: 'github', body, token, backendStatus: 0 },
    { policy: 'github', body, token, hangsUp: true },
    { policy: 'secrets', body: toolCall('get_secret', { name: 'orders-db' }), token: secretsToken() },
  ];
  for (const request of owing) {
    const { traces, events } = await gateway.call(request);
    assert.deepEqual([traces, events.length], [[told], 1]);
  }
  // Refused unread, of which there is one row in ten seconds; and what is no call.
  const owingNothing: readonly GatewayRequest[] = [
    { policy: 'github', body },
    { policy: 'github', body, token, namedValues: { 'mcp-denied-oids': `,none,${ANN},` } },
    { policy: 'github', body: toolsList, token },
    { policy: 'github', method: 'GET', token },
  ];
  for (const request of owingNothing) assert.deepEqual((await gateway.call(request)).traces, []);
});

test('what is no tool call is not logged', async () => {
  const token = userToken('mcp.tools.read');
  const requests: readonly GatewayRequest[] = [
    { policy: 'github', body: message('initialize', {}), token },
    { policy: 'github', body: message('tools/list'), token },
    { policy: 'github', body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }), token },
    { policy: 'github', body: message('resources/list'), token },
    { policy: 'github', method: 'GET', token },
    { policy: 'github', method: 'DELETE', token },
    { policy: 'github', method: 'GET' },
  ];
  for (const request of requests) assert.deepEqual(await eventsOf(request), []);
});
