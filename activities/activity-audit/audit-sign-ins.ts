import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { becauseOf, coverageOf, NOTHING_READ } from '../../src/cases/coverage/coverage-of.ts';
import { AboutSchema, DiscoveredSchema } from '../../src/cases/discovery.ts';
import type { Finding } from '../../src/cases/finding.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { auditWindow } from '../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { signInFindings } from '../../src/steps/activity-audit/rules/sign-in-findings.ts';
import { fileStepResult } from '../case/report/file-step-result.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { departureDenied } from './departure-denied.ts';

const SOURCE = 'entra/sign-ins';
const DAY_MS = 86_400_000;
/** Entra keeps sign-ins for so long (learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention). */
const KEPT_DAYS = 30;

/** Whether anybody signed in as the leaver after the departure: a cross-check of what the gateway's log tells. */
export const auditSignIns = defineActivity(
  'auditSignIns',
  { input: AboutSchema, output: DiscoveredSchema },
  async ({ caseId, leaver }, { vendors, settings, now }) => {
    const at = now();
    const { BUSINESS_TIME_ZONE: timeZone, ACCESS_TOKEN_LIFETIME_MINUTES: tokens } = settings;
    const { departure } = auditWindow(leaver, at, timeZone, tokens);
    const file = (coverage: Coverage[], findings: Finding[], failures: (VendorFailure | undefined)[]) =>
      fileStepResult(
        vendors,
        caseId,
        { step: 'activity-audit', findings, coverage, actions: [] },
        tryAgainAfter(failures),
      );
    if (departure === undefined) {
      // Without a day nothing is after it; that nobody knows it has a line of its own.
      const missing = departureDenied(leaver);
      const detail = 'Nobody may read when the person left.';
      const line = { source: SOURCE, state: 'unavailable', looked: NOTHING_READ, detail } as const;
      return file(missing === undefined ? [] : [becauseOf(missing, line)], [], []);
    }
    const kept = new Date(at.getTime() - KEPT_DAYS * DAY_MS);
    const since = departure > kept ? departure : kept;
    const [typed, silent] = await Promise.all([
      vendors.graph.listSignIns(leaver.oid, since, 'interactive'),
      vendors.graph.listSignIns(leaver.oid, since, 'silent'),
    ]);
    // A filter that was not taken as it is meant gives rows of before, which prove nothing.
    const rows = [...typed.items, ...silent.items].filter((row) => Date.parse(row.at) >= since.getTime());
    const note =
      since === departure
        ? undefined
        : `Entra keeps ${KEPT_DAYS} days of sign-ins, and the departure is longer ago: what was before is not known.`;
    const failures = [typed.failure, silent.failure];
    const looked = { count: rows.length, unit: 'sign-ins' };
    return file([coverageOf(SOURCE, looked, failures, note)], signInFindings(rows, leaver, timeZone), failures);
  },
);
