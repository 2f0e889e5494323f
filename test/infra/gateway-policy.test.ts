import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import {
  ANN,
  applicationToken,
  BOB,
  message,
  PIPELINE,
  secretsToken,
  toolCall,
  userToken,
} from './support/gateway/callers.ts';
import { CLIENT_ID, gatewayPlan, policiesIn, SECRETS_AUDIENCE, WRITE_ROLE } from './support/gateway/gateway-plan.ts';
import {
  type GatewayOutcome,
  type SimulatedGateway,
  startGateway,
  type Token,
} from './support/gateway/simulated-gateway.ts';

let gateway: SimulatedGateway;
before(async () => {
  const [deployed, withWriters] = await Promise.all([gatewayPlan(), gatewayPlan({ write_role: WRITE_ROLE })]);
  const { policies, ...named } = policiesIn(deployed);
  const writers = policiesIn(withWriters).policies;
  gateway = await startGateway({ policies: { ...policies, 'github-with-writers': writers.github ?? '' }, ...named });
});
after(() => gateway.close());

const READ = toolCall('read_file', { path: '/docs/plan.md' });
const WRITE = toolCall('create_issue', { owner: 'contoso', repo: 'shop', title: 'x' });
const ADMIN = toolCall('update_webhook', { owner: 'contoso', repo: 'shop' });

function call(token: Token | undefined, body: string, policy = 'github'): Promise<GatewayOutcome> {
  return gateway.call({ policy, body, ...(token && { token }) });
}

function assertPasses(outcome: GatewayOutcome): void {
  assert.equal(outcome.status, 200, outcome.error ?? outcome.body ?? '');
  assert.notEqual(outcome.forwarded, null);
}

function assertRefused(outcome: GatewayOutcome, status: number, because: RegExp): void {
  assert.equal(outcome.status, status);
  assert.equal(outcome.forwarded, null);
  assert.match(outcome.body ?? outcome.error ?? '', because);
}

const RIGHTS: readonly {
  readonly who: string;
  readonly token: Token;
  readonly read: boolean;
  readonly write: boolean;
  readonly admin: boolean;
}[] = [
  { who: 'a user with mcp.tools.read', token: userToken('mcp.tools.read'), read: true, write: false, admin: false },
  { who: 'a user with mcp.tools.write', token: userToken('mcp.tools.write'), read: true, write: true, admin: false },
  {
    who: 'a user with both scopes and one of another API',
    token: userToken('openid mcp.tools.read mcp.tools.write'),
    read: true,
    write: true,
    admin: false,
  },
  {
    who: 'a user with another scope alone',
    token: userToken('openid profile'),
    read: false,
    write: false,
    admin: false,
  },
  {
    who: 'a user with a scope that only begins like one',
    token: userToken('mcp.tools.readx xmcp.tools.write'),
    read: false,
    write: false,
    admin: false,
  },
  {
    who: 'an application with mcp.tools.read.app',
    token: applicationToken(['mcp.tools.read.app']),
    read: true,
    write: false,
    admin: false,
  },
  {
    who: 'an application with mcp.tools.write.app',
    token: applicationToken(['mcp.tools.write.app']),
    read: true,
    write: true,
    admin: false,
  },
  {
    who: 'an application with mcp.tools.admin',
    token: applicationToken(['mcp.tools.admin']),
    read: true,
    write: false,
    admin: true,
  },
  { who: 'an application without a role', token: applicationToken([]), read: false, write: false, admin: false },
  {
    who: 'an application whose role is named like a scope',
    token: applicationToken(['mcp.tools.read', 'mcp.tools.write']),
    read: false,
    write: false,
    admin: false,
  },
  {
    who: 'a user with mcp.tools.read whose token says that it is a user’s',
    token: userToken('mcp.tools.read', { idtyp: 'user' }),
    read: true,
    write: false,
    admin: false,
  },
  {
    who: 'a user whose roles are those of applications',
    token: userToken('openid', { roles: ['mcp.tools.read.app', 'mcp.tools.write.app', 'mcp.tools.admin'] }),
    read: false,
    write: false,
    admin: false,
  },
  {
    who: 'a user whose roles are named like scopes',
    token: userToken('mcp.tools.read', { roles: ['mcp.tools.write', 'mcp.tools.admin'] }),
    read: true,
    write: false,
    admin: false,
  },
  {
    who: 'an application whose roles only begin like one',
    token: applicationToken(['mcp.tools.read.application', 'mcp.tools.write.apps', 'mcp.tools.adminx']),
    read: false,
    write: false,
    admin: false,
  },
  {
    who: 'a user’s ID token with roles and no scope',
    token: userToken('', { roles: ['mcp.tools.read.app', 'mcp.tools.admin'] }),
    read: false,
    write: false,
    admin: false,
  },
  {
    who: 'a token that has a scope and says it is an application’s',
    token: applicationToken(['mcp.tools.admin'], { scp: 'mcp.tools.read' }),
    read: false,
    write: false,
    admin: false,
  },
];

for (const { who, token, ...rights } of RIGHTS) {
  const may = Object.entries(rights).flatMap(([right, has]) => (has ? [right] : []));
  test(`${who} may use ${may.length === 0 ? 'no' : may.join(' and ')} tools`, async () => {
    for (const [right, body] of [
      ['read', READ],
      ['write', WRITE],
      ['admin', ADMIN],
    ] as const) {
      const outcome = await call(token, body);
      if (rights[right]) assertPasses(outcome);
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
  ]) {
    assertRefused(await call(userToken('mcp.tools.read'), toolCall(tool)), 403, /lacks mcp\.tools\.write/);
    assertPasses(await call(userToken('mcp.tools.write'), toolCall(tool)));
  }
  for (const tool of ['read_file', 'list_directory', 'search_files', 'get_file_contents', 'Search_Code']) {
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
  const { headers, body } = await call(userToken('mcp.tools.read'), WRITE);
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
      'Bearer resource_metadata="https://apim-mcp-dev.azure-api.net/.well-known/oauth-protected-resource/mcp/github"',
    );
  }
});

test('the metadata that the challenge points at is answered without a token', async () => {
  const outcome = await gateway.call({ policy: 'metadata-github', method: 'GET' });
  assert.equal(outcome.status, 200);
  assert.equal(outcome.headers['content-type'], 'application/json');
  const { resource } = JSON.parse(outcome.body ?? '') as { readonly resource: string };
  assert.equal(resource, 'https://apim-mcp-dev.azure-api.net/mcp/github');
});

test('the secrets server takes applications with its own role and audience, and nobody else', async () => {
  const get = toolCall('get_secret', { name: 'orders-db' });
  assertPasses(await call(secretsToken(), get, 'secrets'));
  assertPasses(await call(secretsToken(), toolCall('rotate_secret', { name: 'orders-db' }), 'secrets'));
  assertRefused(
    await call(applicationToken([], { aud: SECRETS_AUDIENCE }), get, 'secrets'),
    403,
    /mcp\.tools\.secrets/,
  );
  for (const token of [userToken('mcp.tools.write'), applicationToken(['mcp.tools.admin', 'mcp.tools.secrets'])]) {
    assertRefused(await call(token, get, 'secrets'), 401, /TokenAudienceNotAllowed/);
  }
});

test('a person’s token for the secrets server is refused, whatever it says', async () => {
  const get = toolCall('get_secret', { name: 'orders-db' });
  const roles = ['mcp.tools.secrets'];
  for (const claims of [{}, { roles }, { roles, azp: undefined }]) {
    const token = userToken('mcp.tools.secrets mcp.tools.read', { aud: SECRETS_AUDIENCE, ...claims });
    assertRefused(await call(token, get, 'secrets'), 403, /client application/);
  }
  const idToken = userToken('', { aud: SECRETS_AUDIENCE, roles });
  assertRefused(await call(idToken, get, 'secrets'), 403, /-32002/);
});

test('a user comes through a client application that is allowed; an application needs no such list', async () => {
  const other = userToken('mcp.tools.read', { azp: '99999999-9999-4999-8999-999999999999' });
  assertRefused(await call(other, READ), 403, /client application/);
  for (const azp of [CLIENT_ID.slice(1), CLIENT_ID.slice(0, -1), ',']) {
    assertRefused(await call(userToken('mcp.tools.read', { azp }), READ), 403, /client application/);
  }
  assertPasses(await call(userToken('mcp.tools.read', { azp: CLIENT_ID.toUpperCase() }), READ));
  assertRefused(await call(userToken('mcp.tools.read', { azp: undefined }), READ), 403, /client application/);
  assertPasses(await call(applicationToken(['mcp.tools.read.app']), READ));
});

test('a token without an object id is refused and counted for nobody', async () => {
  for (const oid of [undefined, '', 'none', 'not-a-guid']) {
    const outcome = await call(userToken('mcp.tools.read', { oid }), READ);
    assertRefused(outcome, 403, /does not say whose/);
    assert.deepEqual(outcome.rateLimitKeys, []);
  }
});

const DENIED: readonly [string, Readonly<Record<string, string>>][] = [
  ['first in the list', { 'mcp-denied-oids': `,none,${ANN},${BOB},` }],
  ['last in the list', { 'mcp-denied-oids': `,none,${BOB},${ANN},` }],
  ['in upper case', { 'mcp-denied-oids': `,none,${ANN.toUpperCase()},` }],
  ['in the second named value', { 'mcp-denied-oids-2': `,none,${ANN},` }],
  ['in a list that lost its first comma', { 'mcp-denied-oids': `${ANN},none,` }],
  ['in a list that lost its last comma', { 'mcp-denied-oids': `,none,${ANN}`, 'mcp-denied-oids-2': `${BOB},none` }],
  ['in a last list that lost its last comma', { 'mcp-denied-oids-2': `,none,${ANN}` }],
];
for (const [where, namedValues] of DENIED) {
  test(`who is denied, ${where}, may do nothing with any token`, async () => {
    const bodies = [READ, WRITE, message('initialize', {}), message('tools/list')];
    for (const body of bodies) {
      const token = userToken('mcp.tools.read mcp.tools.write');
      assertRefused(
        await gateway.call({ policy: 'github', body, token, namedValues }),
        403,
        /not use the gateway any more/,
      );
    }
    const upper = userToken('mcp.tools.read', { oid: ANN.toUpperCase() });
    assertRefused(await gateway.call({ policy: 'github', method: 'GET', token: upper, namedValues }), 403, /any more/);
  });
}

test('the pipeline of a leaver is denied like a person', async () => {
  const namedValues = { 'mcp-denied-oids-2': `,none,${PIPELINE},` };
  const token = applicationToken(['mcp.tools.write.app']);
  assertRefused(await gateway.call({ policy: 'github', body: READ, token, namedValues }), 403, /any more/);
});

test('the deny list holds whole ids: exactly who is in it is refused', async () => {
  const oid = fc.uuid();
  // What looks like an id and is not: a part of one, one with something before or behind it.
  const similar = fc.oneof(
    oid,
    oid.map((id) => id.slice(0, -1)),
    oid.map((id) => id.slice(1)),
    oid.map((id) => `${id}0`),
    oid.map((id) => `0${id}`),
    fc.constantFrom('none', '', ANN.slice(0, 35), ANN.slice(1), `${ANN}1`, `f${ANN}`),
  );
  const listOf = fc.array(fc.oneof({ weight: 6, arbitrary: similar }, { weight: 1, arbitrary: fc.constant(ANN) }), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(listOf, listOf, fc.boolean(), async (first, second, upper) => {
      const text = (ids: readonly string[]): string => `,none,${ids.map((id) => `${id},`).join('')}`;
      const value = (ids: readonly string[]): string => (upper ? text(ids).toUpperCase() : text(ids));
      const namedValues = { 'mcp-denied-oids': value(first), 'mcp-denied-oids-2': value(second) };
      const outcome = await gateway.call({
        policy: 'github',
        body: READ,
        token: userToken('mcp.tools.read'),
        namedValues,
      });
      assert.equal(outcome.status, [...first, ...second].includes(ANN) ? 403 : 200);
    }),
    { numRuns: 150 },
  );
});

test('fifty calls in a minute, for each principal, wherever they go', async () => {
  const window = 'fifty';
  const token = userToken('mcp.tools.read');
  for (let count = 1; count <= 50; count += 1) {
    const policy = count % 2 === 0 ? 'github' : 'filesystem';
    assertPasses(await gateway.call({ policy, body: READ, token, window }));
  }
  const late = await gateway.call({ policy: 'github', body: READ, token, window });
  assertRefused(late, 429, /RateLimitExceeded/);
  assert.equal(late.headers['retry-after'], '60');
  assert.deepEqual(late.rateLimitKeys, [ANN]);
  const bob = userToken('mcp.tools.read', { oid: BOB });
  assertPasses(await gateway.call({ policy: 'github', body: READ, token: bob, window }));
});

test('calls count for the object id, however it is written, and not for the address or the subject', async () => {
  const keys = await Promise.all([
    call(userToken('mcp.tools.read', { oid: ANN.toUpperCase(), sub: 'another' }), READ),
    call(userToken('mcp.tools.read'), message('tools/list'), 'filesystem'),
    call(secretsToken({ oid: ANN }), toolCall('get_secret', { name: 'x' }), 'secrets'),
  ]);
  assert.deepEqual(new Set(keys.flatMap(({ rateLimitKeys }) => rateLimitKeys)), new Set([ANN]));
});

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
