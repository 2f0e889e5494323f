import * as z from 'zod';
import { CaseIdSchema } from '../../src/cases/ids.ts';
import { ok, type VendorResult } from '../../src/connectors/result.ts';
import type { Notified } from '../../src/connectors/teams/notify.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Shaped } from '../../src/durable/shapes.ts';
import type { Report } from '../../src/report/report.ts';
import { teamsCard } from '../../src/report/teams-card.ts';
import { text } from '../../src/shapes/primitives.ts';
import { FiledReportSchema } from './file-report.ts';
import { tryAgainAfter } from './try-again-after.ts';

const NotificationSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['sent', 'not-configured']) }),
  z.strictObject({ state: z.literal('not-sent'), why: text, tryAgainAfterMs: z.exactOptional(z.number()) }),
]);
export type Notification = Shaped<typeof NotificationSchema>;

/** Tells the operators' channel once how a case ended. The report is filed by then, whatever Teams answers. */
export const notifyOperators = defineActivity(
  'notifyOperators',
  { input: z.strictObject({ caseId: CaseIdSchema, filed: FiledReportSchema }), output: NotificationSchema },
  async ({ caseId, filed }, { vendors, settings, log, now }): Promise<Notification> => {
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
