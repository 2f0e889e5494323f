import { isAggregateLogsUploadError, LogsIngestionClient } from '@azure/monitor-ingestion';
import type { IngestionSettings } from '../../config/config-optional.ts';
import { credentialOf } from '../credentials.ts';
import { failed, ok, type VendorResult } from '../result.ts';
import type { AuditIngestionSettings } from '../settings.ts';
import { failureOf } from './failure.ts';

const clients = new Map<string, LogsIngestionClient>();

/** No retries inside the SDK: the host delivers the batch again, and knows that it did. */
function clientOf(
  settings: AuditIngestionSettings,
  { endpoint, audience, clientId }: IngestionSettings,
): LogsIngestionClient {
  const key = `${endpoint} ${clientId}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = new LogsIngestionClient(endpoint, credentialOf(settings, 'ingestor'), {
    audience,
    retryOptions: { maxRetries: 0 },
  });
  clients.set(key, client);
  return client;
}

/** Until when an endpoint asked to be left alone, in milliseconds since the epoch. */
const closedUntil = new Map<string, number>();

/**
 * One call of the Logs Ingestion API, compressed. The SDK would split what is larger than a megabyte into several calls
 * and report them as one error; rows that `packRows` packed are always one call. While the service's `Retry-After`
 * lasts, no call is made.
 */
export async function uploadOnce(
  app: AuditIngestionSettings,
  settings: IngestionSettings,
  rows: readonly object[],
): Promise<VendorResult<undefined>> {
  const wait = (closedUntil.get(settings.endpoint) ?? 0) - Date.now();
  if (wait > 0) {
    const message = `The Logs Ingestion API asked for ${Math.ceil(wait / 1_000)} more seconds without calls.`;
    return failed({ kind: 'throttled', status: 429, tryAgainAfterMs: wait, message });
  }
  try {
    await clientOf(app, settings).upload(
      settings.ruleId,
      settings.stream,
      rows.map((row) => ({ ...row })),
      {
        abortSignal: AbortSignal.timeout(app.REQUEST_TIMEOUT_SECONDS * 1_000),
      },
    );
    return ok(undefined);
  } catch (error) {
    const failure = failureOf(settings, isAggregateLogsUploadError(error) ? error.errors[0]?.cause : error);
    if ('tryAgainAfterMs' in failure) closedUntil.set(settings.endpoint, Date.now() + failure.tryAgainAfterMs);
    return failed(failure);
  }
}
