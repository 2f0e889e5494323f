// With the files of the folder `events` in one process: each would compile the gateway for itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOOL_CALL_FIELDS } from '../../../src/ingestion/tool-call.ts';
import { ANN, applicationToken, PIPELINE, secretsToken, toolCall, userToken } from '../support/gateway/callers.ts';
import type { Token } from '../support/gateway/simulated-gateway.ts';
import { eventOf, gateway, REQUEST_ID } from './events/world.ts';
import './events/resources.ts';
import './events/tokens.ts';
import './events/bulk-reading.ts';
import './events/refused.ts';

test('a tool call of a person is one event with exactly the eleven fields', async () => {
  const event = await eventOf({
    policy: 'filesystem',
    body: toolCall('read_file', { path: '/docs/contracts/2026/plan.md', head: 20 }),
    token: userToken('mcp.tools.read mcp.tools.write'),
    timestampMs: Date.UTC(2026, 10, 2, 9, 30, 0, 7),
    elapsedMs: 41.6,
  });
  assert.deepEqual(event, {
    timestamp: '2026-11-02T09:30:00.007Z',
    caller_oid: ANN,
    caller_upn: 'ann@contoso.example',
    mcp_server: 'filesystem',
    tool_name: 'read_file',
    tool_class: 'read',
    scope_used: 'mcp.tools.read',
    resource_accessed: 'path=/docs/contracts/2026/plan.md',
    latency_ms: 42,
    response_status: 200,
    apim_request_id: REQUEST_ID,
  });
  assert.deepEqual(Object.keys(event).sort(), [...TOOL_CALL_FIELDS].sort());
});

test('a pipeline has no user principal name; its role is the scope that was used', async () => {
  const event = await eventOf({
    policy: 'github',
    body: toolCall('create_pull_request', { owner: 'contoso', repo: 'shop', title: 'Fix', head: 'fix', base: 'main' }),
    token: applicationToken(['mcp.tools.read.app', 'mcp.tools.write.app'], { upn: 'forged@contoso.example' }),
  });
  const { caller_oid, caller_upn, mcp_server, tool_name, scope_used, resource_accessed } = event;
  assert.deepEqual(
    { caller_oid, caller_upn, mcp_server, tool_name, scope_used, resource_accessed },
    {
      caller_oid: PIPELINE,
      caller_upn: '',
      mcp_server: 'github',
      tool_name: 'create_pull_request',
      scope_used: 'mcp.tools.write.app',
      resource_accessed: 'owner=contoso; repo=shop',
    },
  );
});

test('of a secret there is its name in the log, and its value nowhere', async () => {
  const { events } = await gateway.call({
    policy: 'secrets',
    body: toolCall('set_secret', { value: 'correct horse', name: 'orders-db', tags: { token: 'battery staple' } }),
    token: secretsToken(),
  });
  const text = events.map((event) => event.text).join();
  assert.match(text, /"resource_accessed":"name=orders-db"/);
  assert.match(text, /"scope_used":"mcp.tools.secrets"/);
  assert.doesNotMatch(text, /horse|staple/);
});

test('the scope that was used is the one that the token has, not the least that would do', async () => {
  const body = toolCall('read_file', { path: '/a' });
  const scopeOf = async (token: Token): Promise<unknown> =>
    (await eventOf({ policy: 'github', body, token })).scope_used;
  assert.equal(await scopeOf(userToken('mcp.tools.write')), 'mcp.tools.write');
  assert.equal(await scopeOf(applicationToken(['mcp.tools.admin'])), 'mcp.tools.admin');
});

test('a call whose caller hangs up is one event', async () => {
  const body = toolCall('read_file', { path: '/a' });
  const event = await eventOf({ policy: 'github', body, token: userToken('mcp.tools.read'), hangsUp: true });
  assert.equal(event.response_status, 200);
});

test('the caller is whom the token names, whatever the headers say', async () => {
  const event = await eventOf({
    policy: 'filesystem',
    body: toolCall('read_file', { path: '/a' }),
    token: userToken('mcp.tools.read'),
    headers: { 'X-MS-CLIENT-PRINCIPAL-ID': PIPELINE, 'X-MS-CLIENT-PRINCIPAL-NAME': 'bob@contoso.example' },
  });
  assert.equal(event.caller_oid, ANN);
  assert.equal(event.caller_upn, 'ann@contoso.example');
});

test('every call says what the gateway took it for', async () => {
  const classOf = async (body: string, policy = 'github', token = userToken('mcp.tools.write')): Promise<unknown> =>
    (await eventOf({ policy, body, token })).tool_class;
  assert.equal(await classOf(toolCall('list_issues')), 'read');
  assert.equal(await classOf(toolCall('launch')), 'write');
  assert.equal(await classOf(toolCall('create_webhook')), 'admin');
  assert.equal(await classOf(toolCall('list_secrets'), 'secrets', secretsToken()), 'secrets');
});

test('the time of a call is UTC and has twenty-four hours', async () => {
  const body = toolCall('create_issue', { owner: 'contoso', repo: 'shop' });
  const timestampMs = Date.UTC(2026, 9, 24, 20, 5, 6, 78);
  const token = userToken('mcp.tools.write', { exp: timestampMs / 1000 + 60 });
  const { timestamp } = await eventOf({ policy: 'github', body, token, timestampMs });
  assert.equal(timestamp, '2026-10-24T20:05:06.078Z');
});

test('a name is cut at 256 characters, and a token without a UPN gives the one that is shown', async () => {
  const body = toolCall('read_file', { path: '/a' });
  const upnOf = async (claims: Readonly<Record<string, unknown>>): Promise<unknown> =>
    (await eventOf({ policy: 'filesystem', body, token: userToken('mcp.tools.read', claims) })).caller_upn;
  assert.equal(await upnOf({ upn: `${'x'.repeat(300)}@contoso.example` }), 'x'.repeat(256));
  assert.equal(await upnOf({ upn: undefined, preferred_username: 'ann@new.example' }), 'ann@new.example');
});
