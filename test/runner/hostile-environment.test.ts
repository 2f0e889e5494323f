import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { MOST_CHARACTERS } from '../../src/machines/limits.ts';
import { MachineReportSchema } from '../../src/machines/report.ts';
import { makeMachine } from './support/machine.ts';
import { planted } from './support/planted.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

const scratch = mkdtempSync(path.join(tmpdir(), 'hostile-'));
after(() => rmSync(scratch, { recursive: true }));

/** What would have this Node load something, trust somebody or go another way. */
const HOSTILE = {
  NODE_OPTIONS: '--require /evil.cjs',
  NODE_PATH: '/evil',
  NODE_EXTRA_CA_CERTS: '/evil.pem',
  NODE_TLS_REJECT_UNAUTHORIZED: '0',
  NODE_USE_ENV_PROXY: '1',
  SSL_CERT_FILE: '/evil.pem',
  OPENSSL_CONF: '/evil.cnf',
  LD_LIBRARY_PATH: '/evil',
};

test('what a job sets for Node and for its libraries does not reach the inventory; what may be a token does', async () => {
  const seen = path.join(scratch, 'seen');
  const tells = path.join(scratch, 'node');
  writeFileSync(tells, `#!/bin/sh\nenv >'${seen}'\n`);
  chmodSync(tells, 0o755);
  const machine = await makeMachine({
    vendor: 'github',
    receiver,
    node: { folder: 'node24', file: tells, skip: false },
  });
  await machine.begin({ ...HOSTILE, NODE_AUTH_TOKEN: 'x', HTTPS_PROXY: 'http://y' });
  const names = new Set(
    readFileSync(seen, 'utf8')
      .split('\n')
      .map((line) => line.split('=')[0]),
  );
  assert.deepEqual(
    Object.keys(HOSTILE).filter((name) => names.has(name)),
    [],
  );
  assert.ok(names.has('NODE_AUTH_TOKEN') && names.has('HTTPS_PROXY'));
  machine.remove();
});

test('a job’s own authority is not trusted, nor is its code loaded', async () => {
  receiver.requests.length = 0;
  const machine = await makeMachine({
    vendor: 'github',
    receiver,
    settings: { authorities: undefined, sendSeconds: 0.5 },
  });
  const mark = path.join(scratch, 'mark');
  const evil = path.join(scratch, 'evil.cjs');
  writeFileSync(evil, `require('fs').writeFileSync(${JSON.stringify(mark)}, '');`);
  await machine.begin({
    NODE_EXTRA_CA_CERTS: machine.authority,
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    NODE_OPTIONS: `--require ${evil}`,
  });
  assert.match(
    await machine.lineLogged(),
    /report dropped: (?:no answer in time|not reached \(\w*(?:CERT|SIGNATURE)\w*\))\n$/,
  );
  assert.deepEqual(receiver.requests, []);
  assert.equal(existsSync(mark), false);
  machine.remove();
});

test('the proxy of the settings is taken, and sees where to and nothing else; that of the job is not', async () => {
  const seen: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    seen.push(String(request.url));
    const [host = '', port = ''] = String(request.url).split(':');
    const through = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      through.pipe(socket);
      socket.pipe(through);
    });
    for (const each of [through, socket]) each.on('error', () => undefined);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const machine = await makeMachine({ vendor: 'github', receiver, settings: { proxy: url } });
  await machine.begin({ HTTPS_PROXY: 'http://127.0.0.1:1', NODE_USE_ENV_PROXY: '1' });
  MachineReportSchema.parse(JSON.parse(await receiver.next()));
  assert.deepEqual(new Set(seen), new Set([new URL(receiver.url).host]));
  assert.equal(seen.length, 2);
  proxy.close();
  machine.remove();
});

test('a proxy that refuses costs the report, and one line says so', async () => {
  const proxy = createServer().on('connect', (_, socket) => socket.end('HTTP/1.1 407 No\r\n\r\n'));
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const machine = await makeMachine({ vendor: 'github', receiver, settings: { proxy: url, sendSeconds: 0.5 } });
  await machine.begin();
  assert.match(await machine.lineLogged(), /report dropped: (?:no answer in time|not reached \(PROXY_407\))\n$/);
  proxy.close();
  machine.remove();
});

test('a report as long as one may be arrives whole, however long the app reads after the job has begun', async () => {
  const machine = await makeMachine({ vendor: 'github', receiver });
  for (let at = 0; at < 199; at += 1) {
    const long = 'a name of it '.repeat(16);
    const file = path.join('.azd/auth', long, `${long}${at}.json`);
    machine.write(path.join(machine.home, file), `${'N'.repeat(60)}=${planted('github-classic').value}\n`);
  }
  receiver.conduct.now = 'waits';
  assert.equal((await machine.begin()).code, 0);
  await receiver.begun();
  receiver.read();
  const body = await receiver.next();
  assert.ok(body.length > MOST_CHARACTERS / 2 && body.length <= MOST_CHARACTERS, `${body.length}`);
  assert.ok(MachineReportSchema.parse(JSON.parse(body)).tokens.length > 100);
  assert.equal(machine.logged(), '');
  machine.remove();
});

test('a report that was not handed over whole is dropped whole, and one line says so', async () => {
  receiver.requests.length = 0;
  const machine = await makeMachine({ vendor: 'github', receiver });
  const settings = { url: receiver.url, as: 'github-oidc', audience: 'x', sendSeconds: 5 };
  const whole = JSON.stringify({ settings, report: '{}' });
  for (const input of [whole.slice(0, -1), '']) {
    const { status } = spawnSync(process.execPath, [machine.script, '--send', '--runner', machine.runner], {
      input,
      env: { ...receiver.env, NODE_EXTRA_CA_CERTS: machine.authority },
    });
    assert.equal(status, 0);
  }
  assert.match(machine.logged(), /^(?:\S+ report dropped: the time at the beginning [^\n]+\n){2}$/);
  assert.deepEqual(receiver.requests, []);
  machine.remove();
});
