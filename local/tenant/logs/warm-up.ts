import { readFileSync } from 'node:fs';
import { activityAuditHead } from '../../../src/connectors/audit-log/question.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { evaluate } from '../kql/evaluate.ts';
import { WORLD } from '../seeds/world.ts';
import { AUDIT_SCHEMA } from './state.ts';

/**
 * Lets the parser of KQL read the audit's query once, over no rows. Its first reading takes seconds in which no vendor
 * would answer, so it is done before anybody asks.
 */
export function warmUpQueries(): void {
  const now = new Date();
  const oid = WORLD.leaver.oid as Oid;
  const window = auditWindow({}, now, WORLD.timeZone, 60);
  const body = readFileSync(new URL('../../../kql/activity-audit.kql', import.meta.url), 'utf8');
  const [table = ''] = Object.keys(AUDIT_SCHEMA);
  evaluate(activityAuditHead({ oid, relatedOids: [], window }) + body, AUDIT_SCHEMA, { [table]: [] }, now);
}
