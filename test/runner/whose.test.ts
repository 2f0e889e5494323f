import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LABELS } from '../../runner/labels/index.ts';
import { scanFile, scanVariable } from '../../runner/look/scan.ts';
import { serversIn } from '../../runner/look/servers.ts';
import { everyToken, planted, sha256, WRITTEN } from './support/planted.ts';

const basic = (user: string, token: string): string => Buffer.from(`${user}:${token}`).toString('base64');

/** A file of each tool as it writes it, and the name and account that must stand beside its token. */
const FILES: Readonly<
  Record<
    string,
    { structure: keyof typeof LABELS; text: (token: string) => string; told: readonly [string, string | undefined] }
  >
> = {
  'the store of git': {
    structure: 'urls',
    text: (token) => `https://alex%40northwind.example:${token}@github.com\n`,
    told: ['github.com', 'alex@northwind.example'],
  },
  'a token where a user would stand': {
    structure: 'urls',
    text: (token) => `https://${token}@github.com\n`,
    told: ['github.com', undefined],
  },
  'what checkout leaves': {
    structure: 'git-config',
    text: (token) =>
      `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${basic('x-access-token', token)}\n`,
    told: ['http.https://github.com/.extraheader', 'x-access-token'],
  },
  'a remote with a password': {
    structure: 'git-config',
    text: (token) => `[remote "origin"]\n\turl = https://alex:${token}@github.com/northwind/desk.git\n`,
    told: ['remote.origin.url', 'alex'],
  },
  netrc: {
    structure: 'netrc',
    text: (token) => `machine github.com login alex\npassword ${token}\n`,
    told: ['github.com', 'alex'],
  },
  'GitHub’s command line, the active user': {
    structure: 'gh-hosts',
    text: (token) => `github.com:\n    oauth_token: ${token}\n    git_protocol: https\n    user: alex-moreau\n`,
    told: ['github.com', 'alex-moreau'],
  },
  'GitHub’s command line, one of several users': {
    structure: 'gh-hosts',
    text: (token) =>
      `github.com:\n    users:\n        ana:\n            oauth_token: other\n        alex-moreau:\n            oauth_token: ${token}\n    user: ana\n`,
    told: ['github.com', 'alex-moreau'],
  },
  'a registry of npm': {
    structure: 'assignments',
    text: (token) => `registry=https://registry.npmjs.org/\n//registry.npmjs.org/:_authToken=${token}\n`,
    told: ['//registry.npmjs.org/:_authToken', undefined],
  },
  Docker: {
    structure: 'docker',
    text: (token) => JSON.stringify({ auths: { 'ghcr.io': { auth: basic('alex-moreau', token) } } }),
    told: ['ghcr.io auth', 'alex-moreau'],
  },
  'a profile of AWS': {
    structure: 'ini',
    text: (token) => `[default]\nregion = x\n[work]\naws_session_token = ${token}\n`,
    told: ['work.aws_session_token', undefined],
  },
  'Azure’s cache of tokens': {
    structure: 'msal',
    text: (token) =>
      JSON.stringify({
        Account: { a: { home_account_id: 'id.1', username: 'alex.moreau@northwind.example' } },
        RefreshToken: { r: { home_account_id: 'id.1', secret: token } },
      }),
    told: ['RefreshToken', 'alex.moreau@northwind.example'],
  },
  'Azure’s service principals': {
    structure: 'azure-principals',
    text: (token) => JSON.stringify([{ client_id: '3c9d1f7a', tenant: 't', client_secret: token }]),
    told: ['client_secret', '3c9d1f7a'],
  },
  'Claude Code': {
    structure: 'json',
    text: (token) => JSON.stringify({ claudeAiOauth: { accessToken: token } }),
    told: ['claudeAiOauth.accessToken', undefined],
  },
  'settings with comments': {
    structure: 'json',
    text: (token) => `{ // "x\n "env": { /* y */ "GH": "${token}", }, }`,
    told: ['env.GH', undefined],
  },
  'a file that is cut in the middle': {
    structure: 'json',
    text: (token) => `{"env": {"GH": "${token}", "next`,
    told: ['GH', undefined],
  },
  'a file that nothing is known of': {
    structure: 'none',
    text: (token) => `users:\n- name: alex\n  user:\n    token: ${token}\n`,
    told: ['token', undefined],
  },
};

for (const [what, { structure, text, told }] of Object.entries(FILES)) {
  test(`${what}: the token is told with its name and its account`, () => {
    const { value } = planted('github-classic');
    const { found } = scanFile(text(value), structure);
    assert.deepEqual(
      found.map(({ hit, name, account }) => [hit.sha256, name, account]),
      [[sha256(value), ...told]],
    );
  });
}

test('a token of every format is found in files of every structure, and in a variable', () => {
  for (const token of everyToken()) {
    for (const [structure, write] of Object.entries(WRITTEN)) {
      const { found } = scanFile(write(token), structure as keyof typeof LABELS);
      // A key of several lines is told as it stands: in JSON with its line ends written out.
      const digests = [token.value, JSON.stringify(token.value).slice(1, -1)].map(sha256);
      assert.ok(
        found.some(({ hit }) => digests.includes(hit.sha256) && hit.type === token.type),
        `${structure}: ${token.type}`,
      );
    }
    const found = scanVariable(token.name, token.text);
    assert.ok(
      found.some(({ hit, value }) => hit.sha256 === sha256(token.value) && value.includes(token.value)),
      token.type,
    );
  }
});

test('hostile files of each structure are read in time that grows with their length alone', () => {
  const hostile = [
    '[',
    '{"a":',
    '/*',
    '//',
    '"',
    '\\',
    '=',
    'a=b\n',
    '[a]\n',
    'https://',
    'machine login password ',
    '  a:\n',
    'http://a:',
    '$',
  ];
  for (const seed of hostile) {
    const text = seed.repeat(Math.ceil((64 * 1_024) / seed.length));
    for (const read of Object.values(LABELS)) assert.ok(read(text).labels.length <= 10_000);
    assert.deepEqual(serversIn(text, 'vs-code'), []);
  }
});

test('servers of each client are told with their tokens; their commands are the same whoever’s token is in them', () => {
  const [first, second] = [planted('github-classic'), planted('github-classic')];
  const file = (token: string): string =>
    JSON.stringify({
      mcpServers: {
        files: { command: 'npx', args: ['-y', 'server', token], env: { GH: token } },
        remote: { type: 'http', url: 'https://mcp.example:8443/v1?x=1', headers: { Authorization: `Bearer ${token}` } },
        other: { command: 'x', env: { DB_PASSWORD: 'hunter2' } },
        asked: { command: 'x', env: { DB_PASSWORD: '$' + '{input:password}' } },
        broken: 'x',
      },
      projects: { '/a': { mcpServers: { local: { command: 'y' } } } },
    });
  const servers = serversIn(file(first.value), 'claude-code');
  assert.deepEqual(
    servers.map(({ name, transport, host, tokens, otherCredential }) => [
      name,
      transport,
      host,
      tokens.length,
      otherCredential,
    ]),
    [
      ['files', 'stdio', undefined, 1, false],
      ['remote', 'http', 'mcp.example:8443', 1, false],
      ['other', 'stdio', undefined, 0, true],
      ['asked', 'stdio', undefined, 0, false],
      ['local', 'stdio', undefined, 0, false],
    ],
  );
  assert.equal(servers[0]?.command, serversIn(file(second.value), 'claude-code')[0]?.command);
  assert.deepEqual(servers[0]?.tokens, [sha256(first.value)]);
});
