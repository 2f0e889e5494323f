import { bind } from '../bind.ts';
import type { WebhookSettings } from '../settings.ts';
import { postSigned } from './post-signed.ts';

/** Whatever the firm hangs its tickets and pagers on. */
export const openWebhook = (settings: WebhookSettings) => bind(settings, { postSigned });

export type Webhook = ReturnType<typeof openWebhook>;
