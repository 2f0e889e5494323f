import type { CaseId } from '../../src/cases/ids.ts';
import type { Report } from '../../src/cases/report.ts';
import { type OpenIssue, upsertIssue } from '../../src/connectors/github/issues.ts';
import type { VendorResult } from '../../src/connectors/result.ts';
import { doOnce, readRecord, writeRecord } from '../../src/connectors/storage/do-once.ts';
import { getJson } from '../../src/connectors/storage/evidence.ts';
import { defineActivity } from '../../src/durable.ts';
import { issueOf } from '../../src/report/issue.ts';
import { tryAgainAfter } from './coverage-of.ts';
import type { FiledReport } from './file-report.ts';

export type FollowUpIssue =
  | { readonly state: 'open'; readonly url: string; readonly number: number }
  | { readonly state: 'not-opened'; readonly why: string; readonly tryAgainAfterMs?: number };

/**
 * Opens the case's issue in the security repository, or brings it up to date. The report is filed by then:
 * whatever GitHub answers, it is not lost. Once a report is told, the issue belongs to people: delivered again, this
 * neither undoes their edits nor opens another.
 */
export const openFollowUpIssue = defineActivity(
  'openFollowUpIssue',
  async (
    { caseId, filed }: { readonly caseId: CaseId; readonly filed: FiledReport },
    { config, log, now },
  ): Promise<FollowUpIssue> => {
    const name = `${caseId}/issue-${filed.report.sha256.slice(0, 16)}`;
    // The one who claims it makes two calls at most: the list once more, and the issue.
    const claimMs = 2 * config.REQUEST_TIMEOUT_SECONDS * 1_000;
    const open = async (): Promise<VendorResult<OpenIssue>> => {
      const issue = issueOf(await getJson<Report>(config, filed.report));
      const wanted = { marker: `mcp-offboarding:case:${caseId}`, ...issue };
      return upsertIssue(config, wanted, (create) => doOnce(config, { name, claimMs, now }, create));
    };
    const opened = (await readRecord<OpenIssue>(config, name)) ?? (await open());
    if (opened.ok) {
      await writeRecord(config, name, opened.value);
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
