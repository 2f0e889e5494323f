import { app } from '@azure/functions';
import { type Config, config, registrationSettings } from '../config.ts';
import { type Vendors, vendors } from '../connectors/vendors.ts';
import { OffboardingError } from '../errors.ts';
import { deadLettersOf } from '../ingestion/dead-letter.ts';
import { packRows } from '../ingestion/pack-rows.ts';
import { sortBatch } from '../ingestion/sort-batch.ts';
import { type Log, logOf } from '../log.ts';
import type { OutboxSettings } from '../outbox/listening.ts';
import { compareCalls } from './compare-calls.ts';
import { type EventBatch, readEventBatch } from './read-event-batch.ts';
import { uploadDeadLetters } from './upload-dead-letters.ts';

/** Event Hubs namespace: `ToolCalls__fullyQualifiedNamespace` with the ingestor's managed identity. */
const CONNECTION = 'ToolCalls';
const LONGEST_RETRY_DELAY_MS = 5 * 60_000;

/**
 * Tool calls from the gateway into the audit table; nothing where the pipeline is not configured. The host retries for
 * ever, because it moves its checkpoint on once a retry policy is used up, and what it passes then is gone. The
 * function itself ends it: in its last attempt it keeps in the dead letters what it could not upload.
 */
export function registerIngestion(): void {
  const { ingestion, retryDelayMs } = registrationSettings();
  if (!ingestion) return;
  const trigger = {
    connection: CONNECTION,
    eventHubName: '%TOOL_CALLS_EVENT_HUB%',
    consumerGroup: '%TOOL_CALLS_CONSUMER_GROUP%',
    cardinality: 'many',
    // The bytes as they are: what is cut or not JSON must be told from what is.
    dataType: 'binary',
  } as const;
  app.eventHub('ingestToolCalls', {
    ...trigger,
    retry: {
      strategy: 'exponentialBackoff',
      maxRetryCount: -1,
      minimumInterval: { milliseconds: retryDelayMs },
      maximumInterval: { milliseconds: Math.max(retryDelayMs, LONGEST_RETRY_DELAY_MS) },
    },
    handler: (bodies, context) => {
      const batch = readEventBatch(bodies, context.triggerMetadata);
      return ingestToolCalls(vendors(), config(), batch, context.retryContext?.retryCount ?? 0, logOf(context));
    },
  });
  app.timer('uploadDeadLetters', {
    schedule: '0 */15 * * * *',
    handler: async (_timer, context) => {
      await compareCalls(vendors(), config(), [], logOf(context));
      await uploadDeadLetters(vendors(), logOf(context));
    },
  });
}

/**
 * Uploads one batch. Every event of it ends as a row, as a repetition of one, or as a dead letter with the reason;
 * while that is not so, this throws and the same batch comes again. `retries` counts how often it did.
 */
export async function ingestToolCalls(
  vendors: Pick<Vendors, 'auditIngestion' | 'storage'>,
  settings: OutboxSettings & Pick<Config, 'RETRY_ATTEMPTS'>,
  { partition, events }: EventBatch,
  retries: number,
  log: Log,
): Promise<void> {
  const sorted = sortBatch(events);
  const rows = sorted.accepted.map(({ row }) => row);
  const packed = packRows(rows);
  const [{ uploaded, tooLarge, notUploaded }] = await Promise.all([
    vendors.auditIngestion.uploadRows(packed.uploads),
    compareCalls(vendors, settings, rows, log),
  ]);
  const failures = [...new Set(notUploaded.map(({ failure }) => failure.message))];
  if (failures.length > 0 && retries + 1 < settings.RETRY_ATTEMPTS) {
    throw new OffboardingError('tool-calls-not-uploaded', failures.join(' '));
  }
  const files = deadLettersOf(partition, sorted, {
    tooLarge: [...packed.tooLarge, ...tooLarge],
    notUploaded: notUploaded.map(({ rows, failure }) => ({ rows, reason: failure.message })),
  });
  const blobs: string[] = [];
  for (const file of files) blobs.push(await vendors.storage.keepDeadLetters(file));
  const counts = {
    partition,
    received: events.length,
    uploaded: uploaded.length,
    repeated: sorted.duplicates.length,
    deadLettered: files.reduce((sum, file) => sum + file.events.length, 0),
  };
  log.info('tool calls were ingested', counts);
  if (blobs.length > 0)
    log.error('tool calls became dead letters', { code: 'tool-calls-not-uploaded', ...counts, blobs, failures });
}
