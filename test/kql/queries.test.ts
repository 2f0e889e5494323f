import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bind } from '../../local/tenant/kql/syntax/bind.ts';
import { AUDIT_SCHEMA, POSTURE_SCHEMA } from '../../local/tenant/logs/state.ts';
import { activityAuditHead, rowsByHourHead } from '../../src/connectors/audit-log/question.ts';
import { queryText } from '../../src/kql.ts';
import { parseOid } from '../../src/people/oid.ts';
import { auditWindow } from '../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { defaultAudit, workbookQueries } from './support/deployed-audit.ts';

const { schema, alerts, saved } = await defaultAudit();
const workbook = await workbookQueries();

const oid = parseOid('3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35');
assert.ok(oid);
const window = auditWindow({}, new Date('2026-11-23T12:00:00Z'), 'Europe/Paris', 90);
const question = { oid, userPrincipalName: "o'hara@x.example", relatedOids: [oid.replace('3', '4')], window };
const asked = new Map([
  ['activity-audit', activityAuditHead(question) + queryText('activity-audit.kql')],
  ['rows-by-hour', rowsByHourHead(question) + queryText('rows-by-hour.kql')],
]);

const folder = new URL('../../kql/', import.meta.url);
const files = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.kql'))
    .map((name) => [name.slice(0, -'.kql'.length), readFileSync(new URL(name, folder), 'utf8')]),
);

test('the simulated workspace has the columns that Terraform declares', () => {
  assert.deepEqual(schema, AUDIT_SCHEMA);
});

test('every query of the folder is saved in the workspace, and nothing else is', () => {
  assert.deepEqual([...saved.keys()].sort(), [...files.keys()].sort());
});

/** One file may be more than one rule: a rule has one severity. */
const fileOf = (name: string): string =>
  files.get(name) ?? files.get(name.replace(/-privileged$/, '')) ?? 'no such file';

const texts = [
  ...[...alerts].map(([name, { query }]) => ['alert rule', name, query] as const),
  ...[...saved].map(([name, query]) => ['saved search', name, query] as const),
  ...[...asked].map(([name, query]) => ['app', name, query] as const),
];
for (const [where, name, text] of texts) {
  test(`${name}, as the ${where} runs it, is its file and sound by the official parser and the table of the plan`, () => {
    assert.ok(text.endsWith(fileOf(name)));
    const bound = bind(text, schema);
    assert.deepEqual(bound.ok ? [] : bound.errors, []);
    assert.ok(bound.ok && bound.columns.length > 0);
  });

  test(`${name}, as the ${where} runs it, gets no value that it does not use`, () => {
    const head = text.slice(0, text.length - fileOf(name).length);
    const names = [...head.matchAll(/^let (\w+) = /gm)].map(([, value]) => value ?? '');
    const code = fileOf(name).replace(/^\/\/.*$/gm, '');
    assert.deepEqual(
      names.filter((value) => !new RegExp(`\\b${value}\\b`).test(code)),
      [],
    );
  });
}

// One query reads no table.
for (const [name, text] of saved) {
  if (name === 'expected-callers') continue;
  test(`${name} fails where it misspells a column, and where the table lacks one`, () => {
    const misspelt = bind(text.replaceAll('timestamp_t', 'timestmap_t'), schema);
    assert.ok(!misspelt.ok);
    assert.deepEqual([misspelt.errors[0]?.code, misspelt.errors[0]?.text], ['KS142', 'timestmap_t']);
    const without = { MCPAuditLog_CL: schema.MCPAuditLog_CL?.filter((column) => column.name !== 'timestamp_t') ?? [] };
    assert.equal(bind(text, without).ok, false);
  });
}

for (const [name, { query, dimensions }] of alerts) {
  test(`the rule of ${name} makes an alert for each value of columns that its answer has`, () => {
    const bound = bind(query, schema);
    assert.ok(bound.ok);
    const texts = bound.columns.filter(({ type }) => type === 'string').map((column) => column.name);
    assert.deepEqual(
      dimensions.filter((column) => !texts.includes(column)),
      [],
    );
    // With a column of that name, the service would cut the answer into bins of time.
    assert.ok(!bound.columns.some((column) => column.name === 'TimeGenerated'));
  });
}

test('the workbook shows saved queries, word for word', () => {
  assert.ok(workbook.size > 0);
  for (const [name, query] of workbook) {
    const file = name.startsWith('posture-') ? postureQuery(name) : saved.get(name);
    assert.equal(query, file, name);
  }
});

test('what the workbook shows of posture is sound by the table that the app fills', () => {
  const shown = [...workbook.keys()].filter((name) => name.startsWith('posture-'));
  assert.equal(shown.length, 4);
  for (const name of shown) {
    const bound = bind(postureQuery(name), POSTURE_SCHEMA);
    assert.deepEqual(bound.ok ? [] : bound.errors, [], name);
  }
});

function postureQuery(name: string): string {
  return readFileSync(new URL(`posture/${name.slice('posture-'.length)}.kql`, folder), 'utf8');
}

test('column names keep to what a data collection rule can declare', () => {
  for (const [table, columns] of Object.entries(schema)) {
    assert.match(table, /^[A-Za-z]\w*_CL$/);
    for (const { name } of columns) assert.match(name, /^(?!(?:id|TenantId|Type|UniqueId|Title)$)[A-Za-z]\w{0,44}$/);
  }
});
