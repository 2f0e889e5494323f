import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { coverageOf, NOTHING_READ } from '../../src/cases/coverage/coverage-of.ts';
import { AboutSchema, DiscoveredSchema } from '../../src/cases/discovery.ts';
import { hasGateway } from '../../src/config/config-optional.ts';
import type { TableRetention } from '../../src/connectors/arm/table-retention.ts';
import type { VendorResult } from '../../src/connectors/result.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import {
  auditCoverage,
  CALLS_SOURCE,
  DAYS_SOURCE,
  RETENTION_SOURCE,
  retentionCoverage,
} from '../../src/steps/activity-audit/rules/audit-coverage.ts';
import { auditFindings } from '../../src/steps/activity-audit/rules/audit-findings.ts';
import { AUDIT_TABLE } from '../../src/steps/activity-audit/rules/audit-table.ts';
import { auditWindow } from '../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { judgeActivity } from '../../src/steps/activity-audit/rules/verdict/judge-activity.ts';
import { weighed } from '../../src/steps/activity-audit/rules/verdict/weighed-reading.ts';
import { RelatedPrincipalsSchema } from '../../src/steps/federated-credentials/rules/related-principals.ts';
import type { FiledPart } from '../../src/steps/registry.ts';
import { fileStepResult } from '../case/report/file-step-result.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { departureDenied } from './departure-denied.ts';
import { readDeadLetterCalls } from './read-dead-letters.ts';

/** Step 4: what the leaver did through MCP servers in the last 90 days, and whether anybody acted as them since. */
export const auditActivity = defineActivity(
  'auditActivity',
  {
    // Pipeline identities that trusted the leaver: their calls are listed beside the leaver's, not judged.
    input: AboutSchema.extend(RelatedPrincipalsSchema.partial().shape),
    output: DiscoveredSchema,
  },
  async ({ caseId, leaver, relatedPrincipals = [] }, { vendors, settings, log, now }) => {
    // Nobody logs calls, and a log without rows is no sign of anything: the catalogue's lines say that there is no gateway.
    if (!hasGateway(settings)) {
      const nothing: FiledPart = { step: 'activity-audit', findings: [], coverage: [], actions: [] };
      return fileStepResult(vendors, caseId, nothing, tryAgainAfter([]));
    }
    const window = auditWindow(leaver, now(), settings.BUSINESS_TIME_ZONE, settings.ACCESS_TOKEN_LIFETIME_MINUTES);
    const relatedOids = relatedPrincipals.map(({ oid }) => oid);
    const person = leaver.userPrincipalName === undefined ? {} : { userPrincipalName: leaver.userPrincipalName };
    const [retention, activity, days, leftBehind] = await Promise.all([
      vendors.auditLog.tableRetentionDays(AUDIT_TABLE),
      vendors.auditLog.readCallerActivity({
        oid: leaver.oid,
        ...person,
        relatedOids,
        window,
      }),
      vendors.auditLog.readRowsByHour({ oid: leaver.oid, ...person, window }),
      readDeadLetterCalls(vendors, window.from, { oid: leaver.oid, ...person, relatedOids }),
    ]);
    const failures = [
      failureLine(RETENTION_SOURCE, retention),
      failureLine(CALLS_SOURCE, activity),
      failureLine(DAYS_SOURCE, days),
    ].flat();
    const later = tryAgainAfter([retention, activity, days].map((read) => (read.ok ? undefined : read.failure)));
    if (!activity.ok) {
      const coverage = [
        ...(retention.ok ? [retentionCoverage(queryableDays(retention.value))] : []),
        ...(days.ok ? [daysAlone(new Set(days.value.value.map(({ date }) => date)).size)] : []),
        ...failures,
        ...leftBehind,
      ];
      const part: FiledPart = { step: 'activity-audit', findings: [], coverage, actions: [] };
      return fileStepResult(vendors, caseId, part, later);
    }
    const denied = departureDenied(leaver);
    const reading = weighed({
      window,
      activity: activity.value.value,
      activityComplete: activity.value.partial === undefined && leftBehind.length === 0,
      ...(days.ok ? { rowsByHour: days.value.value } : {}),
      hoursComplete: days.ok && days.value.partial === undefined,
      ...(retention.ok ? { retentionInDays: queryableDays(retention.value) } : {}),
      ...(denied === undefined ? {} : { departureDenied: denied }),
      relatedPrincipals,
    });
    const judgement = judgeActivity(reading, AUDIT_TABLE);
    const coverage = auditCoverage(reading, {
      ...(activity.value.partial === undefined ? {} : { calls: activity.value.partial }),
      ...(days.ok && days.value.partial !== undefined ? { days: days.value.partial } : {}),
    });
    log.info('activity audited', { caseId, verdict: judgement.facts.verdict, calls: judgement.facts.totals.calls });
    const part: FiledPart = {
      step: 'activity-audit',
      findings: auditFindings(judgement, leaver, settings.AUDIT_WORKSPACE_ID),
      coverage: [...coverage, ...failures, ...leftBehind],
      actions: [],
      facts: judgement.facts,
    };
    return fileStepResult(vendors, caseId, part, later);
  },
);

/** Without the calls there is nothing that the days could be held against. */
function daysAlone(count: number): Coverage {
  const detail = 'The days were read, but not the calls that they would be compared with.';
  return { source: DAYS_SOURCE, state: 'partial', looked: { count, unit: 'days with rows' }, detail };
}

function failureLine(source: string, read: VendorResult<unknown>): Coverage[] {
  return read.ok ? [] : [coverageOf(source, NOTHING_READ, [read.failure])];
}

/**
 * Basic and Auxiliary tables can be queried for 30 days, whatever they keep for restores and search jobs; so may a table
 * whose plan Azure does not say.
 */
function queryableDays({ plan, retentionInDays }: Pick<TableRetention, 'plan' | 'retentionInDays'>): number {
  return plan === 'Analytics' ? retentionInDays : Math.min(retentionInDays, 30);
}
