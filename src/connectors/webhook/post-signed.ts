import { Webhook } from 'standardwebhooks';
import { postMessage } from '../post-message.ts';
import { failed, type VendorResult } from '../result.ts';
import type { WebhookSettings } from '../settings.ts';

export interface SignedMessage {
  /** The same each time that this message is sent: a receiver that has it already drops it. */
  readonly id: string;
  readonly payload: object;
  /** Of this attempt; receivers refuse what is more than some minutes away. */
  readonly at: Date;
}

/**
 * Posts a message to the generic webhook, signed with the shared secret.
 * Source: github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function postSigned(
  { WEBHOOK_URL: url, WEBHOOK_SECRET: secret, REQUEST_TIMEOUT_SECONDS: timeoutSeconds }: WebhookSettings,
  { id, payload, at }: SignedMessage,
): Promise<VendorResult<'sent'>> {
  if (url === undefined || secret === undefined)
    return failed({ kind: 'refused', status: 0, message: 'WEBHOOK_URL and WEBHOOK_SECRET are not set.' });
  const body = JSON.stringify(payload);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  return postMessage({ to: 'webhook', url, headers, body, timeoutSeconds });
}
