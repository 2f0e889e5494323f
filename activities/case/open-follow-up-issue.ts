import * as z from 'zod';
import { CaseIdSchema } from '../../src/cases/ids.ts';
import type { OpenIssue } from '../../src/connectors/github/issues.ts';
import type { VendorResult } from '../../src/connectors/result.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Shaped } from '../../src/durable/shapes.ts';
import { issueOf } from '../../src/report/issue.ts';
import type { Report } from '../../src/report/report.ts';
import { text } from '../../src/shapes/primitives.ts';
import { FiledReportSchema } from './file-report.ts';
import { tryAgainAfter } from './try-again-after.ts';

const FollowUpIssueSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('open'), url: text, number: z.int() }),
  z.strictObject({ state: z.literal('not-opened'), why: text, tryAgainAfterMs: z.exactOptional(z.number()) }),
]);
export type FollowUpIssue = Shaped<typeof FollowUpIssueSchema>;

/**
 * Opens the case's issue in the security repository, or brings it up to date. The report is filed by then:
 * whatever GitHub answers, it is not lost. Once a report is told, the issue belongs to people: delivered again, this
 * neither undoes their edits nor opens another.
 */
export const openFollowUpIssue = defineActivity(
  'openFollowUpIssue',
  { input: z.strictObject({ caseId: CaseIdSchema, filed: FiledReportSchema }), output: FollowUpIssueSchema },
  async ({ caseId, filed }, { vendors, settings, log, now }): Promise<FollowUpIssue> => {
    const name = `${caseId}/issue-${filed.report.sha256.slice(0, 16)}`;
    // The one who claims it makes two calls at most: the list once more, and the issue.
    const claimMs = 2 * settings.REQUEST_TIMEOUT_SECONDS * 1_000;
    const open = async (): Promise<VendorResult<OpenIssue>> => {
      const issue = issueOf(await vendors.storage.getJson<Report>(filed.report));
      const wanted = { marker: `mcp-offboarding:case:${caseId}`, ...issue };
      return vendors.github.upsertIssue(wanted, (create) => vendors.storage.doOnce({ name, claimMs, now }, create));
    };
    const opened = (await vendors.storage.readRecord<OpenIssue>(name)) ?? (await open());
    if (opened.ok) {
      await vendors.storage.writeRecord(name, opened.value);
      log.info('follow-up issue is open', { caseId, number: opened.value.number });
      return { state: 'open', url: opened.value.url, number: opened.value.number };
    }
    const again = tryAgainAfter([opened.failure]);
    log.warn('follow-up issue was not opened', { caseId, failure: opened.failure.kind });
    return {
      state: 'not-opened',
      why: opened.failure.message,
      ...(again === undefined ? {} : { tryAgainAfterMs: again }),
    };
  },
);
