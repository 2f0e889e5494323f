import { failed, NO_TIME_NAMED, ok, retryAfterMs, type VendorResult } from '../result.ts';
import type { TeamsSettings } from '../settings.ts';

/** Whether operators are told through Teams; without the setting nothing is sent. */
export type Notified = 'sent' | 'not-configured';

/**
 * Posts an Adaptive Card to the webhook of a Teams workflow ("When a Teams webhook request is received").
 * The address is a credential: it stands in no message.
 * Source: learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
 */
export async function postCard(
  settings: TeamsSettings,
  card: Readonly<Record<string, unknown>>,
): Promise<VendorResult<Notified>> {
  if (settings.TEAMS_WEBHOOK_URL === undefined) return ok('not-configured');
  const message = {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }],
  };
  try {
    const response = await fetch(settings.TEAMS_WEBHOOK_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      redirect: 'error',
      signal: AbortSignal.timeout(settings.REQUEST_TIMEOUT_SECONDS * 1_000),
    });
    await response.body?.cancel();
    return resultOf(response);
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    const why = timedOut ? `gave no answer within ${settings.REQUEST_TIMEOUT_SECONDS} s` : 'could not be reached';
    return failed({
      kind: 'unavailable',
      tryAgainAfterMs: NO_TIME_NAMED,
      message: `The Teams webhook ${why}.`,
    });
  }
}

function resultOf({ ok: accepted, status, headers }: Response): VendorResult<Notified> {
  const message = `The Teams webhook answered the card with ${status}.`;
  // A workflow accepts with 202, an older connector answers 200 "1".
  if (accepted) return ok('sent', headers.get('x-ms-workflow-run-id') ?? undefined);
  if (status === 401 || status === 403) return failed({ kind: 'denied', status, message });
  if (status === 404 || status === 410) return failed({ kind: 'not-found', status, message });
  const wait = retryAfterMs(headers.get('retry-after'), Date.now()) ?? NO_TIME_NAMED;
  if (status === 429) return failed({ kind: 'throttled', status, tryAgainAfterMs: wait, message });
  if (status >= 500) return failed({ kind: 'unavailable', status, tryAgainAfterMs: wait, message });
  return failed({ kind: 'refused', status, message });
}
