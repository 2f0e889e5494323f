import type { CaseId } from '../../src/cases/ids.ts';
import { ok, type VendorResult } from '../../src/connectors/result.ts';
import type { Notified } from '../../src/connectors/teams/notify.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Report } from '../../src/report/report.ts';
import { teamsCard } from '../../src/report/teams-card.ts';
import { tryAgainAfter } from './coverage-of.ts';
import type { FiledReport } from './file-report.ts';

export type Notification =
  | { readonly state: 'sent' | 'not-configured' }
  | { readonly state: 'not-sent'; readonly why: string; readonly tryAgainAfterMs?: number };

/** Tells the operators' channel once how a case ended. The report is filed by then, whatever Teams answers. */
export const notifyOperators = defineActivity(
  'notifyOperators',
  async (
    { caseId, filed }: { readonly caseId: CaseId; readonly filed: FiledReport },
    { vendors, settings, log, now },
  ): Promise<Notification> => {
    if (settings.TEAMS_WEBHOOK_URL === undefined) return { state: 'not-configured' };
    // A webhook knows no idempotency key, so what was sent is remembered here.
    const name = `${caseId}/notified-${filed.report.sha256.slice(0, 16)}`;
    const once = { name, claimMs: settings.REQUEST_TIMEOUT_SECONDS * 1_000, now };
    const posted = await vendors.storage.doOnce(once, async (): Promise<VendorResult<{ state: Notified }>> => {
      const answer = await vendors.teams.postCard(teamsCard(await vendors.storage.getJson<Report>(filed.report)));
      return answer.ok ? ok({ state: answer.value }) : answer;
    });
    if (posted.ok) return posted.value;
    const again = tryAgainAfter([posted.failure]);
    log.warn('operators were not notified', { caseId, failure: posted.failure.kind });
    return {
      state: 'not-sent',
      why: posted.failure.message,
      ...(again === undefined ? {} : { tryAgainAfterMs: again }),
    };
  },
);
