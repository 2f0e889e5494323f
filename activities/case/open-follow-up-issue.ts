import type { CaseId } from '../../src/cases/ids.ts';
import type { Report } from '../../src/cases/report.ts';
import { upsertIssue } from '../../src/connectors/github/issues.ts';
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
 * whatever GitHub answers, it is not lost.
 */
export const openFollowUpIssue = defineActivity(
  'openFollowUpIssue',
  async (
    { caseId, filed }: { readonly caseId: CaseId; readonly filed: FiledReport },
    { config, log },
  ): Promise<FollowUpIssue> => {
    const issue = issueOf(await getJson<Report>(config, filed.report));
    const opened = await upsertIssue(config, { marker: `mcp-offboarding:case:${caseId}`, ...issue });
    if (opened.ok) {
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
