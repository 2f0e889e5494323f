import type { Row } from '../../../../local/tenant/kql/values/values.ts';
import type { ToolCall } from '../../../../local/tenant/logs/state.ts';
import { defaultAudit } from '../../support/deployed-audit.ts';
import { many, rule } from '../../support/run-rule.ts';

export const audit = await defaultAudit();
export const ordinary = rule(audit, 'repeated-403');
export const privileged = rule(audit, 'repeated-403-privileged');

export const FROM = '2026-10-15T09:00:00Z';
export const NOW = '2026-10-15T09:30:00Z';

export const refused = (n: number, call: Partial<ToolCall> = {}, from = FROM): Row[] =>
  many(n, from, () => ({ tool: 'push_files', server: 'github', scope: 'mcp.tools.write', status: 403, ...call }));

const short = (found: readonly Row[]) =>
  found.map(({ caller, server, since, calls, weight }) => ({ caller, server, since, calls, weight }));
export const reported = (rows: readonly Row[]) => short(ordinary(rows, NOW));
export const graver = (rows: readonly Row[]) => short(privileged(rows, NOW));
