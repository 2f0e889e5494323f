import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import { INGESTION_TIME } from '../../../local/tenant/kql/values/values.ts';
import { AUDIT_SCHEMA } from '../../../local/tenant/logs/state.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { FORMATS } from '../../../src/credentials/detector/formats.ts';
import { TOKEN_TYPES, type TokenType } from '../../../src/credentials/detector/token-hit.ts';
import { auditRowOf } from '../../../src/ingestion/audit-row.ts';
import { readToolCall, TOOL_CALL_FIELDS } from '../../../src/ingestion/tool-call.ts';
import {
  ANN,
  applicationToken,
  message,
  PIPELINE,
  secretsToken,
  toolCall,
  userToken,
} from '../support/gateway/callers.ts';
import { gatewayPlan, policiesIn } from '../support/gateway/gateway-plan.ts';
import { type GatewayRequest, startGateway, type Token } from '../support/gateway/simulated-gateway.ts';
import { testGateway } from '../support/gateway/test-gateway.ts';

/** The first line of a private key, put together so that this file holds none. */
const KEY_HEAD = `-----BEGIN ${'PRIVATE'} KEY-----`;

const gateway = testGateway();

const REQUEST_ID = '0f0e0d0c-0b0a-4908-8706-050403020100';

/** The events of one request, as the audit pipeline receives them. */
async function eventsOf(request: GatewayRequest): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { events } = await gateway.call({ requestId: REQUEST_ID, ...request });
  return events.map(({ logger, text }) => {
    assert.equal(logger, 'mcp-audit-logger');
    const reading = readToolCall(new TextEncoder().encode(text));
    assert.equal(reading.kind, 'tool-call', reading.kind === 'rejected' ? reading.reason : '');
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  });
}

async function eventOf(request: GatewayRequest): Promise<Readonly<Record<string, unknown>>> {
  const [event, ...more] = await eventsOf(request);
  assert.ok(event !== undefined);
  assert.deepEqual(more, []);
  return event;
}

test('a tool call of a person is one event with exactly the eleven fields', async () => {
  const event = await eventOf({
    policy: 'filesystem',
    body: toolCall('read_file', { path: '/docs/contracts/2026/plan.md', head: 20 }),
    token: userToken('mcp.tools.read mcp.tools.write'),
    timestampMs: Date.UTC(2026, 10, 2, 9, 30, 0, 7),
    elapsedMs: 41.6,
  });
  assert.deepEqual(event, {
    timestamp: '2026-11-02T09:30:00.007Z',
    caller_oid: ANN,
    caller_upn: 'ann@contoso.example',
    mcp_server: 'filesystem',
    tool_name: 'read_file',
    tool_class: 'read',
    scope_used: 'mcp.tools.read',
    resource_accessed: 'path=/docs/contracts/2026/plan.md',
    latency_ms: 42,
    response_status: 200,
    apim_request_id: REQUEST_ID,
  });
  assert.deepEqual(Object.keys(event).sort(), [...TOOL_CALL_FIELDS].sort());
});

test('a pipeline has no user principal name; its role is the scope that was used', async () => {
  const event = await eventOf({
    policy: 'github',
    body: toolCall('create_pull_request', { owner: 'contoso', repo: 'shop', title: 'Fix', head: 'fix', base: 'main' }),
    token: applicationToken(['mcp.tools.read.app', 'mcp.tools.write.app'], { upn: 'forged@contoso.example' }),
  });
  const { caller_oid, caller_upn, mcp_server, tool_name, scope_used, resource_accessed } = event;
  assert.deepEqual(
    { caller_oid, caller_upn, mcp_server, tool_name, scope_used, resource_accessed },
    {
      caller_oid: PIPELINE,
      caller_upn: '',
      mcp_server: 'github',
      tool_name: 'create_pull_request',
      scope_used: 'mcp.tools.write.app',
      resource_accessed: 'owner=contoso; repo=shop',
    },
  );
});

test('of a secret there is its name in the log, and its value nowhere', async () => {
  const { events } = await gateway.call({
    policy: 'secrets',
    body: toolCall('set_secret', { value: 'correct horse', name: 'orders-db', tags: { token: 'battery staple' } }),
    token: secretsToken(),
  });
  const text = events.map((event) => event.text).join();
  assert.match(text, /"resource_accessed":"name=orders-db"/);
  assert.match(text, /"scope_used":"mcp.tools.secrets"/);
  assert.doesNotMatch(text, /horse|staple/);
});

test('the scope that was used is the one that the token has, not the least that would do', async () => {
  const body = toolCall('read_file', { path: '/a' });
  const scopeOf = async (token: Token): Promise<unknown> =>
    (await eventOf({ policy: 'github', body, token })).scope_used;
  assert.equal(await scopeOf(userToken('mcp.tools.write')), 'mcp.tools.write');
  assert.equal(await scopeOf(applicationToken(['mcp.tools.admin'])), 'mcp.tools.admin');
});

test('a call whose caller hangs up is one event', async () => {
  const body = toolCall('read_file', { path: '/a' });
  const event = await eventOf({ policy: 'github', body, token: userToken('mcp.tools.read'), hangsUp: true });
  assert.equal(event.response_status, 200);
});

test('the caller is whom the token names, whatever the headers say', async () => {
  const event = await eventOf({
    policy: 'filesystem',
    body: toolCall('read_file', { path: '/a' }),
    token: userToken('mcp.tools.read'),
    headers: { 'X-MS-CLIENT-PRINCIPAL-ID': PIPELINE, 'X-MS-CLIENT-PRINCIPAL-NAME': 'bob@contoso.example' },
  });
  assert.equal(event.caller_oid, ANN);
  assert.equal(event.caller_upn, 'ann@contoso.example');
});

const RESOURCES: readonly [string, Readonly<Record<string, unknown>>, string][] = [
  ['a repository', { owner: 'contoso', repo: 'shop' }, 'owner=contoso; repo=shop'],
  [
    'a file in a repository',
    { owner: 'contoso', repo: 'shop', path: '/src/app.ts' },
    'path=/src/app.ts; owner=contoso; repo=shop',
  ],
  ['every argument that says what it is about', { name: 'x', path: '/docs' }, 'path=/docs; name=x'],
  ['the one that hides behind another', { uri: 'x', path: '/payroll/a.xlsx' }, 'uri=x; path=/payroll/a.xlsx'],
  ['no separator that could forge one', { uri: 'x; path=/docs' }, 'uri=x%3B path=/docs'],
  ['one that differs by case', { PATH: '/payroll' }, 'path=/payroll'],
  ['several paths', { paths: ['/docs/a.md', '/docs/b.md', 7] }, 'paths=/docs/a.md, /docs/b.md, [other]'],
  [
    'a URI without its credentials',
    { url: 'https://ann:pass@files.example/a?sig=abc#x' },
    'url=https://files.example/a',
  ],
  ['a name that looks like a date', { path: '2026-11-02T09:30:00Z' }, 'path=2026-11-02T09:30:00Z'],
  ['letters of any language', { path: '/docs/Übersicht 概要 😀.md' }, 'path=/docs/Übersicht 概要 😀.md'],
  [
    'no line break that could forge a field',
    { path: '/docs/a\n","response_status":200\u2028' },
    'path=/docs/a ","response_status":200',
  ],
  ['no mark that turns the line around', { path: '/docs/\u202excod.exe' }, 'path=/docs/ xcod.exe'],
  ['nothing of a content', { content: 'secret text', query: 'password=x' }, '[none]'],
  ['that there is none', {}, '[none]'],
  ['a number as it is written', { name: 42 }, 'name=42'],
  ['that it is an object, and nothing of it', { path: { secret: 'x' } }, 'path=[object]'],
];
for (const [what, parameters, expected] of RESOURCES) {
  test(`the resource is ${what}`, async () => {
    const token = userToken('mcp.tools.write');
    const event = await eventOf({ policy: 'github', body: toolCall('get_file_contents', parameters), token });
    assert.equal(event.resource_accessed, expected);
  });
}

test('a long resource is cut in its middle, says so, and hides no other', async () => {
  const path = (name: string): string => `/${`${name}/`.repeat(400)}`;
  const long = {
    uri: path('first'),
    path: '/payroll',
    paths: Array.from({ length: 40 }, (_, at) => `/docs/${at}/${'y'.repeat(40)}`),
  };
  assert.match(
    await resourceOf(long),
    /^uri=\/(first\/)+fi?r?s?\.\.\.[first/]+\/\.\.\. \[2401 characters\]; path=\/payroll; paths=\/docs\/0\/y+, .*\/docs\/9\/y+, \.\.\., \/docs\/30\/y+, .*\/docs\/39\/y+\.\.\. \[40 in all\]$/,
  );
});

/** Names in the list of the module: as many as may be padded. */
const KNOWN = [
  'uri',
  'url',
  'file_path',
  'file',
  'filename',
  'source',
  'destination',
  'owner',
  'repo',
  'name',
  'folder',
  'id',
];

/** Ways to fill what is logged until the path that is read is cut out. */
const PADDED: readonly [string, Readonly<Record<string, unknown>>][] = [
  ['behind other arguments', { ...filled(KNOWN), path: '/payroll/a.xlsx' }],
  [
    'behind made-up names, where a known one is written otherwise',
    { ...filled(Array.from({ length: 600 }, (_, at) => `x${at}_path`)), filePath: '/payroll/a.xlsx' },
  ],
  [
    'behind made-up names',
    { ...filled(Array.from({ length: 600 }, (_, at) => `x${at}_path`)), path: '/payroll/a.xlsx' },
  ],
  ['behind all that comes before it', { ...filled(KNOWN), channel_id: '/payroll/a.xlsx' }],
  ['behind nested ones', { rows: Array.from({ length: 3_000 }, () => ({ path: '/docs' })), path: '/payroll/a.xlsx' }],
  [
    'behind many paths',
    { paths: [...Array.from({ length: 900 }, () => `/docs/${'x'.repeat(400)}`), '/payroll/a.xlsx'] },
  ],
  ['behind a long path in a list', { paths: [`/docs/${'x/'.repeat(9_000)}`, '/payroll/a.xlsx'] }],
  ['at the end of a long path', { path: `/docs/${'x/../'.repeat(9_000)}../payroll/a.xlsx` }],
  ['between what changes nothing', { path: `/${'./'.repeat(900)}payroll/a.xlsx${'/.'.repeat(900)}` }],
  ['between slashes', { path: `${'/'.repeat(900)}payroll/a.xlsx${'/'.repeat(900)}` }],
  ['between spaces', { path: `${' '.repeat(900)}/payroll/a.xlsx${' '.repeat(900)}` }],
  ['as the query of an address', { path: 'https://x?/../../../payroll/a.xlsx' }],
  ['as the value in a query', { path: 'x://?sig=/%2e%2e/../payroll/a.xlsx' }],
  ['encoded, behind what is called a token', { path: '/docs/token=%2e%2e%2fpayroll/a.xlsx' }],
  ['encoded twice', { path: '/docs/token=abcdef%252e%252e/payroll/a.xlsx' }],
  ['encoded, behind what looks like a secret', { path: '/docs/1Q~%2f%2e%2e%2f%2e%2e%2fpayroll/a.xlsx' }],
  ['on a drive', { path: 'C://#payroll/a.xlsx' }],
  ['behind a sign of an address', { path: 'C://2026@payroll/a.xlsx' }],
  ['behind what looks like a key', { path: `${KEY_HEAD}/../../payroll/a.xlsx` }],
  ['behind what looks like a token', { path: '/token=ghp_0123456789abcdef/../../payroll/a.xlsx' }],
];
for (const [how, parameters] of PADDED) {
  test(`what is read is logged ${how}, in a text that the table keeps whole`, async () => {
    const resource = await resourceOf(parameters);
    assert.match(resource, /payroll\/a\.xlsx/);
    assert.ok(resource.length <= 8_100, `${resource.length} characters`);
  });
}

function filled(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.filter((name) => name !== 'path').map((name) => [name, `/docs/${'x/'.repeat(700)}`]));
}

test('arguments that are not logged are counted', async () => {
  const rows = Array.from({ length: 10_500 }, () => ({ path: '/docs' }));
  assert.match(await resourceOf({ repo: 'shop', rows }), /^repo=shop; path=\/docs; .*; \[10\d+ more\]$/);
  const paths = Array.from({ length: 200 }, (_, at) => [`x${at}_path`, '/a'] as const);
  assert.match(await resourceOf({ path: '/b', ...Object.fromEntries(paths) }), /^path=\/b; .*; \[\d+ more\]$/);
});

/** As the reference servers and well-known ones name what their tools read and write. */
const OF_KNOWN_SERVERS: readonly [string, readonly string[]][] = [
  [
    'filesystem, fetch, git, memory',
    ['path', 'paths', 'source', 'destination', 'url', 'repo_path', 'entityName', 'names'],
  ],
  ['GitHub', ['owner', 'repo', 'path', 'gist_id', 'filename', 'org', 'ref', 'branch']],
  ['GitLab', ['project_id', 'file_path', 'ref']],
  [
    'Azure DevOps',
    [
      'project',
      'repositoryId',
      'path',
      'wikiIdentifier',
      'filePath',
      'yamlFilename',
      'folder',
      'destinationPath',
      'savePath',
    ],
  ],
  ['Kubernetes', ['namespace', 'name', 'resourceType', 'filename', 'valuesFile', 'patchFile']],
  ['MongoDB, SQL', ['database', 'collection', 'table', 'schema']],
  ['desktop commander', ['path', 'file_path', 'sourcePdfPath', 'outputPath', 'directory']],
  ['storage', ['bucket', 'container', 'blob', 'prefix', 'object']],
  [
    'documents',
    [
      'file',
      'files',
      'filepath',
      'filePaths',
      'file_name',
      'filenames',
      'dir',
      'target',
      'folder_path',
      'fileId',
      'document_id',
      'page_id',
      'channel_id',
    ],
  ],
  ['whatever is written', ['FilePath', 'file-path', 'FILE.PATH', 'inputfile', 'Output_Directory', 'repoURL']],
];
for (const [servers, names] of OF_KNOWN_SERVERS) {
  test(`what tools of ${servers} are about is logged`, async () => {
    for (const name of names) assert.match(await resourceOf({ [name]: '/payroll' }), /^[A-Za-z_]+=\/payroll$/, name);
  });
}

test('what wraps or lists its arguments hides none of them', async () => {
  assert.equal(await resourceOf({ params: { path: '/payroll' } }), 'path=/payroll');
  const files = [
    { path: 'a.ts', content: 'x' },
    { path: 'b.ts', content: { text: 'y' } },
  ];
  assert.equal(await resourceOf({ repo: 'shop', files }), 'files=[other], [other]; repo=shop; path=a.ts; path=b.ts');
  assert.equal(await resourceOf({ a: [[{ b: { paths: ['/c', '/d'] } }]] }), 'paths=/c, /d');
  // Some servers read a text as arguments where they want an object.
  assert.equal(await resourceOf({ params: '{"path":"/payroll"}', content: '{}' }), 'params=[JSON text]');
  assert.equal(await resourceOf({ params: `${' '.repeat(100)}[1]` }), 'params=[JSON text]');
  assert.equal(await resourceOf({ paths: [['/a'], [[['/b']]], { path: '/c' }] }), 'paths=/a, /b, [other]; path=/c');
});

test('a firm’s own names are logged beside the known ones', async () => {
  const plan = await gatewayPlan({
    additional_resource_arguments: ['case_number'],
    resource_argument_endings: ['ledger'],
  });
  const own = await startGateway(policiesIn(plan));
  try {
    const body = toolCall('read_case', { caseNumber: 7, main_ledger: 'b', sub_path: '/x', path: '/a' });
    const { events } = await own.call({ policy: 'github', body, token: userToken('mcp.tools.read') });
    assert.equal(JSON.parse(events[0]?.text ?? '').resource_accessed, 'path=/a; caseNumber=7; main_ledger=b');
  } finally {
    await own.close();
  }
});

const { mint, sas } = makeTokenMint();
/** Known by what stands beside them alone, where a digest looks the same; a key file is a private key. */
const NAMELESS: readonly TokenType[] = ['github-classic-hex', 'azure-api-management-key', 'gcp-service-account-key'];
const NAMED: Readonly<Partial<Record<TokenType, () => string>>> = {
  'azure-sas': () => `sig=${sas({}).split('&sig=')[1]}`,
  'azure-shared-access-key': () => `SharedAccessKey=${randomBytes(32).toString('base64')}`,
};
for (const type of TOKEN_TYPES.filter((each) => !NAMELESS.includes(each))) {
  test(`of a bare token in an argument nothing is logged: ${type}`, async () => {
    const token = NAMED[type]?.() ?? mint(type as Parameters<typeof mint>[0]);
    const deep = 'x/'.repeat(758);
    for (const path of [
      token,
      `/docs/${token}`,
      `/${deep}${token}/${'y/'.repeat(900)}`,
      `/${'x/'.repeat(3_000)}${token}`,
      // At the edges of what is kept of it.
      `${deep}${token}${'/y'.repeat(2_000)}`,
      `${'x/'.repeat(2_000)}${token}${'/y'.repeat(758)}`,
    ])
      assertSays(await resourceOf({ path, name: token, paths: ['/a', token] }), token);
  });
}

/** Literals that do not begin a token, or begin what else there is: each is met by the tokens above. */
const INSIDE = [
  'Q~',
  '.Ag',
  'sig=',
  'AZDO',
  'T3BlbkFJ',
  '.atlasv1.',
  '+ASt',
  'AccountKey',
  '-----BEGIN ',
  'hooks.slack.com/',
  'ghs_',
];

test('every prefix that the detector declares is known to the gateway, cut short or not', async () => {
  const anchors = FORMATS.flatMap(({ finders }) =>
    finders.flatMap((finder) => ('anchors' in finder ? finder.anchors : [])),
  );
  const prefixes = [...new Set(anchors)].filter((anchor) => !INSIDE.includes(anchor) && !/^\.e/.test(anchor));
  assert.ok(prefixes.length > 30, prefixes.join());
  for (const prefix of prefixes) {
    for (const length of [20, 60]) {
      const rest =
        prefix === 'SharedAccessKey=' || !/^[A-Z]{4}$/.test(prefix)
          ? random(length)
          : random(16).toUpperCase().replaceAll(/\d/g, '7');
      assertSays(await resourceOf({ path: `/docs/${prefix}${rest}` }), `${prefix}${rest}`);
    }
  }
});

const random = (length: number): string =>
  Array.from({ length }, () => 'abcdefghijkmnopqrstuvwxyzABCDEF'.charAt(randomInt(31))).join('');

/** That a text has nothing of a token but what begins every one of its kind. */
function assertSays(text: string, credential: string): void {
  const token = credential.replaceAll(/-----[A-Z ]+-----/g, '');
  for (let at = 14; at + 6 <= token.length; at += 1)
    assert.ok(
      !/[A-Za-z0-9]{6}/.test(token.slice(at, at + 6)) || !text.includes(token.slice(at, at + 6)),
      `${token} in ${text}`,
    );
}

test('an API key of OpenAI without a kind is known by its length', async () => {
  const key = `sk-${random(20)}T3BlbkFJ${random(20)}`;
  assertSays(await resourceOf({ path: `/docs/${key}` }), key);
});

test('half of a token is not logged where so many values are cut that little is kept of each', async () => {
  const token = mint('azure-devops');
  const lists = (value: string): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(Array.from({ length: 35 }, (_, at) => [`x${at}_paths`, Array<string>(20).fill(value)]));
  assertSays(await resourceOf(lists(`/${token}${'/y'.repeat(40)}`)), token);
  assertSays(await resourceOf(lists(`${'y/'.repeat(40)}${token}/`)), token);
});

test('a tool that is called like a token is judged by its name and not logged by it', async () => {
  const body = toolCall(`ghp_${random(36)}`);
  const event = await eventOf({ policy: 'github', body, token: userToken('mcp.tools.read mcp.tools.write') });
  assert.deepEqual([event.tool_name, event.tool_class], ['[redacted]', 'write']);
});

async function resourceOf(parameters: Readonly<Record<string, unknown>>): Promise<string> {
  const token = userToken('mcp.tools.read mcp.tools.write');
  const event = await eventOf({ policy: 'filesystem', body: toolCall('read_file', parameters), token });
  return String(event.resource_accessed);
}

/** What the detection of bulk reading says of one call, by what the gateway and the ingestion make of it. */
async function readInBulk(parameters: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> {
  const body = toolCall('read_multiple_files', parameters);
  const { events } = await gateway.call({ policy: 'filesystem', body, token: userToken('mcp.tools.read') });
  const reading = readToolCall(new TextEncoder().encode(events[0]?.text));
  assert.ok(reading.kind === 'tool-call');
  assert.equal(reading.call.response_status, 200);
  const at = new Date(reading.call.timestamp);
  const row = { ...auditRowOf(reading.call), TimeGenerated: at, timestamp_t: at, [INGESTION_TIME]: at };
  const limits = `
    let lookback = 3h; let maximumCalls = 100; let maximumDirectories = 20;
    let maximumCallsOverCallers = 500; let maximumDirectoriesOverCallers = 100;
    let servers = dynamic(["filesystem"]); let tools = dynamic([]); let zone = "UTC"; let expected = dynamic({});`;
  const query = limits + readFileSync(new URL('../../../kql/file-system-volume.kql', import.meta.url), 'utf8');
  const answer = evaluate(query, AUDIT_SCHEMA, { MCPAuditLog_CL: [row] }, new Date(at.getTime() + 60_000));
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.rows;
}

const DOCUMENTS = Array.from({ length: 101 }, (_, at) => `/payroll/${at}/list.xlsx`);
const HIDDEN: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['as they are', { paths: DOCUMENTS }],
  ['behind a long path', { paths: [`/${'./'.repeat(2_000)}docs/a.md`, ...DOCUMENTS] }],
  ['behind semicolons', { paths: [`/docs/${';'.repeat(500)}`, ...DOCUMENTS] }],
  ['behind another argument', { uri: `/${'./'.repeat(2_000)}docs/a.md`, paths: DOCUMENTS }],
  ['behind what looks like a key', { paths: [`/${KEY_HEAD}/../docs/a.md`, ...DOCUMENTS] }],
  ['behind a key in another argument', { uri: KEY_HEAD, paths: DOCUMENTS }],
  ['behind what looks like a password', { paths: ['/"password": "/../../docs/a.md', ...DOCUMENTS] }],
  ['behind codes that take the commas along', { paths: Array.from({ length: 22 }, (_, at) => `/${at}/x&code=12345`) }],
  ['behind a number of their own', { paths: ['/docs/a... [1 in all]', ...DOCUMENTS, '/docs/a... [1 in all]'] }],
  ['in an object each', { rows: Array.from({ length: 101 }, (_, at) => ({ path: `/payroll/${at}.xlsx` })) }],
  ['in more objects than are logged', { rows: Array.from({ length: 900 }, (_, at) => ({ path: `/payroll/${at}` })) }],
  ['in an argument for one path', { path: DOCUMENTS.slice(0, 22) }],
];
for (const [how, parameters] of HIDDEN) {
  test(`documents that one call names are counted by the detection of bulk reading ${how}`, async () => {
    assert.equal((await readInBulk(parameters)).length, 1);
  });
}

test('a call for ten documents is not bulk reading, with whatever names', async () => {
  for (const name of ['list; of 2026.xlsx', 'Moreau, Alex.pdf', '[id].tsx', 'token=x']) {
    const paths = DOCUMENTS.slice(0, 10).map((path) => path.replace('list.xlsx', name));
    assert.deepEqual(await readInBulk({ paths }), [], name);
  }
});

test('every call says what the gateway took it for', async () => {
  const classOf = async (body: string, policy = 'github', token = userToken('mcp.tools.write')): Promise<unknown> =>
    (await eventOf({ policy, body, token })).tool_class;
  assert.equal(await classOf(toolCall('list_issues')), 'read');
  assert.equal(await classOf(toolCall('launch')), 'write');
  assert.equal(await classOf(toolCall('create_webhook')), 'admin');
  assert.equal(await classOf(toolCall('list_secrets'), 'secrets', secretsToken()), 'secrets');
});

test('the time of a call is UTC and has twenty-four hours', async () => {
  const body = toolCall('create_issue', { owner: 'contoso', repo: 'shop' });
  const timestampMs = Date.UTC(2026, 9, 24, 20, 5, 6, 78);
  const token = userToken('mcp.tools.write', { exp: timestampMs / 1000 + 60 });
  const { timestamp } = await eventOf({ policy: 'github', body, token, timestampMs });
  assert.equal(timestamp, '2026-10-24T20:05:06.078Z');
});

test('a name is cut at 256 characters, and a token without a UPN gives the one that is shown', async () => {
  const body = toolCall('read_file', { path: '/a' });
  const upnOf = async (claims: Readonly<Record<string, unknown>>): Promise<unknown> =>
    (await eventOf({ policy: 'filesystem', body, token: userToken('mcp.tools.read', claims) })).caller_upn;
  assert.equal(await upnOf({ upn: `${'x'.repeat(300)}@contoso.example` }), 'x'.repeat(256));
  assert.equal(await upnOf({ upn: undefined, preferred_username: 'ann@new.example' }), 'ann@new.example');
});

test('a refused call is logged with its status, its caller and the right that it lacked, or as refused by the deny list', async () => {
  const write = toolCall('create_issue', { owner: 'contoso', repo: 'shop' });
  const admin = toolCall('create_webhook', { owner: 'contoso', repo: 'shop' });
  const secret = toolCall('get_secret', { name: 'orders-db' });
  const read = toolCall('read_file', { path: '/docs/a.md' });
  const denied = { 'mcp-denied-oids': `,none,${ANN},` };
  const cases: readonly [GatewayRequest, number, string, string][] = [
    [{ policy: 'github', body: write, token: userToken('mcp.tools.read') }, 403, ANN, 'mcp.tools.write'],
    [{ policy: 'github', body: admin, token: userToken('mcp.tools.write') }, 403, ANN, 'mcp.tools.admin'],
    [
      { policy: 'github', body: write, token: applicationToken(['mcp.tools.read.app']) },
      403,
      PIPELINE,
      'mcp.tools.write.app',
    ],
    [{ policy: 'secrets', body: secret, token: secretsToken({ roles: [] }) }, 403, PIPELINE, 'mcp.tools.secrets'],
    [{ policy: 'github', body: read, token: userToken('mcp.tools.read'), namedValues: denied }, 403, ANN, 'deny-list'],
    // No token, no look at the body: what was asked for is not known.
    [{ policy: 'github', body: write }, 401, '', ''],
    [{ policy: 'secrets', body: secret, token: userToken('mcp.tools.read') }, 401, '', ''],
  ];
  for (const [request, status, caller, scope] of cases) {
    const { response_status, caller_oid, scope_used, tool_name } = await eventOf(request);
    const expected = { response_status: status, caller_oid: caller, scope_used: scope };
    assert.deepEqual({ response_status, caller_oid, scope_used }, expected, String(tool_name));
  }
});

test('the call past the limit is logged as 429, unread', async () => {
  const request = { policy: 'filesystem', body: toolCall('list_directory', { path: '/docs' }), window: 'events' };
  const token = userToken('mcp.tools.read');
  for (let count = 1; count <= 50; count += 1) await gateway.call({ ...request, token });
  const event = await eventOf({ ...request, token });
  assert.equal(event.response_status, 429);
  assert.equal(event.caller_oid, ANN);
  assert.equal(event.tool_name, '[unread]');
});

test('what is refused unread is one event in ten seconds for each server, caller and reason', async () => {
  const body = toolCall('read_file', { path: '/a' });
  const at = Date.UTC(2026, 10, 2, 9, 30);
  const count = async (request: GatewayRequest, times: number): Promise<number> => {
    let events = 0;
    for (let index = 0; index < times; index += 1) events += (await eventsOf(request)).length;
    return events;
  };
  const nobody = { policy: 'github', body, window: 'flood' };
  assert.equal(await count(nobody, 200), 1);
  assert.equal(await count({ ...nobody, address: '10.50.9.9' }, 20), 0);
  assert.equal(await count({ ...nobody, policy: 'filesystem' }, 20), 1);
  assert.equal(await count({ ...nobody, timestampMs: at + 9_000 }, 20), 0);
  assert.equal(await count({ ...nobody, timestampMs: at + 11_000 }, 20), 1);
  const denied = { ...nobody, token: userToken('mcp.tools.read'), namedValues: { 'mcp-denied-oids': `,none,${ANN},` } };
  assert.equal(await count(denied, 20), 1);
  // The same person for other reasons: another client, and as often as nobody may.
  const other = userToken('mcp.tools.read', { azp: PIPELINE });
  assert.equal(await count({ ...nobody, token: other }, 20), 1);
  assert.equal(await count({ ...nobody, token: userToken('mcp.tools.read') }, 60), 51);
});

test('what the server answers is what is logged, an error and silence too', async () => {
  const request = {
    policy: 'filesystem',
    body: toolCall('read_file', { path: '/a' }),
    token: userToken('mcp.tools.read'),
  };
  assert.equal((await eventOf({ ...request, backendStatus: 404 })).response_status, 404);
  assert.equal((await eventOf({ ...request, backendStatus: 0 })).response_status, 500);
});

test('what may hold tool calls and is refused unread is logged under a name that no tool has', async () => {
  const read = toolCall('read_file', { path: '/a' });
  const token = userToken('mcp.tools.read');
  const bodies: readonly [string, string, number][] = [
    [`[${read},${read}]`, '[batch]', 400],
    [message('tools/call', { name: 'no such tool' }), '[unnamed]', 400],
    ['not JSON', '[malformed]', 400],
    [read.replace('params', 'param\u017f'), '[malformed]', 400],
    [toolCall('read_file', { path: 'x'.repeat(1_100_000) }), '[oversized]', 413],
  ];
  for (const [body, tool, status] of bodies) {
    const event = await eventOf({ policy: 'filesystem', body, token });
    assert.equal(event.tool_name, tool);
    assert.equal(event.response_status, status);
    assert.equal(event.caller_oid, ANN);
    assert.equal(event.resource_accessed, '');
  }
});

test('what owes the audit log a row says so in the gateway’s own log, in words that are always the same', async () => {
  const body = toolCall('read_file', { path: '/payroll/a.xlsx', token: 'battery staple' });
  const token = userToken('mcp.tools.read');
  const toolsList = message('tools/list');
  const words = 'mcp-tool-call: the audit log must have this call.';
  const told = { source: 'mcp-tool-call', severity: 'information', message: words };
  const owing: readonly GatewayRequest[] = [
    { policy: 'github', body, token },
    { policy: 'github', body: toolCall('create_issue', { owner: 'contoso' }), token },
    { policy: 'github', body: 'not JSON', token },
    { policy: 'github', body, token, backendStatus: 0 },
    { policy: 'github', body, token, hangsUp: true },
    { policy: 'secrets', body: toolCall('get_secret', { name: 'orders-db' }), token: secretsToken() },
  ];
  for (const request of owing) {
    const { traces, events } = await gateway.call(request);
    assert.deepEqual([traces, events.length], [[told], 1]);
  }
  // Refused unread, of which there is one row in ten seconds; and what is no call.
  const owingNothing: readonly GatewayRequest[] = [
    { policy: 'github', body },
    { policy: 'github', body, token, namedValues: { 'mcp-denied-oids': `,none,${ANN},` } },
    { policy: 'github', body: toolsList, token },
    { policy: 'github', method: 'GET', token },
  ];
  for (const request of owingNothing) assert.deepEqual((await gateway.call(request)).traces, []);
});

test('what is no tool call is not logged', async () => {
  const token = userToken('mcp.tools.read');
  const requests: readonly GatewayRequest[] = [
    { policy: 'github', body: message('initialize', {}), token },
    { policy: 'github', body: message('tools/list'), token },
    { policy: 'github', body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }), token },
    { policy: 'github', body: message('resources/list'), token },
    { policy: 'github', method: 'GET', token },
    { policy: 'github', method: 'DELETE', token },
    { policy: 'github', method: 'GET' },
  ];
  for (const request of requests) assert.deepEqual(await eventsOf(request), []);
});
