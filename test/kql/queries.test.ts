import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bind } from '../../local/tenant/kql/bind.ts';
import { AUDIT_SCHEMA } from '../../local/tenant/logs/state.ts';
import { activityAuditHead, daysWithRowsHead } from '../../src/domain/activity-audit/audit-question.ts';
import { auditWindow } from '../../src/domain/activity-audit/audit-window.ts';
import { parseOid } from '../../src/domain/ids.ts';

const oid = parseOid('3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35');
assert.ok(oid);
const window = auditWindow({}, new Date('2026-11-23T12:00:00Z'), 'Europe/Paris', 90);
const question = { oid, userPrincipalName: "o'hara@x.example", relatedOids: [oid.replace('3', '4')], window };

const HEADS: Readonly<Record<string, string>> = {
  'activity-audit.kql': activityAuditHead(question),
  'after-departure-watch.kql': 'let lookback = 24h; let zone = "UTC"; let departed = dynamic([]);\n',
  'days-with-rows.kql': daysWithRowsHead(window),
  'days-without-rows.kql': daysWithRowsHead(window),
  'file-system-volume.kql': 'let lookback = 3h; let maximumCalls = 100; let maximumDirectories = 20;\n',
  'ingestion-health.kql': daysWithRowsHead(window),
  'out-of-hours-writes.kql': 'let lookback = 24h; let zone = "UTC"; let opens = 7; let closes = 20;\n',
  'pipeline-silence.kql':
    'let silence = 4h; let aroundTheClock = false; let zone = "UTC"; let opens = 7; let closes = 20;\n',
  'repeated-403.kql':
    'let lookback = 1h; let maximumRefusals = 5; let privilegedScopes = dynamic([]); let privilegedWeight = 2;\n',
};
const folder = new URL('../../kql/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.kql'));

test('every query of the folder is checked here', () => assert.deepEqual(files.sort(), Object.keys(HEADS)));

for (const file of files) {
  const text = readFileSync(new URL(file, folder), 'utf8');

  test(`${file} is sound by the official parser and the declared table`, () => {
    const bound = bind((HEADS[file] ?? '') + text, AUDIT_SCHEMA);
    assert.deepEqual(bound.ok ? [] : bound.errors, []);
    assert.ok(bound.ok && bound.columns.length > 0);
  });

  test(`${file} notices a column that the table does not declare`, () => {
    const bound = bind((HEADS[file] ?? '') + text, { MCPAuditLog_CL: AUDIT_SCHEMA.MCPAuditLog_CL?.slice(2) ?? [] });
    assert.equal(bound.ok, false);
  });
}

test('column names keep to what a data collection rule can declare', () => {
  for (const [table, columns] of Object.entries(AUDIT_SCHEMA)) {
    assert.match(table, /^[A-Za-z]\w*_CL$/);
    for (const { name } of columns) assert.match(name, /^(?!(?:id|TenantId|Type|UniqueId|Title)$)[A-Za-z]\w{0,44}$/);
  }
});
