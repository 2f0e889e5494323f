import type { Channel } from '../cases/words/message.ts';
import { ingestionOf } from '../config/config-optional.ts';
import type { Config } from '../config.ts';
import type { Listening } from './rules/which-messages.ts';

/** What decides who is told of what. */
export type OutboxSettings = Pick<
  Config,
  | 'AUDIT_RULE_ID'
  | 'AUDIT_STREAM'
  | 'CASES_STREAM'
  | 'INGESTOR_CLIENT_ID'
  | 'ISSUE_MOMENTS'
  | 'LOGS_INGESTION_AUDIENCE'
  | 'LOGS_INGESTION_ENDPOINT'
  | 'LOG_MOMENTS'
  | 'PLANS_TOLD_TO'
  | 'TEAMS_MOMENTS'
  | 'TEAMS_WEBHOOK_URL'
  | 'WEBHOOK_MOMENTS'
  | 'WEBHOOK_SECRET'
  | 'WEBHOOK_URL'
>;

/** Which channels there are, and what each listens to. The security repository is there always. */
export function listeningOf(settings: OutboxSettings): Listening {
  const { ISSUE_MOMENTS, TEAMS_MOMENTS, WEBHOOK_MOMENTS, LOG_MOMENTS, PLANS_TOLD_TO } = settings;
  const plans = (channel: Channel): boolean => PLANS_TOLD_TO.includes(channel);
  const hasWebhook = settings.WEBHOOK_URL !== undefined && settings.WEBHOOK_SECRET !== undefined;
  const hasLog = settings.CASES_STREAM !== undefined && ingestionOf(settings) !== undefined;
  return {
    issue: { moments: ISSUE_MOMENTS, plans: plans('issue') },
    ...(settings.TEAMS_WEBHOOK_URL && { teams: { moments: TEAMS_MOMENTS, plans: plans('teams') } }),
    ...(hasWebhook && { webhook: { moments: WEBHOOK_MOMENTS, plans: plans('webhook') } }),
    ...(hasLog && { log: { moments: LOG_MOMENTS, plans: plans('log') } }),
  };
}
