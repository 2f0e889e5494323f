import { postMessage } from '../post-message.ts';
import { failed, type VendorResult } from '../result.ts';
import type { TeamsSettings } from '../settings.ts';

/**
 * Posts an Adaptive Card to the webhook of a Teams workflow ("When a Teams webhook request is received"), which accepts
 * with 202; an older connector answers 200 "1". The address is a credential: it stands in no message.
 * Source: learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
 */
export async function postCard(
  { TEAMS_WEBHOOK_URL: url, REQUEST_TIMEOUT_SECONDS: timeoutSeconds }: TeamsSettings,
  card: Readonly<Record<string, unknown>>,
): Promise<VendorResult<'sent'>> {
  if (url === undefined) return failed({ kind: 'refused', status: 0, message: 'TEAMS_WEBHOOK_URL is not set.' });
  const message = {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }],
  };
  return postMessage({ to: 'Teams webhook', url, headers: {}, body: JSON.stringify(message), timeoutSeconds });
}
