// With the files of the folder `protocol` in one process: each would compile the gateway for itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertPasses, assertRefused } from '../support/gateway/assert-outcome.ts';
import { message, READ, toolCall } from '../support/gateway/callers.ts';
import { answer, gateway, modern, NEWEST, reader, resourceOf, toolOf, writer } from './protocol/world.ts';
import './protocol/resources-and-tasks.ts';
import './protocol/roots-and-answers.ts';

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
