import assert from 'node:assert/strict';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import type { Row } from '../../../local/tenant/kql/values/values.ts';
import { AUDIT_SCHEMA, auditRow, type ToolCall } from '../../../local/tenant/logs/state.ts';
import { activityAuditHead } from '../../../src/connectors/audit-log/question.ts';
import { queryText } from '../../../src/kql.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';

export const LEAVER = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35';

export const PIPELINE = 'd0d0d0d0-0000-4000-8000-000000000001';
export const UPN = 'alex.moreau@northwind-capital.example';
export const now = new Date('2026-11-23T12:00:00Z');
/** The last day is Monday, 2 November; the departure is the midnight after it, 23:00 UTC. */
export const window = auditWindow({ leaveAt: '2026-11-02T16:00:00Z' }, now, 'Europe/Paris', 90);

export function run(calls: readonly (Partial<ToolCall> & { readonly at: Date })[], upn = UPN): readonly Row[] {
  const oid = parseOid(LEAVER);
  assert.ok(oid);
  const head = activityAuditHead({
    oid,
    userPrincipalName: upn,
    relatedOids: [PIPELINE.toUpperCase(), LEAVER],
    window,
  });
  const rows = calls.map((call) =>
    auditRow({ oid: LEAVER, upn: UPN, server: 'filesystem', tool: 'read_file', resource: '/d/f', ...call }),
  );
  const result = evaluate(head + queryText('activity-audit.kql'), AUDIT_SCHEMA, { MCPAuditLog_CL: rows }, now);
  assert.ok(result.ok, JSON.stringify(result));
  return result.rows;
}

export const section = (rows: readonly Row[], name: string) => rows.filter((row) => row.section === name);
export const at = (text: string): Date => new Date(text);
export const many = (
  n: number,
  call: (index: number) => Partial<ToolCall>,
  from = '2026-10-15T09:00:00Z',
  stepMs = 10_000,
) => Array.from({ length: n }, (_, index) => ({ at: new Date(Date.parse(from) + index * stepMs), ...call(index) }));

export const detected = (rows: readonly Row[]) =>
  section(rows, 'detection').map(({ detection, calls, directories }) => ({ detection, calls, directories }));
