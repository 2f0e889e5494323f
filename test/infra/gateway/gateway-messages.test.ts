// With the files of the folder `messages` in one process: each would compile the gateway for itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertPasses, assertRefused } from '../support/gateway/assert-outcome.ts';
import { BOB, message, READ, toolCall, userToken, WRITE } from '../support/gateway/callers.ts';
import { call, gateway } from './messages/world.ts';
import './messages/malformed.ts';

test('an MCP session passes: initialize, notifications, answers, the list of tools, the stream, its end', async () => {
  const token = userToken('mcp.tools.read');
  const bodies = [
    message('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } }),
    JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
    message('tools/list'),
    message('ping'),
    // The answer to a server's ping, and that the client does not know what it is asked.
    JSON.stringify({ jsonrpc: '2.0', id: 3, result: {} }),
    JSON.stringify({ jsonrpc: '2.0', id: 4, error: { code: -32601, message: 'Method not found' } }),
  ];
  for (const body of bodies) assertPasses(await call(token, body));
  for (const method of ['GET', 'DELETE'] as const) {
    const outcome = await gateway.call({ policy: 'github', method, token, headers: { 'mcp-session-id': 's1' } });
    assertPasses(outcome);
    assert.equal(outcome.forwarded?.headers['mcp-session-id'], 's1');
  }
});

test('what reads past the tools is not passed on, and an unknown method is not forbidden but unknown', async () => {
  for (const method of [
    'resources/read',
    'resources/list',
    'prompts/get',
    'completion/complete',
    'tools/Call',
    'tools/call ',
    'tasks/get',
    'notifications/unknown',
  ]) {
    const body = message(method, { uri: 'file:///etc' });
    const sent = method.startsWith('notifications/') ? body.replace('"id":7,', '') : body;
    assertRefused(await call(userToken('mcp.tools.write'), sent), 404, /-32601/);
  }
});

test('a batch is refused as a whole', async () => {
  const batch = `[${READ},${WRITE}]`;
  for (const body of [batch, '[]', ` \n${batch}`]) {
    assertRefused(await call(userToken('mcp.tools.write'), body), 400, /"code":-32600.*Batches/);
  }
});

test('a refusal answers to the id of the message, and to none where that is no id', async () => {
  const idOf = async (id: unknown): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id, method: 'prompts/get' });
    return JSON.parse((await call(userToken('mcp.tools.read'), body)).body ?? '').id;
  };
  for (const id of [7, 'request-7', 'x'.repeat(100)]) assert.equal(await idOf(id), id);
  for (const id of ['x'.repeat(200), { a: 1 }, [7], true, null]) assert.equal(await idOf(id), null);
});

test('a tool call must name its tool, once and plainly', async () => {
  const params = [
    undefined,
    {},
    { name: 7 },
    { name: '' },
    { name: 'a b' },
    { name: 'x\n' },
    { name: 'x'.repeat(129) },
  ];
  const strange = [
    { name: 'get_x', argument: {} },
    { name: 'get_x', task: {} },
  ];
  for (const param of [...params, ...strange]) {
    assertRefused(await call(userToken('mcp.tools.write'), message('tools/call', param)), 400, /"code":-32602/);
  }
});

test('a message that is too large is refused, stated or not', async () => {
  const large = toolCall('read_file', { path: 'x'.repeat(1_048_576) });
  assertRefused(await call(userToken('mcp.tools.read'), large), 413, /larger than 1048576/);
  const unstated = {
    policy: 'github',
    body: large,
    token: userToken('mcp.tools.read'),
    headers: { 'content-length': '' },
  };
  assertRefused(await gateway.call(unstated), 413, /larger than 1048576/);
});

test('the server gets the message as it came, without the token and without headers that claim an identity', async () => {
  const body = toolCall('read_file', { path: '/docs/2026-11-02T09:30:00.000Z.md', note: 'ä 1.0 😀' });
  const { forwarded } = await gateway.call({
    policy: 'filesystem',
    body,
    query: 'tools=create_issue',
    token: userToken('mcp.tools.read'),
    headers: {
      'X-MS-CLIENT-PRINCIPAL-ID': BOB,
      'X-MS-CLIENT-PRINCIPAL': 'e30=',
      'X-MS-CLIENT-PRINCIPAL-NAME': 'bob@contoso.example',
      'X-HTTP-Method-Override': 'DELETE',
      'X-HTTP-Method': 'DELETE',
      'X-Method-Override': 'DELETE',
      'X-MS-CLIENT-PRINCIPAL-IDP': 'aad',
      'X-Original-URL': '/admin',
      'X-Rewrite-URL': '/admin',
      accept: 'text/event-stream',
    },
  });
  assert.equal(forwarded?.body, body);
  assert.equal(forwarded?.backend, 'mcp-filesystem');
  assert.equal(forwarded?.path, '/mcp');
  assert.equal(forwarded?.buffered, false);
  const names = Object.keys(forwarded?.headers ?? {}).sort();
  assert.deepEqual(names, ['accept', 'content-length', 'content-type']);
  assert.equal(forwarded?.headers['content-length'], String(Buffer.byteLength(body)));
});

test('a body that is not posted is refused, whatever the server would take it for, and stands in the log', async () => {
  for (const method of ['GET', 'DELETE'] as const) {
    const call = { policy: 'github', method, body: WRITE, token: userToken('mcp.tools.write') };
    const outcome = await gateway.call(call);
    assertRefused(outcome, 400, /"code":-32700/);
    assert.equal(JSON.parse(outcome.events[0]?.text ?? '').tool_name, '[malformed]');
    const chunked = { ...call, headers: { 'content-length': '0', 'Transfer-Encoding': 'chunked' } };
    assertRefused(await gateway.call(chunked), 400, /"code":-32700/);
  }
});

test('no answer’s body is read, so that streams flow', async () => {
  const outcomes = await Promise.all([
    call(userToken('mcp.tools.read'), READ),
    call(userToken('mcp.tools.read'), WRITE),
    call(undefined, READ),
    gateway.call({ policy: 'github', body: READ, token: userToken('mcp.tools.read'), backendStatus: 0 }),
  ]);
  for (const { responseBodyWasRead } of outcomes) assert.equal(responseBodyWasRead, false);
});

test('what is sent is JSON in UTF-8 and says so', async () => {
  const post = (headers: Readonly<Record<string, string>>) =>
    gateway.call({ policy: 'github', body: READ, token: userToken('mcp.tools.read'), headers });
  for (const type of ['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset="utf-8"']) {
    const outcome = await post({ 'content-type': type });
    assertPasses(outcome);
    assert.equal(outcome.forwarded?.headers['content-type'], 'application/json');
  }
  const wrong = [
    '',
    'text/plain',
    'application/json; charset=utf-16',
    'application/json; charset=utf-8; charset=utf-7',
    'application/json; boundary=x',
    'application/json,application/json',
    'application/jsonx',
    'multipart/form-data',
  ];
  for (const type of wrong) assertRefused(await post({ 'content-type': type }), 415, /-32600/);
  for (const encoding of ['gzip', 'identity', 'br']) {
    const outcome = await post({ 'content-encoding': encoding });
    assertRefused(outcome, 415, /content encoding/);
    assert.equal(outcome.requestBodyReads, 0);
  }
});

test('a page of another origin is refused, and a program says none', async () => {
  const from = (policy: string, origin: string) =>
    gateway.call({ policy, body: READ, token: userToken('mcp.tools.read'), headers: { origin } });
  for (const origin of [
    'https://evil.example',
    'null',
    'https://tools.contoso.example.evil.example',
    'http://tools.contoso.example',
  ])
    assertRefused(await from('open', origin), 403, /origin/);
  assertPasses(await from('open', 'https://tools.contoso.example'));
  assertRefused(await from('github', 'https://tools.contoso.example'), 403, /origin/);
});
