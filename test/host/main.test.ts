import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { spawnHost, startHostProcess } from './host-process.ts';
import { fixture, stateFolder } from './host-under-test.ts';

const state = stateFolder();
after(() => state.remove());

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`the process says where it listens, and ${signal} ends it in order`, async () => {
    const host = await startHostProcess('crash', state.path);
    assert.deepEqual(host.functions, ['ask', 'work', 'child', 'nap', 'start-another', 'starts-another']);
    assert.equal((await fetch(`${host.url}/admin/host/status`)).status, 200);
    assert.equal(await host.end(signal), 0);
  });
}

test('with --parent-watch the process ends when its standard input does', async () => {
  const { child } = await startHostProcess('crash', state.path, {}, ['--parent-watch']);
  const ended = once(child, 'exit');
  child.stdin?.end();
  assert.deepEqual(await ended, [0, null]);
});

for (const [title, args, code, message] of [
  ['missing flags are answered with the usage', ['--app', 'x.ts'], 2, /^Usage:/],
  [
    'a way of delivering twice that does not exist is answered with those that do',
    ['--app', fixture('crash'), '--state', state.path, '--deliver-twice', 'late,sometimes'],
    2,
    /^Usage:[\s\S]*overlapping\|late\|after-end/,
  ],
  [
    'a schema that the host does not speak is answered with those that it does',
    ['--app', fixture('crash'), '--state', state.path, '--schema', 'V2'],
    2,
    /^Usage:[\s\S]*V3\|V4/,
  ],
  [
    'an app that does not exist is named',
    ['--app', fixture('none'), '--state', state.path],
    1,
    /No host\.json|does not exist/,
  ],
] as const) {
  test(title, async () => {
    const child = spawnHost(args);
    const [[exitCode], output] = await Promise.all([
      once(child, 'exit'),
      child.stderr === null ? '' : text(child.stderr),
    ]);
    assert.equal(exitCode, code);
    assert.match(output, message);
  });
}

test('a port that is taken is named, with what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const child = spawnHost(['--app', fixture('crash'), '--state', state.path, '--port', String(port)]);
  const [[exitCode], output] = await Promise.all([once(child, 'exit'), text(child.stderr ?? assert.fail())]);
  server.close();
  assert.equal(exitCode, 1);
  assert.match(output, new RegExp(`Port ${port} is taken: end what listens there, or name another with --port\\.`));
  assert.doesNotMatch(output, /EADDRINUSE|at Server/);
});
