import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import type { Row } from '../../../local/tenant/kql/values/values.ts';
import { AUDIT_SCHEMA, auditRow, GATEWAY_LOG_SCHEMA } from '../../../local/tenant/logs/state.ts';
import { activityAuditHead, rowsByHourHead } from '../../../src/connectors/audit-log/question.ts';
import { type QueryFile, queryText } from '../../../src/kql.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { canaryAudit, defaultAudit } from '../support/deployed-audit.ts';
import { ANA, resultOf, runRule, uploaded } from '../support/run-rule.ts';

const [audit, withCanary] = await Promise.all([defaultAudit(), canaryAudit()]);
const CANARY = 'ca0a0000-0001-4000-8000-000000000001';
const TEN_PAST = '2026-10-15T09:10:00Z';
const NOON = '2026-10-15T10:05:00Z';

/** So many calls of a canary as the gateway logs them, three seconds apart. */
const calls = (
  count: number,
  { from = TEN_PAST, status = 200, server = 'canary', scope = 'mcp.tools.read.app' } = {},
) =>
  Array.from({ length: count }, (_, index) =>
    uploaded({
      at: new Date(Date.parse(from) + index * 3_000),
      oid: CANARY,
      upn: '',
      server,
      tool: 'list_directory',
      resource: `path=/canary/${index + 1}`,
      scope,
      status,
    }),
  );

const seen = (rows: readonly Row[], now = NOON) =>
  runRule(withCanary, 'canary', rows, new Date(now)).map(({ caller, hour, directories }) => [
    caller,
    hour,
    directories,
  ]);

test('twenty directories are nothing, and the twenty-first is seen', () => {
  assert.deepEqual(seen(calls(20)), []);
  assert.deepEqual(seen(calls(21)), [[CANARY, '2026-10-15 09:00', 21]]);
});

test('begun half a minute before the hour it is seen too, in the hour in which it crosses: windows slide', () => {
  assert.deepEqual(seen(calls(21, { from: '2026-10-15T09:59:30Z' })), [[CANARY, '2026-10-15 10:00', 21]]);
});

test('refused calls read nothing: nothing is seen', () => {
  assert.deepEqual(seen(calls(21, { status: 403 })), []);
});

test('the rule of the canary is the text of the real one, and sees nobody else', () => {
  const [own, real] = ['canary', 'file-system-volume'].map((name) => withCanary.alerts.get(name));
  const servers = /let servers = dynamic\((.*)\);/;
  assert.equal(own?.query.replace(servers, ''), real?.query.replace(servers, ''));
  assert.deepEqual(
    [servers.exec(own?.query ?? '')?.[1], servers.exec(real?.query ?? '')?.[1]],
    ['["canary"]', '["filesystem"]'],
  );
  assert.deepEqual([own?.dimensions, own?.frequency, own?.window], [real?.dimensions, real?.frequency, real?.window]);
  assert.deepEqual(seen(calls(21, { server: 'filesystem' })), []);
  assert.deepEqual(seen(calls(21, { server: 'canary-others' })), []);
});

/** A day of the firm: one call of a person, and refusals that are few. */
const FIRM = [
  uploaded({ at: new Date('2026-10-14T08:00:00Z'), oid: ANA }),
  uploaded({ at: new Date('2026-10-15T08:00:00Z'), oid: ANA }),
  ...[1, 2, 3].map((n) => uploaded({ at: new Date(Date.parse(TEN_PAST) + n), oid: ANA, status: 403 })),
];
/** Whatever a canary may meet: let through, refused, on the deny list, at night, again and again. */
const ALL = [200, 401, 403, 429].flatMap((status) => [
  ...calls(60, { status }),
  ...calls(60, { status, from: '2026-10-14T23:10:00Z' }),
  ...calls(30, { status, scope: 'deny-list', from: '2026-10-15T09:00:00Z' }),
]);

for (const name of audit.alerts.keys()) {
  test(`the rule of ${name} does not see a canary`, () => {
    for (const now of [NOON, '2026-10-15T00:30:00Z', '2026-10-15T16:00:00Z']) {
      const [without, among] = [FIRM, [...FIRM, ...ALL]].map((rows) => runRule(audit, name, rows, new Date(now)));
      assert.deepEqual(among, without);
    }
  });
}

// Both name their tables themselves.
for (const [name, text] of audit.saved) {
  test(`${name}, as people run it, does not see a canary`, () => {
    const [without, among] = [FIRM, [...FIRM, ...ALL]].map((rows) =>
      resultOf(text, audit.schema, rows, new Date('2026-10-16T10:00:00Z')),
    );
    assert.deepEqual(among, without);
  });
}

test('the activity audit does not see a canary, whosoever it is', () => {
  const oid = parseOid(CANARY);
  assert.ok(oid);
  const now = new Date('2026-10-16T10:00:00Z');
  const question = { oid, userPrincipalName: '', relatedOids: [oid], window: auditWindow({}, now, 'Europe/Paris', 90) };
  for (const head of [activityAuditHead(question), rowsByHourHead(question)]) {
    const file = head.includes('relatedOids') ? 'activity-audit.kql' : 'rows-by-hour.kql';
    const text = `${head}${queryText(file)}`;
    const [without, among] = [FIRM, [...FIRM, ...ALL]].map((rows) => resultOf(text, audit.schema, rows, now));
    assert.deepEqual(among, without);
  }
});

for (const file of [
  'posture/calls-logged.kql',
  'posture/calls-logged-details.kql',
] as const satisfies readonly QueryFile[]) {
  test(`${file} compares no call of a canary, nor of others at its door`, () => {
    const at = new Date('2026-10-15T08:00:00Z');
    const row = {
      ...auditRow({ at, oid: ANA, server: 'filesystem', tool: 'read_file', resource: '/d/f' }),
      TimeGenerated: at,
    };
    const gateway = (ApiId: string, CorrelationId: unknown) => ({
      TimeGenerated: at,
      ApiId,
      CorrelationId,
      Method: 'POST',
      ResponseCode: 200,
      TraceRecords: [{ source: 'mcp-tool-call' }],
    });
    const told = [gateway('mcp-filesystem', Reflect.get(row, 'apim_request_id_s'))] as unknown as Row[];
    const head = 'let windowStart = datetime(2026-10-14);\nlet windowEnd = datetime(2026-10-16);\n';
    const schema = { ...AUDIT_SCHEMA, ...GATEWAY_LOG_SCHEMA };
    const others = calls(5, { server: 'canary-others' });
    const [without, among] = [
      [[row], told],
      [
        [row, ...calls(21), ...others],
        [...told, ...calls(21).map((each) => gateway('canary', each.apim_request_id_s))],
      ],
    ].map(([MCPAuditLog_CL, ApiManagementGatewayLogs]) => {
      const tables = { MCPAuditLog_CL, ApiManagementGatewayLogs } as unknown as Record<string, readonly Row[]>;
      const result = evaluate(`${head}${queryText(file)}`, schema, tables, new Date(NOON));
      assert.ok(result.ok, JSON.stringify(result));
      return result.rows.filter(({ section }) => section !== 'first');
    });
    assert.deepEqual(among, without);
  });
}
