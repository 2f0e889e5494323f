import * as z from 'zod';
import type { BlobRef } from '../../cases/remedy.ts';
import { redactedStart } from '../../credentials/redact-secrets.ts';
import type { StorageSettings } from '../settings.ts';
import { getText, listNames, putJson } from './evidence.ts';

/** Something that came in and could not become a request. */
export interface Rejection {
  readonly trigger: 'entra-event' | 'hr-queue';
  /** One sentence: what is wrong with it. */
  readonly reason: string;
  /** What came, as it came. */
  readonly received: unknown;
}

/** Event Grid delivers up to 1 MB; the beginning says what it was. */
const MAX_KEPT = 64_000;
/** Rejections that one listing reads; a source that sends more than that in a day is known by then. */
const MAX_LISTED = 100;

const Kept = z.object({ trigger: z.string(), reason: z.string(), received: z.string(), length: z.number() });
export type KeptRejection = z.output<typeof Kept> & { readonly blob: string };

/**
 * Keeps events and messages that could not become a case, so that acknowledging them loses nothing:
 * `rejected/<date>/<digest>.json` in `work`. The same thing again on the same day is the same blob.
 */
export async function keepRejected(
  settings: StorageSettings,
  { trigger, reason, received }: Rejection,
  at: Date,
): Promise<BlobRef> {
  const text = typeof received === 'string' ? received : (JSON.stringify(received) ?? String(received));
  const kept = redactedStart(text, MAX_KEPT);
  const day = at.toISOString().slice(0, 10);
  return putJson(settings, 'work', `rejected/${day}`, { trigger, reason, received: kept, length: text.length });
}

/** What was kept on one day (UTC, `yyyy-MM-dd`), and whether there is more. */
export async function listRejected(
  settings: StorageSettings,
  day: string,
): Promise<{ readonly rejections: readonly KeptRejection[]; readonly more: boolean }> {
  const names = await listNames(settings, 'work', `rejected/${day}/`, MAX_LISTED + 1);
  const texts = await Promise.all(names.slice(0, MAX_LISTED).map((name) => getText(settings, 'work', name)));
  const rejections = texts.flatMap((text, index) => {
    const blob = `work/${names[index]}`;
    return text === undefined ? [] : [{ ...Kept.parse(JSON.parse(text)), blob }];
  });
  return { rejections, more: names.length > MAX_LISTED };
}
