import { defaultAudit } from '../../support/deployed-audit.ts';
import { type many, rule } from '../../support/run-rule.ts';

export const audit = await defaultAudit();
export const run = rule(audit, 'file-system-volume');

export const MORNING = '2026-10-15T09:00:00Z';
export const NOON = '2026-10-15T10:00:00Z';

export const reported = (rows: ReturnType<typeof many>, now = NOON) =>
  run(rows, now).map(({ caller, hour, calls, directories }) => ({ caller, hour, calls, directories }));
