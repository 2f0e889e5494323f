import assert from 'node:assert/strict';
import { test } from 'node:test';
import timers from 'node:timers/promises';
import type { Disk } from '../../runner/look/disk.ts';
import type { Answer, Ask } from '../../runner/send/ask.ts';
import { sendReport } from '../../runner/send/send-report.ts';
import { type Means, signIn } from '../../runner/send/sign-in.ts';
import { readSettings, type Settings } from '../../runner/settings.ts';

const SETTINGS: Settings = {
  url: 'https://offboarding.example',
  audience: 'api://mcp-offboarding',
  as: 'managed-identity',
  sendSeconds: 20,
};
const KEY_FILE = '/var/opt/azcmagent/tokens/a1.key';

const diskOf = (files: Readonly<Record<string, string>>): Disk => ({
  read: (file, most) => {
    const text = files[file];
    return text === undefined
      ? { state: 'absent' }
      : { state: text.length > most ? 'too-large' : 'read', bytes: Buffer.from(text).subarray(0, most) };
  },
  list: () => 'absent',
  real: (folder) => folder,
});
const answer = (status: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  body: JSON.stringify(body),
  header: (name) => headers[name],
});

/** Means whose answers are these, in order; each request is kept as one line. */
function meansOf(
  answers: readonly (Answer | Error)[],
  more: Partial<Pick<Means, 'os' | 'env' | 'disk'>> = {},
): Means & { readonly asked: string[] } {
  const asked: string[] = [];
  const left = [...answers];
  const ask: Ask = (url, { method = 'GET', headers = {} }) => {
    asked.push(`${method} ${url.href} ${JSON.stringify(headers)}`);
    const next = left.shift() ?? new Error('nothing more was expected');
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  return { os: 'linux', env: {}, disk: diskOf({}), signal: new AbortController().signal, ...more, ask, asked };
}

test('a virtual machine asks its metadata service, for the identity that the settings name', async () => {
  const means = meansOf([answer(200, { access_token: 'a.b.c' })]);
  assert.equal(await signIn({ ...SETTINGS, clientId: 'one' }, means), 'a.b.c');
  assert.deepEqual(means.asked, [
    'GET http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api%3A%2F%2Fmcp-offboarding&client_id=one {"metadata":"true"}',
  ]);
});

const HIMDS = '/opt/azcmagent/bin/himds';
const challenge = (file: string): Answer => answer(401, '', { 'www-authenticate': `Basic realm=${file}` });

test('a server of Azure Arc shows the key of the file that its agent names', async () => {
  const windows = { ProgramFiles: 'C:\\Program Files', ProgramData: 'C:\\ProgramData' };
  const key = 'C:\\ProgramData\\AzureConnectedMachineAgent\\Tokens\\a1.key';
  const himds = 'C:\\Program Files\\AzureConnectedMachineAgent\\himds.exe';
  for (const [file, more] of [
    [KEY_FILE, { disk: diskOf({ [HIMDS]: '', [KEY_FILE]: 'proof' }) }],
    [key, { os: 'windows', env: windows, disk: diskOf({ [himds]: '', [key]: 'proof' }) }],
  ] as const) {
    const means = meansOf([challenge(file), answer(200, { access_token: 'a.b.c' })], more);
    assert.equal(await signIn(SETTINGS, means), 'a.b.c');
    assert.match(means.asked[1] ?? '', /^GET http:\/\/127\.0\.0\.1:40342\/.*"authorization":"Basic proof"/);
  }
});

for (const [what, file, files] of [
  ['outside of its folder', '/etc/shadow.key', { '/etc/shadow.key': 'x' }],
  ['outside of its folder by way of it', '/var/opt/azcmagent/tokens/../../../../etc/a.key', { '/etc/a.key': 'x' }],
  ['below a folder of its folder', '/var/opt/azcmagent/tokens/a/b.key', { '/var/opt/azcmagent/tokens/a/b.key': 'x' }],
  ['that is no key', '/var/opt/azcmagent/tokens/a.txt', { '/var/opt/azcmagent/tokens/a.txt': 'x' }],
  ['that is too long', KEY_FILE, { [KEY_FILE]: 'x'.repeat(4_097) }],
  ['that the account may not read', KEY_FILE, {}],
] as const) {
  test(`a file ${what} is shown to nobody`, async () => {
    const means = meansOf([challenge(file)], { disk: diskOf({ [HIMDS]: '', ...files }) });
    await assert.rejects(signIn(SETTINGS, means), /Arc agent/);
    assert.equal(means.asked.length, 1);
  });
}

test('what a job sets decides neither whether a key is shown, nor which, nor where', async () => {
  const hostile = {
    IDENTITY_ENDPOINT: 'http://localhost:8080/metadata/identity/oauth2/token',
    IMDS_ENDPOINT: 'http://localhost:8080',
    MSI_ENDPOINT: 'http://localhost:8080',
    ProgramData: '/home/alex',
    ProgramFiles: '/home/alex',
  };
  const files = { '/home/alex/AzureConnectedMachineAgent/himds.exe': '', '/home/alex/a.key': 'x' };
  const machine = meansOf([answer(404)], { env: hostile, disk: diskOf(files) });
  await assert.rejects(signIn(SETTINGS, machine), /gave no token \(404\)/);
  assert.match(machine.asked.join(), /^GET http:\/\/169\.254\.169\.254\/[^,]*$/);
  const server = meansOf([challenge('/home/alex/a.key')], { env: hostile, disk: diskOf({ ...files, [HIMDS]: '' }) });
  await assert.rejects(signIn(SETTINGS, server), /named no key file of its own/);
  assert.match(server.asked.join(), /^GET http:\/\/127\.0\.0\.1:40342\/[^,]*$/);
});

test('a job of GitHub asks for its own token, where it may', async () => {
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://issuer.example/t?api-version=2.0',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
  };
  const means = meansOf([answer(200, { value: 'a.b.c' })], { env });
  assert.equal(await signIn({ ...SETTINGS, as: 'github-oidc' }, means), 'a.b.c');
  assert.match(means.asked[0] ?? '', /audience=api%3A%2F%2Fmcp-offboarding/);
  await assert.rejects(signIn({ ...SETTINGS, as: 'github-oidc' }, meansOf([])), /no id-token: write/);
});

test('what is no token becomes no header, and its text is in no message', async () => {
  const means = meansOf([answer(200, { access_token: 'a\r\nb: c' })]);
  assert.equal(await sendReport('{}', SETTINGS, means), 'the machine’s identity gave no token (200)');
});

test('a report is sent again where the app is not ready, and not where it refuses', async (t) => {
  const signedIn = answer(200, { access_token: 'a.b.c' });
  const refused = meansOf([signedIn, answer(403)]);
  assert.equal(await sendReport('{}', SETTINGS, refused), 'the app answered 403');
  assert.equal(refused.asked.length, 2);
  t.mock.method(timers, 'setTimeout', () => Promise.resolve());
  const starting = meansOf([
    signedIn,
    answer(503),
    signedIn,
    Object.assign(new Error('x'), { code: 'ECONNRESET' }),
    signedIn,
    answer(202),
  ]);
  assert.equal(await sendReport('{}', SETTINGS, starting), undefined);
  assert.equal(starting.asked.length, 6);
});

test('settings: the file goes before the runner’s own lines, and a slip of the pen keeps nothing waiting', () => {
  const read = (json: unknown, lines = '') =>
    readSettings(
      '/r/mcp-inventory',
      '/r',
      diskOf({ '/r/mcp-inventory/mcp-inventory.json': JSON.stringify(json), '/r/.env': lines, '/ca.pem': '' }),
    );
  assert.deepEqual(
    read({ url: 'https://a.example/' }, 'MCP_INVENTORY_URL=https://b.example\nMCP_INVENTORY_AS=github-oidc\n'),
    {
      url: 'https://a.example',
      audience: 'mcp-offboarding-machines',
      as: 'github-oidc',
      sendSeconds: 20,
    },
  );
  const way = { authorities: '/ca.pem', proxy: 'http://proxy.example:3128' };
  const settings = read({ url: 'https://a.example', as: 'github-oidc', ...way });
  assert.deepEqual(settings, { ...Object(settings), ...way });
  for (const [json, says] of [
    [{}, /_AUDIENCE is not set/],
    [{ as: 'github-oidc', authorities: '/nowhere.pem' }, /_AUTHORITIES names cannot be read/],
    [{ as: 'github-oidc', proxy: 'proxy.example:3128' }, /_PROXY is no http/],
  ] as const)
    assert.match(String(read({ url: 'https://a.example', ...json })), says);
  for (const sendSeconds of ['soon', -1, 1e9, null]) {
    const settings = read({ url: 'https://a.example', as: 'github-oidc', sendSeconds });
    assert.equal(typeof settings === 'string' ? settings : settings.sendSeconds, 20);
  }
  assert.equal(read([]), 'mcp-inventory.json is no JSON object');
});
