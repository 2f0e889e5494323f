// With the files of the folder `rights` in one process: each would compile the gateway for itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertPasses, assertRefused } from '../support/gateway/assert-outcome.ts';
import { ADMIN, applicationToken, READ, secretsToken, toolCall, userToken, WRITE } from '../support/gateway/callers.ts';
import { WRITE_ROLE } from '../support/gateway/gateway-plan.ts';
import type { Token } from '../support/gateway/simulated-gateway.ts';
import { call, gateway } from './rights/world.ts';
import './rights/secrets-and-canary.ts';

type Right = 'read' | 'write' | 'admin';
const RIGHTS: readonly [who: string, token: Token, may: readonly Right[]][] = [
  ['a user with mcp.tools.read', userToken('mcp.tools.read'), ['read']],
  ['a user with mcp.tools.write', userToken('mcp.tools.write'), ['read', 'write']],
  [
    'a user with both scopes and one of another API',
    userToken('openid mcp.tools.read mcp.tools.write'),
    ['read', 'write'],
  ],
  ['a user with another scope alone', userToken('openid profile'), []],
  ['a user with a scope that only begins like one', userToken('mcp.tools.readx xmcp.tools.write'), []],
  ['an application with mcp.tools.read.app', applicationToken(['mcp.tools.read.app']), ['read']],
  ['an application with mcp.tools.write.app', applicationToken(['mcp.tools.write.app']), ['read', 'write']],
  ['an application with mcp.tools.admin', applicationToken(['mcp.tools.admin']), ['read', 'admin']],
  ['an application without a role', applicationToken([]), []],
  ['an application whose role is named like a scope', applicationToken(['mcp.tools.read', 'mcp.tools.write']), []],
  [
    'a user with mcp.tools.read whose token says that it is a user’s',
    userToken('mcp.tools.read', { idtyp: 'user' }),
    ['read'],
  ],
  [
    'a user whose roles are those of applications',
    userToken('openid', { roles: ['mcp.tools.read.app', 'mcp.tools.write.app', 'mcp.tools.admin'] }),
    [],
  ],
  [
    'a user whose roles are named like scopes',
    userToken('mcp.tools.read', { roles: ['mcp.tools.write', 'mcp.tools.admin'] }),
    ['read'],
  ],
  [
    'an application whose roles only begin like one',
    applicationToken(['mcp.tools.read.application', 'mcp.tools.write.apps', 'mcp.tools.adminx']),
    [],
  ],
  [
    'a user’s ID token with roles and no scope',
    userToken('', { roles: ['mcp.tools.read.app', 'mcp.tools.admin'] }),
    [],
  ],
  [
    'a token that has a scope and says it is an application’s',
    applicationToken(['mcp.tools.admin'], { scp: 'mcp.tools.read' }),
    [],
  ],
];

for (const [who, token, may] of RIGHTS) {
  test(`${who} may use ${may.length === 0 ? 'no' : may.join(' and ')} tools`, async () => {
    for (const [right, body] of [
      ['read', READ],
      ['write', WRITE],
      ['admin', ADMIN],
    ] as const) {
      const outcome = await call(token, body);
      if (may.includes(right)) assertPasses(outcome);
      else assertRefused(outcome, 403, /"code":-32002/);
    }
  });
}

test('a tool that is not known to read needs the right to write, whatever its case', async () => {
  for (const tool of [
    'create_pull_request',
    'update_issue',
    'delete_file',
    'push_files',
    'Write_File',
    'launch',
    'CREATE_ISSUE',
    'update_list_item',
    'delete_search_results',
    'bulk_get_and_read_file',
    'search_and_replace',
    'get_or_create_issue',
    'find_and_modify',
    'read_and_clear',
    'search_replace',
    'list_delete',
    'read.write',
    'directory_tree-remove',
  ]) {
    assertRefused(await call(userToken('mcp.tools.read'), toolCall(tool)), 403, /lacks mcp\.tools\.write/);
    assertPasses(await call(userToken('mcp.tools.write'), toolCall(tool)));
  }
  for (const tool of [
    'read_file',
    'list_directory',
    'search_files',
    'get_file_contents',
    'Search_Code',
    'get_and_list',
    'get_merge_request',
    'list_delete_markers',
    'get_added_and_removed_files',
    'get_commit',
    'list_updates',
  ]) {
    assertPasses(await call(userToken('mcp.tools.read'), toolCall(tool)));
  }
});

test('where writers are named, a person who writes is one of them', async () => {
  const policy = 'github-with-writers';
  const scope = 'mcp.tools.read mcp.tools.write';
  assertPasses(await call(userToken(scope, { roles: ['mcp.developer', WRITE_ROLE] }), WRITE, policy));
  assertRefused(await call(userToken(scope, { roles: ['mcp.developer'] }), WRITE, policy), 403, /-32002/);
  assertPasses(await call(userToken(scope), READ, policy));
  assertPasses(await call(applicationToken(['mcp.tools.write.app']), WRITE, policy));
  // The role alone opens nothing.
  assertRefused(await call(userToken('mcp.tools.read', { roles: [WRITE_ROLE] }), WRITE, policy), 403, /-32002/);
});

test('who lacks a scope is told which, and where to get it', async () => {
  const { headers, body, status } = await call(userToken('mcp.tools.read'), WRITE);
  assert.equal(status, 403);
  assert.equal(
    headers['www-authenticate'],
    'Bearer error="insufficient_scope", scope="api://mcp-gateway-dev/mcp.tools.write", ' +
      'resource_metadata="https://apim-mcp-dev.azure-api.net/.well-known/oauth-protected-resource/mcp/github"',
  );
  assert.deepEqual(JSON.parse(body ?? ''), {
    jsonrpc: '2.0',
    id: 7,
    error: { code: -32002, message: 'The token lacks mcp.tools.write.' },
  });
});

test('who lacks what no sign-in gives is not sent to sign in', async () => {
  const scope = 'mcp.tools.read mcp.tools.write';
  const cases: readonly [string, Token, string, string][] = [
    ['a role that others hold', userToken(scope), WRITE, 'mcp.writer'],
    ['scope and role', userToken('mcp.tools.read'), WRITE, 'mcp.writer'],
    ['an application’s role', applicationToken(['mcp.tools.read.app']), WRITE, 'mcp.tools.write.app'],
    ['what only applications may', userToken(scope, { roles: [WRITE_ROLE] }), ADMIN, 'mcp.tools.admin'],
  ];
  for (const [what, token, body, missing] of cases) {
    const outcome = await call(token, body, 'github-with-writers');
    assertRefused(outcome, 403, new RegExp(`lacks ${missing}\\.`));
    assert.equal(outcome.headers['www-authenticate'], undefined, what);
    assert.equal(JSON.parse(outcome.events[0]?.text ?? '').scope_used, missing, what);
  }
  // With the role, the scope is all that is missing.
  const writer = await call(userToken('mcp.tools.read', { roles: [WRITE_ROLE] }), WRITE, 'github-with-writers');
  assert.match(writer.headers['www-authenticate'] ?? '', /scope="api:\/\/mcp-gateway-dev\/mcp\.tools\.write"/);
});

test('without a token, or with one that is not for this server, the client is told where tokens are issued', async () => {
  const wrong: readonly (Token | undefined)[] = [
    undefined,
    userToken('mcp.tools.read', { aud: '00000003-0000-0000-c000-000000000000' }),
    secretsToken(),
    userToken('mcp.tools.read', { iss: 'https://login.microsoftonline.com/99999999-9999-4999-8999-999999999999/v2.0' }),
    userToken('mcp.tools.read', { exp: Date.UTC(2026, 10, 2, 9, 28) / 1000 }),
    userToken('mcp.tools.read', { exp: undefined }),
    { ...userToken('mcp.tools.read'), signed: false },
  ];
  for (const token of wrong) {
    const outcome = await call(token, READ);
    assert.equal(outcome.status, 401);
    assert.equal(outcome.forwarded, null);
    assert.equal(
      outcome.headers['www-authenticate'],
      `Bearer ${token === undefined ? '' : 'error="invalid_token", '}scope="api://mcp-gateway-dev/mcp.tools.read", ` +
        'resource_metadata="https://apim-mcp-dev.azure-api.net/.well-known/oauth-protected-resource/mcp/github"',
    );
  }
  // Nobody can be told a scope of the secrets server: there is none.
  const { headers } = await call(undefined, READ, 'secrets');
  assert.doesNotMatch(headers['www-authenticate'] ?? '', /scope/);
});

test('the metadata that the challenge points at is answered without a token', async () => {
  const outcome = await gateway.call({ policy: 'metadata-github', method: 'GET' });
  assert.equal(outcome.status, 200);
  assert.equal(outcome.headers['content-type'], 'application/json');
  const { resource } = JSON.parse(outcome.body ?? '') as { readonly resource: string };
  assert.equal(resource, 'https://apim-mcp-dev.azure-api.net/mcp/github');
});
