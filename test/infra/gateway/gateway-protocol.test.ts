import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertPasses, assertRefused } from '../support/gateway/assert-outcome.ts';
import { applicationToken, message, READ, toolCall, userToken } from '../support/gateway/callers.ts';
import { gatewayPlan, policiesIn } from '../support/gateway/gateway-plan.ts';
import type { GatewayOutcome } from '../support/gateway/simulated-gateway.ts';
import { testGateway } from '../support/gateway/test-gateway.ts';

/** A server that takes what others do not. */
const OPENED = {
  mcp_servers: {
    github: {
      backend_url: 'http://10.50.1.5:3000',
      tasks: true,
      resources: true,
      prompts: true,
      client_answers: true,
      allowed_roots: ['file:///srv/projects', 'file:///srv/docs'],
    },
  },
};

const gateway = testGateway(async () => {
  const [deployed, opened] = await Promise.all([gatewayPlan(), gatewayPlan(OPENED)]);
  const { policies, ...named } = policiesIn(deployed);
  return { policies: { ...policies, open: policiesIn(opened).policies.github ?? '' }, ...named };
});

const NEWEST = '2026-07-28';
const reader = userToken('mcp.tools.read');
const writer = userToken('mcp.tools.read mcp.tools.write');

type Params = Readonly<Record<string, unknown>>;

/** A request as clients of the newest revision send it: the same three things in body and headers. */
function modern(method: string, params: Params = {}, headers: Readonly<Record<string, string>> = {}) {
  const { _meta = {}, ...more } = params as { readonly _meta?: object } & Params;
  const meta = {
    'io.modelcontextprotocol/protocolVersion': NEWEST,
    'io.modelcontextprotocol/clientInfo': { name: 'x', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
    ..._meta,
  };
  return {
    policy: 'github',
    token: reader,
    body: message(method, { ...more, _meta: meta }),
    headers: {
      'MCP-Protocol-Version': NEWEST,
      'Mcp-Method': method,
      ...(method === 'tools/call' && { 'Mcp-Name': String(params.name) }),
      ...headers,
    },
  };
}

const toolOf = ({ events }: GatewayOutcome): unknown => (events[0] ? JSON.parse(events[0].text).tool_name : undefined);
const classOf = ({ events }: GatewayOutcome): unknown => JSON.parse(events[0]?.text ?? '').tool_class;
const resourceOf = ({ events }: GatewayOutcome): unknown => JSON.parse(events[0]?.text ?? '').resource_accessed;

test('a client of the newest revision discovers, lists, listens and calls, with the right to read', async () => {
  for (const request of [
    modern('server/discover'),
    modern('tools/list'),
    modern('subscriptions/listen', { notifications: { toolsListChanged: true } }),
    modern('tools/call', { name: 'list_issues', arguments: { owner: 'contoso', repo: 'shop' } }),
  ]) {
    const outcome = await gateway.call(request);
    assertPasses(outcome);
    assert.equal(outcome.forwarded?.buffered, false);
    assert.equal(outcome.forwarded?.headers['mcp-method'], request.headers['Mcp-Method']);
  }
});

test('headers that say something else than the body are refused as the specification says, whatever the method', async () => {
  const call = { name: 'list_issues', arguments: {} };
  const wrong = [
    modern('tools/call', call, { 'Mcp-Name': 'get_issue' }),
    modern('tools/call', call, { 'Mcp-Name': '' }),
    modern('tools/call', call, { 'Mcp-Method': 'tools/list' }),
    modern('tools/call', call, { 'Mcp-Method': '' }),
    modern('tools/call', call, { 'Mcp-Method': 'Tools/Call' }),
    modern('tools/call', call, { 'MCP-Protocol-Version': '2025-11-25' }),
    modern('tools/call', call, { 'MCP-Protocol-Version': '' }),
    modern('tools/call', call, { 'Mcp-Name': '=?base64?bGlzdA==?=' }),
    modern('tools/call', call, { 'Mcp-Name': '=?base64?***?=' }),
    modern('tools/list', {}, { 'Mcp-Name': 'list_issues' }),
    modern('tools/list', {}, { 'Mcp-Method': '' }),
    // The header alone: of an earlier revision is the body, whatever the header says.
    { policy: 'github', token: reader, body: READ, headers: { 'MCP-Protocol-Version': NEWEST } },
    { policy: 'github', token: reader, body: READ, headers: { 'Mcp-Method': 'tools/list' } },
    { policy: 'github', token: reader, body: READ, headers: { 'Mcp-Name': 'list_issues' } },
    modern('tools/call', { ...call, _meta: { 'io.modelcontextprotocol/protocolVersion': 7 } }),
  ];
  for (const request of wrong) assertRefused(await gateway.call(request), 400, /"id":7,"error":\{"code":-32020/);
  const cancelled = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } });
  for (const body of [cancelled, answer({})]) {
    const headers = { 'Mcp-Method': 'tools/call', 'Mcp-Name': 'list_issues' };
    assertRefused(await gateway.call({ policy: 'github', token: reader, body, headers }), 400, /-32020/);
  }
  const encoded = `=?base64?${Buffer.from('list_issues').toString('base64')}?=`;
  assertPasses(await gateway.call(modern('tools/call', call, { 'Mcp-Name': encoded })));
  const earlier = { 'MCP-Protocol-Version': '2025-11-25' };
  assertPasses(await gateway.call({ policy: 'github', token: reader, body: READ, headers: earlier }));
});

test('a call that is refused for its headers stands in the log under the tool of its body', async () => {
  const outcome = await gateway.call(
    modern('tools/call', { name: 'list_issues', arguments: { repo: 'shop' } }, { 'Mcp-Name': 'x' }),
  );
  assert.deepEqual([toolOf(outcome), resourceOf(outcome)], ['list_issues', 'repo=shop']);
});

test('a method that the gateway does not know is not found, with the code by which clients fall back', async () => {
  const closed = [...RESOURCE_METHODS, ...PROMPT_METHODS, 'completion/complete', 'tasks/get'];
  for (const method of [...closed, 'sampling/createMessage', 'tools/Call', 'resources/Read', 'resources/write']) {
    const outcome = await gateway.call({ policy: 'github', token: writer, body: message(method) });
    assertRefused(outcome, 404, /"id":7,"error":\{"code":-32601/);
    assertRefused(await gateway.call(modern(method)), 404, /"code":-32601/);
  }
  const read = { policy: 'github', token: reader, body: message('resources/read', { uri: 'file:///payroll' }) };
  const refused = await gateway.call(read);
  assert.deepEqual([toolOf(refused), resourceOf(refused)], ['[resources/read]', 'uri=file:///payroll']);
});

const RESOURCE_METHODS = [
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
];
const PROMPT_METHODS = ['prompts/list', 'prompts/get'];

test('resources and prompts pass where a server has them, as reads with what they are about', async () => {
  const uri = 'file:///srv/docs/a.md';
  const passing: readonly [string, Params, string, string][] = [
    ['resources/read', { uri }, '[resources/read]', `uri=${uri}`],
    ['resources/subscribe', { uri }, '[resources/subscribe]', `uri=${uri}`],
    ['resources/unsubscribe', { uri }, '[resources/unsubscribe]', `uri=${uri}`],
    ['prompts/get', { name: 'review', arguments: { file: '/a', style: 'x' } }, '[prompts/get]', 'name=review; file=/a'],
    [
      'completion/complete',
      { ref: { type: 'ref/resource', uri: 'file:///{path}' }, argument: { name: 'path', value: 'pay' } },
      '[completion/complete]',
      'uri=file:///{path}',
    ],
    [
      'completion/complete',
      { ref: { type: 'ref/prompt', name: 'review' }, argument: { name: 'file', value: 'pay' } },
      '[completion/complete]',
      'name=review',
    ],
    [
      'subscriptions/listen',
      { notifications: { resourceSubscriptions: [uri, 'file:///b'] } },
      '[subscriptions/listen]',
      `uri=${uri}, file:///b`,
    ],
  ];
  for (const [method, params, tool, resource] of passing) {
    const name = method === 'resources/read' ? uri : method === 'prompts/get' ? 'review' : undefined;
    const newest = { ...modern(method, params, name === undefined ? {} : { 'Mcp-Name': name }), policy: 'open' };
    for (const request of [newest, { policy: 'open', token: reader, body: message(method, params) }]) {
      const outcome = await gateway.call(request);
      assertPasses(outcome);
      assert.equal(outcome.forwarded?.body, request.body);
      assert.deepEqual([toolOf(outcome), resourceOf(outcome), classOf(outcome)], [tool, resource, 'read']);
      assertRefused(await gateway.call({ ...request, token: applicationToken([]) }), 403, /-32002/);
    }
  }
  for (const method of ['resources/list', 'resources/templates/list', 'prompts/list']) {
    const outcome = await gateway.call({ policy: 'open', token: reader, body: message(method, { cursor: 'x' }) });
    assertPasses(outcome);
    assert.deepEqual(outcome.events, []);
  }
});

test('what is read must be told, in the one way that every parser reads alike', async () => {
  const ref = { type: 'ref/prompt', name: 'review' };
  const wrong: readonly [string, Params][] = [
    ['resources/read', {}],
    ['resources/read', { uri: 7 }],
    ['resources/read', { URI: 'file:///a' }],
    ['resources/read', { uri: 'file:///a', path: '/b' }],
    ['resources/subscribe', {}],
    ['prompts/get', { arguments: {} }],
    ['prompts/get', { Name: 'x' }],
    ['prompts/get', { name: 'x', Arguments: {} }],
    ['completion/complete', { argument: { name: 'a', value: 'b' } }],
    ['completion/complete', { ref: 'x', argument: {} }],
    ['completion/complete', { ref: { Name: 'x' }, argument: {} }],
    ['completion/complete', { Ref: ref, argument: {} }],
    ['completion/complete', { ref: { ...ref, URI: 'file:///payroll' }, argument: {} }],
    ['subscriptions/listen', { notifications: { ResourceSubscriptions: ['file:///a'] } }],
    ['subscriptions/listen', { notifications: { resourceSubscriptions: 'file:///a' } }],
    ['subscriptions/listen', { Notifications: { resourceSubscriptions: ['file:///a'] } }],
  ];
  for (const [method, params] of wrong)
    assertRefused(
      await gateway.call({ policy: 'open', token: writer, body: message(method, params) }),
      400,
      /"code":-32602/,
    );
  const read = { uri: 'file:///a' };
  for (const name of ['', 'file:///b'])
    assertRefused(
      await gateway.call({ ...modern('resources/read', read, { 'Mcp-Name': name }), policy: 'open' }),
      400,
      /-32020/,
    );
  const listen = message('subscriptions/listen', { notifications: { resourceSubscriptions: ['file:///a'] } });
  const closed = await gateway.call({ policy: 'github', token: reader, body: listen });
  assertRefused(closed, 403, /"code":-32004/);
  assert.equal(resourceOf(closed), 'uri=file:///a');
  const withRoots = { uri: 'file:///a', inputResponses: { where: { roots: [{ uri: 'file:///' }] } } };
  assertRefused(
    await gateway.call({ policy: 'open', token: reader, body: message('resources/read', withRoots) }),
    403,
    /-32004/,
  );
});

test('tasks pass where a server has them, are changed with the right to write, and are logged', async () => {
  const post = (method: string, params: Params, token = reader) =>
    gateway.call({ policy: 'open', token, body: message(method, params) });
  const read = await post('tasks/get', { taskId: 't-1' });
  assertPasses(read);
  assert.deepEqual([toolOf(read), resourceOf(read)], ['[tasks/get]', 'taskId=t-1']);
  for (const method of ['tasks/update', 'tasks/cancel']) {
    assertRefused(await post(method, { taskId: 't-1' }), 403, /lacks mcp\.tools\.write/);
    assertPasses(await post(method, { taskId: 't-1' }, writer));
  }
  assertRefused(await post('tasks/get', { taskId: 't-1', name: 'x' }), 400, /-32602/);
  const withTask = { name: 'list_issues', arguments: {}, task: { ttl: 60_000 } };
  assertPasses(await gateway.call({ policy: 'open', token: reader, body: message('tools/call', withTask) }));
  assertRefused(
    await gateway.call({ policy: 'github', token: reader, body: message('tools/call', withTask) }),
    400,
    /-32602/,
  );
});

const answer = (result: unknown): string => JSON.stringify({ jsonrpc: '2.0', id: 1, result });
const withResponses = (inputResponses: unknown): string =>
  message('tools/call', { name: 'read_file', arguments: { path: '/a' }, inputResponses, requestState: 's' });

/** Every way in which a client may tell a server what to serve. */
const ROOTS = (uri: string): readonly string[] => [
  answer({ roots: [{ uri, name: 'x' }] }),
  answer({ roots: [{ uri: 'file:///srv/docs' }, { uri }] }),
  withResponses({ where: { roots: [{ uri }] } }),
  withResponses({ who: { roots: [] }, where: { roots: [{ uri }] } }),
];

test('a server gets no roots from its clients, in no era and however the key is written', async () => {
  const changed = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/roots/list_changed' });
  const hidden = [
    answer({ Roots: [{ uri: 'file:///' }] }),
    answer({ roots: 'file:///' }),
    answer({ roots: [] }),
    answer({ _meta: {}, ROOTS: null }),
    withResponses({ where: { rOOts: [] } }),
    message('tools/list', { inputResponses: { where: { roots: [{ uri: 'file:///' }] } } }),
    message('tools/list', { InputResponses: { where: { roots: [{ uri: 'file:///' }] } } }),
  ];
  for (const body of [...ROOTS('file:///'), changed, ...hidden]) {
    const outcome = await gateway.call({ policy: 'filesystem', token: writer, body });
    assertRefused(outcome, 403, /"code":-32004/);
    assert.match(String(toolOf(outcome)), /^(\[roots\]|read_file)$/);
  }
});

test('where roots are allowed, those below what is allowed pass, are logged, and no other does', async () => {
  const post = (body: string) => gateway.call({ policy: 'open', token: reader, body });
  for (const uri of ['file:///srv/projects', 'file:///srv/projects/shop/src']) {
    for (const body of ROOTS(uri)) {
      const outcome = await post(body);
      assertPasses(outcome);
      assert.equal(outcome.forwarded?.body, body);
      assert.ok(String(resourceOf(outcome)).includes(`root=${uri}`));
    }
  }
  const outside = [
    'file:///',
    'file:///srv',
    'file:///srv/projectsx',
    'file:///srv/projects/../payroll',
    'file:///srv/projects/%2e%2e/payroll',
    'file:///srv/projects/..\\payroll',
    // Node's fileURLToPath drops what stands between the dots.
    'file:///srv/projects/.\t./.\n./payroll',
    'file:///srv/projects/.\r.',
    'file:///srv/projects/\u0000',
    'file:///srv/projects/ ',
    'FILE:///srv/projects',
    '/srv/projects',
  ];
  for (const uri of outside) for (const body of ROOTS(uri)) assertRefused(await post(body), 403, /-32004/);
  for (const root of [
    {},
    { uri: 7 },
    { URI: 'file:///srv/docs' },
    { uri: 'file:///srv/docs', path: '/' },
    'file:///srv/docs',
  ]) {
    assertRefused(await post(answer({ roots: [root] })), 403, /-32004/);
  }
  assertRefused(await post(answer({ Roots: [{ uri: 'file:///srv/docs' }] })), 403, /-32004/);
  assertPasses(await post(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/roots/list_changed' })));
  assertRefused(await post(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/roots/other' })), 404, /-32601/);
});

test('what a client answers to a server is refused unless the server takes answers, and then logged', async () => {
  const answers = [
    answer({ action: 'accept', content: { confirm: true } }),
    answer({ role: 'assistant', content: { type: 'text', text: 'x' }, model: 'm' }),
    answer([]),
    answer('yes'),
    withResponses({ who: { action: 'accept' } }),
    withResponses({ who: 'yes' }),
    withResponses('yes'),
  ];
  for (const body of answers) {
    assertRefused(await gateway.call({ policy: 'github', token: writer, body }), 403, /"code":-32004/);
    const taken = await gateway.call({ policy: 'open', token: reader, body });
    assertPasses(taken);
    assert.equal(toolOf(taken), body.includes('tools/call') ? 'read_file' : '[answer]');
  }
  // What says nothing: the answer to a ping, and that nothing could be answered.
  for (const body of [
    answer({}),
    answer({ _meta: {} }),
    withResponses({}),
    JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'x' } }),
  ]) {
    assertPasses(await gateway.call({ policy: 'github', token: reader, body }));
  }
  assertRefused(
    await gateway.call({ policy: 'open', token: applicationToken([]), body: answer({ action: 'accept' }) }),
    403,
    /-32002/,
  );
});

test('a client is not heard to have what it may not use; the rest of its message is as it was', async () => {
  const capabilities = {
    experimental: { a: '}' },
    roots: { listChanged: true },
    sampling: {},
    elicitation: { form: {} },
  };
  const initialize = message('initialize', {
    protocolVersion: '2025-11-25',
    capabilities,
    clientInfo: { name: 'ü', version: '1' },
  });
  const post = async (policy: string, body: string): Promise<string> => {
    const outcome = await gateway.call({ policy, token: reader, body });
    assertPasses(outcome);
    assert.equal(
      outcome.forwarded?.headers['content-length'],
      String(Buffer.byteLength(outcome.forwarded?.body ?? '')),
    );
    return outcome.forwarded?.body ?? '';
  };
  const without = (body: string, ...parts: readonly string[]): string =>
    parts.reduce((text, part) => text.replace(part, ''), body);
  const stripped = without(initialize, ',"roots":{"listChanged":true}', ',"sampling":{}', ',"elicitation":{"form":{}}');
  assert.equal(await post('github', initialize), stripped);
  assert.equal(await post('open', initialize), initialize);
  const indented = await post('github', JSON.stringify(JSON.parse(initialize), undefined, 2));
  assert.deepEqual(JSON.parse(indented), JSON.parse(stripped));
  const other = initialize.replace('"roots"', '"RootS"');
  assert.equal(await post('github', other), stripped);

  const meta = { 'io.modelcontextprotocol/clientCapabilities': { roots: {}, elicitation: {} } };
  const inAnotherCase = message('tools/list', { _Meta: meta });
  assertRefused(await gateway.call({ policy: 'github', token: reader, body: inAnotherCase }), 400, /-32700/);
  const request = modern('server/discover', { _meta: meta });
  const { forwarded } = await gateway.call(request);
  assert.equal(forwarded?.body, without(request.body, '"roots":{},"elicitation":{}'));
});

test('a tool call reaches the server as it was judged', async () => {
  const body = toolCall('read_file', { path: '/docs/ü 😀.md', note: '\u2028 \ud83d\ude00' });
  const { forwarded } = await gateway.call({ policy: 'filesystem', token: reader, body });
  assert.equal(forwarded?.body, body);
});
