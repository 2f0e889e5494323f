import type { CaseId } from '../../src/cases/ids.ts';
import type { Report } from '../../src/cases/report.ts';
import { getJson, getText, putOnce } from '../../src/connectors/storage/evidence.ts';
import { postCard } from '../../src/connectors/teams/notify.ts';
import { defineActivity } from '../../src/durable.ts';
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
    { config, log },
  ): Promise<Notification> => {
    // A webhook knows no idempotency key, so what was sent is remembered here.
    const memory = `${caseId}/notified-${filed.report.sha256.slice(0, 16)}.json`;
    if ((await getText(config, 'work', memory)) !== undefined) return { state: 'sent' };
    const posted = await postCard(config, teamsCard(await getJson<Report>(config, filed.report)));
    if (posted.ok) {
      if (posted.value === 'sent') await putOnce(config, 'work', memory, JSON.stringify({ state: 'sent' }));
      return { state: posted.value };
    }
    const again = tryAgainAfter([posted.failure]);
    log.warn('operators were not notified', { caseId, failure: posted.failure.kind });
    return {
      state: 'not-sent',
      why: posted.failure.message,
      ...(again === undefined ? {} : { tryAgainAfterMs: again }),
    };
  },
);
