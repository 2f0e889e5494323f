import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadConfig, Settings } from '../../src/config.ts';
import { TABLES } from '../../src/connectors/storage/base/tables.ts';
import { ERRORS } from '../../src/errors.ts';
import { REMEDIES } from '../../src/steps/registry.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Rows of the tables in a Markdown file whose first cell is one piece of code. */
function rows(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => /^\| `[^`]+` \|/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1')),
    );
}

test('docs/configuration.md explains every app setting and no other, with its true default', () => {
  const documented = rows(read('docs/configuration.md'));
  assert.deepEqual(documented.map(([name]) => name).sort(), Object.keys(Settings.shape).sort());
  for (const [name = '', fallback] of documented) {
    const schema = Settings.shape[name as keyof typeof Settings.shape];
    const parsed = schema.safeParse(undefined);
    const expected = !parsed.success
      ? '–'
      : parsed.data === undefined
        ? 'none'
        : Array.isArray(parsed.data)
          ? parsed.data.length === 0
            ? 'empty'
            : parsed.data.join(',')
          : String(parsed.data);
    assert.equal(fallback, expected, name);
  }
});

test('a setting that is refused says what it has to be, and one that is missing says that', () => {
  assert.throws(
    () => loadConfig({ DENIED_RETENTION_DAYS: '1', PROTECTED_GROUPS: 'admins', READER_CLIENT_ID: '' }),
    ({ message }: Error) =>
      [
        'DENIED_RETENTION_DAYS: not a whole number from 2 to 3650;',
        'PROTECTED_GROUPS.0: not a GUID such as 3c9d1f7a',
        'READER_CLIENT_ID: is not set, and has no default;',
      ].every((fault) => message.includes(fault)),
  );
});

test('docs/errors.md lists every error code with its status, its title and the sentence that says what to do', () => {
  const listed = Object.entries(ERRORS).map(([code, each]) => [
    code,
    'status' in each ? String(each.status) : '–',
    each.title,
    each.todo,
  ]);
  assert.deepEqual(rows(read('docs/errors.md')), listed);
});

test('the operating guide has every alert on the app itself, and quotes lines that the app logs', () => {
  const guide = read('docs/operating-guide.md').split('## When an alert goes off')[1]?.split(/\n## /)[0] ?? '';
  const [alerts = '', lines = ''] = guide.split('Errors of the log without a code:');
  const quoted = (table: string): string[] =>
    table
      .split('\n')
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => text));
  const terraform = ['monitoring', 'log-alerts'].map((file) => read(`infra/modules/offboarding/${file}.tf`)).join('\n');
  const made = terraform.matchAll(/^ +"?([a-z-]+)"? += \{\n +(?:title|description) |"(edits-of-[a-z]+)" = "/gm);
  const names = [...made].map(([, alert, edits]) => alert ?? edits ?? '');
  assert.deepEqual(quoted(alerts).sort(), [...new Set([...names, '<topic>-events-dropped'])].sort());
  const sources = globSync('src/**/*.ts', { cwd: new URL('../..', import.meta.url).pathname })
    .map(read)
    .join('\n');
  assert.deepEqual(
    quoted(lines).filter((line) => !sources.includes(`error('${line.replace('…', '')}`)),
    [],
  );
});

test('docs/operations/restore.md says of every table and container what is kept how long, what its loss means, and whether it is backed up', () => {
  const restore = read('docs/operations/restore.md');
  const section = (heading: string): string => restore.split(heading)[1]?.split(/\n##/)[0] ?? '';
  const named = (text: string): string[] => [...text.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name);
  const kept = section('### What is kept where, and for how long')
    .split('\n')
    .map((line) => line.split('|')[2] ?? '');
  const tablesIn = (cells: readonly string[]): string[] =>
    cells.filter((cell) => /\btables? `/.test(cell)).flatMap(named);
  assert.deepEqual(tablesIn(kept).sort(), [...TABLES].sort());
  const containers = kept.filter((cell) => cell.includes('container `')).flatMap(named);
  const made = [
    ...read('infra/modules/offboarding/storage.tf').matchAll(/storage_container" "(\w+)" \{\s*name += "([a-z-]+)"/g),
  ];
  // The package of the app lies in the other account, and comes from a build.
  assert.deepEqual(containers.sort(), made.flatMap(([, , name = '']) => (name === 'deployments' ? [] : [name])).sort());
  for (const [what, text] of Object.entries({
    'what its loss means': section('## Data'),
    'whether it is backed up': section('### Back up the tables'),
  })) {
    const told = new Set([...named(text), ...[...text.matchAll(/--table-name ([a-z]+)/g)].map(([, name]) => name)]);
    const untold = TABLES.filter((table) => !told.has(table) && !(table === 'cases' && text.includes('case rows')));
    assert.deepEqual(untold, [], what);
  }
});

test('docs/dependencies.md says why each dependency is there, and names none that is not', () => {
  const declared = ['package.json', 'console/package.json'].flatMap((file) => {
    const { dependencies, devDependencies } = JSON.parse(read(file)) as Record<string, Record<string, string>>;
    return Object.keys({ ...dependencies, ...devDependencies });
  });
  const documented = read('docs/dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]));
  assert.deepEqual(documented.sort(), [...new Set(declared)].sort());
});

test('README.md leads to every page of docs/', () => {
  const pages = globSync('docs/*.md', { cwd: new URL('../..', import.meta.url).pathname });
  const readme = read('README.md');
  assert.ok(pages.length > 5);
  assert.deepEqual(
    pages.filter((page) => !readme.includes(`](${page})`)),
    [],
  );
});

test('docs/operating-guide.md leads to each page of docs/operations/', () => {
  const pages = globSync('operations/*.md', { cwd: new URL('../../docs', import.meta.url).pathname });
  const guide = read('docs/operating-guide.md');
  assert.ok(pages.length > 5);
  assert.deepEqual(
    pages.filter((page) => !guide.includes(`](${page})`)),
    [],
  );
});

test('pages for engineers and the glossary name files that are there', () => {
  const root = new URL('../..', import.meta.url);
  const pages = globSync(
    [
      'ARCHITECTURE.md',
      'SECURITY.md',
      'docs/glossary.md',
      'docs/{architecture,decisions}/*.md',
      'docs/{proof,structure,trust,people,ownership}.md',
    ],
    { cwd: root.pathname },
  );
  const folders = 'src|activities|orchestrations|local|test|scripts|console|cli|infra|kql|runner|schemas|bench';
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(new RegExp(`\`((?:${folders})/[\\w./-]*)\``, 'g'))].map(([, file = '']) => ({
      page,
      file,
    })),
  );
  assert.ok(named.length > 100);
  assert.deepEqual(
    named.filter(({ file }) => !existsSync(new URL(file, root))),
    [],
  );
});

test('wrong app settings are refused at once, every fault by its name', () => {
  assert.throws(
    () =>
      loadConfig({
        TENANT_ID: 'nonsense',
        BUSINESS_TIME_ZONE: 'Mars/Olympus',
        GRAPH_ENDPOINT: 'http://plain',
        SWEEP_MODE: 'Apply',
      }),
    (error: Error) => {
      for (const name of [
        'TENANT_ID',
        'BUSINESS_TIME_ZONE',
        'GRAPH_ENDPOINT',
        'GATEWAY_APP_ID',
        'BLOB_ENDPOINT',
        'SWEEP_MODE',
      ])
        assert.match(error.message, new RegExp(name));
      return true;
    },
  );
});

test('docs/residuals.md says of every remedy what lives on after it', () => {
  const told = read('docs/residuals.md')
    .split('\n')
    .flatMap((line) => (line.startsWith('| `') ? [...(line.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)] : []))
    .map(([, kind]) => kind);
  const kinds = REMEDIES.map(({ kind }): string => kind);
  assert.ok(kinds.length > 0);
  assert.deepEqual([...new Set(told)].sort(), [...new Set(kinds)].sort());
});
