import type { Config } from '../../config.ts';
import { redactSecrets } from '../../domain/redact-secrets.ts';
import type { BlobRef } from '../../domain/remedy.ts';
import { putJson } from './evidence.ts';

/** Something that came in and could not become a request. */
export interface Rejection {
  readonly way: 'entra-event' | 'hr-queue';
  /** One sentence: what is wrong with it. */
  readonly reason: string;
  /** What came, as it came. */
  readonly received: unknown;
}

/** Event Grid delivers up to 1 MB; the beginning says what it was. */
const MAX_KEPT = 64_000;

/**
 * Keeps what was refused at the door, so that acknowledging it loses nothing: `rejected/<date>/<digest>.json` in
 * `work`. The same thing again on the same day is the same blob.
 */
export async function keepRejected(config: Config, { way, reason, received }: Rejection, at: Date): Promise<BlobRef> {
  const text = typeof received === 'string' ? received : (JSON.stringify(received) ?? String(received));
  const kept = redactSecrets(text).slice(0, MAX_KEPT);
  const day = at.toISOString().slice(0, 10);
  return putJson(config, 'work', `rejected/${day}`, { way, reason, received: kept, length: text.length });
}
