import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toolCall, userToken } from '../../support/gateway/callers.ts';
import { gatewayPlan, policiesIn } from '../../support/gateway/gateway-plan.ts';
import { startGateway } from '../../support/gateway/simulated-gateway.ts';
import { eventOf, KEY_HEAD, resourceOf } from './world.ts';

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
