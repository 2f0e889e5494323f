import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertPasses, assertRefused } from '../../support/gateway/assert-outcome.ts';
import { applicationToken, message } from '../../support/gateway/callers.ts';
import { answer, gateway, reader, resourceOf, toolOf, writer } from './world.ts';

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
