import assert from 'node:assert/strict';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import { INGESTION_TIME, type Row } from '../../../local/tenant/kql/values/values.ts';
import { auditRow, type ToolCall } from '../../../local/tenant/logs/state.ts';
import type { DeployedAudit } from './deployed-audit.ts';

export const ANA = 'a1b2c3d4-0001-4000-8000-000000000001';
export const BEN = 'a1b2c3d4-0002-4000-8000-000000000002';
export const PIPELINE = 'd0d0d0d0-0000-4000-8000-000000000001';

/** A call by Ana, a person, to whom the gateway said yes, unless told otherwise. */
export type Call = Partial<ToolCall> & { readonly at: Date };

const DAY_MS = 86_400_000;
const WINDOWS_MS: Readonly<Record<string, number>> = { P1D: DAY_MS, P2D: 2 * DAY_MS };
const ANAS = {
  oid: ANA,
  upn: 'ana@northwind-capital.example',
  server: 'filesystem',
  tool: 'read_file',
  resource: '/d/f',
};

/**
 * A row as the app uploads it: with the time of its call, for which the service puts that of the arrival where a row is
 * more than two days late.
 */
export function uploaded(call: Call): Row {
  const arrived = call.ingestedAt ?? new Date(call.at.getTime() + 30_000);
  const late = arrived.getTime() - call.at.getTime() > 2 * DAY_MS;
  return {
    ...auditRow({ ...ANAS, ...call }),
    TimeGenerated: late ? arrived : call.at,
    [INGESTION_TIME]: arrived,
  };
}

/** Runs the text of an alert rule at a time, over what the rule can see then. */
export function runRule(
  { schema, alerts }: DeployedAudit,
  name: string,
  rows: readonly Row[],
  now: Date,
): readonly Row[] {
  const rule = alerts.get(name);
  const window = WINDOWS_MS[rule?.window ?? ''];
  assert.ok(rule !== undefined && window !== undefined, `no alert rule runs ${name}`);
  const visible = rows.filter(({ TimeGenerated: at, [INGESTION_TIME]: arrived }) => {
    assert.ok(at instanceof Date && arrived instanceof Date);
    return arrived <= now && at <= now && now.getTime() - at.getTime() <= window;
  });
  return resultOf(rule.query, schema, visible, now);
}

export function resultOf(
  query: string,
  schema: DeployedAudit['schema'],
  rows: readonly Row[],
  now: Date,
): readonly Row[] {
  const result = evaluate(query, schema, { MCPAuditLog_CL: rows }, now);
  assert.ok(result.ok, JSON.stringify(result));
  return result.rows;
}

/** `n` calls, ten seconds apart. */
export function many(n: number, from: string, call: (index: number) => Partial<ToolCall> = () => ({})): Row[] {
  return Array.from({ length: n }, (_, index) =>
    uploaded({ at: new Date(Date.parse(from) + index * 10_000), ...call(index) }),
  );
}

type Rule = (rows: readonly Row[], now: Date | string) => readonly Row[];

/** One rule, as it is deployed. */
export function rule(audit: DeployedAudit, name: string): Rule {
  return (rows, now) => runRule(audit, name, rows, new Date(now));
}
