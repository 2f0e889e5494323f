import { type ToolCallEvent, toolCallEvent } from '../../local/tenant/event-hub/gateway.ts';
import { emptyIngestion, makeIngestion } from '../../local/tenant/ingestion/vendor.ts';
import { emptyLogs } from '../../local/tenant/logs/state.ts';
import {
  ensureDeadLetters,
  listDeadLetters,
  readDeadLetters,
} from '../../src/connectors/storage/evidence/dead-letters.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import type { DeadLetterFile, DeadLetterKind } from '../../src/ingestion/dead-letter.ts';
import { logOf } from '../../src/log.ts';
import { ingestToolCalls } from '../../src/triggers/ingest-tool-calls.ts';
import { readEventBatch } from '../../src/triggers/read-event-batch.ts';
import { startApp } from '../support/apps/start-app.ts';

export const logged: string[] = [];
const write = (...args: unknown[]): void => void logged.push(args.map(String).join(' '));
export const log = logOf({ info: write, warn: write, error: write });

export const LAST = 2;
export const queue = { sequence: 0 };

/** A batch as the host hands it over; the same again whenever it is ingested again. */
export function batchOf(...events: readonly (ToolCallEvent | string)[]) {
  const first = queue.sequence;
  queue.sequence += events.length;
  return readEventBatch(
    events.map((event) => Buffer.from(typeof event === 'string' ? event : JSON.stringify(event))),
    {
      partitionContext: { partitionId: '0' },
      sequenceNumberArray: events.map((_, index) => ({ low: first + index, high: 0, unsigned: false })),
      enqueuedTimeUtcArray: events.map(() => '2026-11-23T10:00:00.123Z'),
    },
  );
}
export const idsOf = (events: readonly ToolCallEvent[]): string[] => events.map((event) => event.apim_request_id);

/** Events whose rows fill more than two uploads. */
export const many = (): ToolCallEvent[] =>
  Array.from({ length: 300 }, (_, index) =>
    toolCallEvent({ resource_accessed: `/documents/${index}/${'long path / '.repeat(660)}` }),
  );

/** The table of calls, the service that takes them, and batches for it. */
export async function startIngestToolCalls() {
  const logs = emptyLogs();
  const ingestion = emptyIngestion();
  const app = await startApp({
    vendors: (core) => [makeIngestion(core, logs, ingestion)],
    storage: true,
    settings: { RETRY_ATTEMPTS: '3' },
  });
  await ensureDeadLetters(app.config);
  const ingest = (batch: ReturnType<typeof batchOf>, retries = 0): Promise<void> =>
    ingestToolCalls(openVendors(app.config), app.config, batch, retries, log);
  const ids = (): unknown[] => logs.rows.map((row) => row.apim_request_id_s);
  const sent = (): number => app.tenant.calls.filter(({ vendor }) => vendor === 'ingestion').length;

  async function filesOf(kind: DeadLetterKind): Promise<DeadLetterFile[]> {
    const names = await listDeadLetters(app.config, kind, 100);
    const files = await Promise.all(names.map((name) => readDeadLetters(app.config, name)));
    return files.filter((file) => file !== undefined);
  }

  return { logs, ingestion, app, ingest, ids, sent, filesOf };
}

export type IngestToolCallsWorld = Awaited<ReturnType<typeof startIngestToolCalls>>;
