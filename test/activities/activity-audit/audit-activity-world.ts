import assert from 'node:assert/strict';
import { auditActivity } from '../../../activities/activity-audit/audit-activity.ts';
import { seedArm } from '../../../local/tenant/arm/seeds/seed.ts';
import { makeArm } from '../../../local/tenant/arm/vendor.ts';
import { makeLogs, seedLogs } from '../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { parseOid } from '../../../src/people/oid.ts';
import type { AuditFacts } from '../../../src/steps/activity-audit/rules/audit-facts.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const DAY = 86_400_000;
export const { oid, displayName, userPrincipalName } = WORLD.leaver;

export const lineOf = (part: StepResult, source: string) => part.coverage.find((line) => line.source === source);

/** A workspace with the case study’s calls, and an audit of somebody’s. */
export async function startAuditActivity() {
  const seed = seedContext();
  const logs = seedLogs(seed);
  const arm = seedArm(seed);
  const app = await startApp({
    vendors: (core) => [makeLogs(core, logs), makeArm(core, arm)],
    storage: 'memory',
  });

  const allRows = [...logs.rows];
  const [table] = arm.tables.all();

  function prepare(): void {
    logs.answers = 'complete';
    logs.retentionDays = 90;
    logs.rows.splice(0, logs.rows.length, ...allRows);
    if (table !== undefined) table.retentionInDays = 90;
  }

  function reset(): void {
    app.tenant.faults.clear();
    app.reader.logs.add(WORLD.audit.workspaceId);
    app.reader.azure.add('Microsoft.OperationalInsights/workspaces/tables/read');
  }
  const lastDay = new Date(seed.now.getTime() - WORLD.daysSinceLastDay * DAY);

  function leaverOf(oid: string, more: Partial<Leaver>): Leaver {
    const parsed = parseOid(oid);
    assert.ok(parsed);
    return { oid: parsed, state: 'soft-deleted', github: [], devops: [], leaveAt: lastDay.toISOString(), ...more };
  }
  const alex = leaverOf(oid, { displayName, userPrincipalName, deletedAt: seed.now.toISOString() });
  const ben = leaverOf(WORLD.colleagues[1].oid, { leaveAt: seed.now.toISOString() });

  async function audit(leaver: Leaver, relatedPrincipals?: readonly { readonly oid: string; readonly name: string }[]) {
    const caseId = makeCaseId(leaver.oid, 1);
    const context = { ...app.context, now: () => seed.now };
    const ref = await auditActivity.handler(
      { caseId, leaver, ...(relatedPrincipals === undefined ? {} : { relatedPrincipals }) },
      context,
    );
    const part = await getJson<StepResult>(app.config, ref.ref);
    return { ref, part, facts: part.facts as AuditFacts | undefined };
  }

  return { seed, logs, app, allRows, table, alex, ben, audit, prepare, reset };
}

export type AuditActivityWorld = Awaited<ReturnType<typeof startAuditActivity>>;
