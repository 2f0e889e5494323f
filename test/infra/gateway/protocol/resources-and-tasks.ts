import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertPasses, assertRefused } from '../../support/gateway/assert-outcome.ts';
import { applicationToken, message } from '../../support/gateway/callers.ts';
import type { GatewayOutcome } from '../../support/gateway/simulated-gateway.ts';
import { gateway, modern, type Params, reader, resourceOf, toolOf, writer } from './world.ts';

const classOf = ({ events }: GatewayOutcome): unknown => JSON.parse(events[0]?.text ?? '').tool_class;

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
