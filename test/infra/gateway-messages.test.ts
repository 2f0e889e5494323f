import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertPasses, assertRefused } from './support/gateway/assert-outcome.ts';
import { BOB, message, READ, toolCall, userToken, WRITE } from './support/gateway/callers.ts';
import { testGateway } from './support/gateway/test-gateway.ts';

const gateway = testGateway();
const { post: call } = gateway;

test('an MCP session passes: initialize, notifications, answers, the list of tools, the stream, its end', async () => {
  const token = userToken('mcp.tools.read');
  const bodies = [
    message('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } }),
    JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
    message('tools/list'),
    message('ping'),
    JSON.stringify({ jsonrpc: '2.0', id: 'elicitation-1', result: { action: 'accept' } }),
  ];
  for (const body of bodies) assertPasses(await call(token, body));
  for (const method of ['GET', 'DELETE'] as const) {
    const outcome = await gateway.call({ policy: 'github', method, token, headers: { 'mcp-session-id': 's1' } });
    assertPasses(outcome);
    assert.equal(outcome.forwarded?.headers['mcp-session-id'], 's1');
  }
});

test('what reads past the tools is not passed on', async () => {
  for (const method of [
    'resources/read',
    'resources/list',
    'prompts/get',
    'completion/complete',
    'tools/Call',
    'tools/call ',
  ]) {
    assertRefused(await call(userToken('mcp.tools.write'), message(method, { uri: 'file:///etc' })), 403, /-32601/);
  }
});

test('a batch is refused as a whole', async () => {
  const batch = `[${READ},${WRITE}]`;
  for (const body of [batch, '[]', ` \n${batch}`]) {
    assertRefused(await call(userToken('mcp.tools.write'), body), 400, /"code":-32600.*Batches/);
  }
});

const MALFORMED: readonly [string, string | undefined][] = [
  ['no body', undefined],
  ['an empty one', ''],
  ['what is not JSON', 'tools/call'],
  ['JSON that ends early', READ.slice(0, -1)],
  ['two messages in a row', `${READ}${READ}`],
  ['a number', '7'],
  ['a string', '"tools/call"'],
  ['null', 'null'],
  ['a message of another version', READ.replace('2.0', '1.0')],
  ['a message without a version', JSON.stringify({ id: 1, method: 'ping' })],
  ['a method that is not a text', JSON.stringify({ jsonrpc: '2.0', id: 1, method: ['tools/call'] })],
  ['neither method nor answer', JSON.stringify({ jsonrpc: '2.0', id: 1 })],
  ['an answer of another version', JSON.stringify({ jsonrpc: '1.0', id: 1, result: {} })],
  ['an answer without a version', JSON.stringify({ id: 1, result: {} })],
  [
    'an answer with a method that differs by case',
    JSON.stringify({ jsonrpc: '2.0', id: 1, result: {}, Method: 'tools/call', params: { name: 'delete_file' } }),
  ],
  [
    'a second method that differs by case',
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping', Method: 'tools/call' }),
  ],
  ['a method that stands twice', WRITE.replace('{', '{"method":"ping",')],
  ['a method that stands twice, once escaped', WRITE.replace('{', '{"m\\u0065thod" : "ping",')],
  ['a tool that stands twice', WRITE.replace('"name":', '"name":"list_issues","name":')],
  ['an argument that stands twice', WRITE.replace('"arguments":{', '"arguments":{"a":[{"b":"\\":","b":1}],')],
];
for (const [what, body] of MALFORMED) {
  test(`malformed: ${what}`, async () => {
    const outcome = await gateway.call({
      policy: 'github',
      token: userToken('mcp.tools.write'),
      ...(body !== undefined && { body }),
    });
    assertRefused(outcome, 400, /"code":-32700/);
    assert.deepEqual(outcome.events, []);
  });
}

test('whatever JSON the arguments are, a message that names everything once passes', () =>
  fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.nat(3), async (args, indent) => {
      const body = JSON.stringify(JSON.parse(toolCall('get_file_contents', args)), undefined, indent);
      assertPasses(await call(userToken('mcp.tools.read'), body));
    }),
    { numRuns: 60 },
  ));

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
    [],
  ];
  for (const param of [...params, { name: 'get_x', Name: 'delete_x' }]) {
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
      accept: 'text/event-stream',
    },
  });
  assert.equal(forwarded?.body, body);
  assert.equal(forwarded?.backend, 'mcp-filesystem');
  assert.equal(forwarded?.path, '/mcp');
  assert.equal(forwarded?.buffered, false);
  const names = Object.keys(forwarded?.headers ?? {}).sort();
  assert.deepEqual(names, ['accept', 'content-length']);
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
