import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { STATUSES } from '../../posture/runs/run.ts';
import type { StorageSettings } from '../settings.ts';
import { parseEntity } from './base/columns.ts';
import { tableOf } from './base/tables.ts';

/** That a check had a status in a week. */
const SeenSchema = z.object({
  /** By ISO 8601: `2026-W48`. */
  week: z.string(),
  check: z.string(),
  status: z.enum(STATUSES),
  /** The run that said so last. */
  runId: z.string(),
});
export type SeenStatus = z.output<typeof SeenSchema>;

/** Beside the metrics, none of which is called so. */
const PARTITION = 'check-weeks';
/** Each check may have had each status in each of 52 weeks. */
const MOST_ROWS = 16 * STATUSES.length * 53;

/**
 * Enters what each check came to, a row for each status of a week: writing needs no reading, no order and no lock, whoever
 * writes at the same time, and a year of all checks is one query.
 */
export async function enterStatuses(settings: StorageSettings, seen: readonly SeenStatus[]): Promise<void> {
  await Promise.all(
    seen.map((each) =>
      tableOf(settings, 'metrics').upsertEntity(
        { partitionKey: PARTITION, rowKey: `${each.week}:${each.check}:${each.status}`, ...each },
        'Replace',
      ),
    ),
  );
}

/** What checks came to from a week on, the oldest week first. */
export async function listStatuses(settings: StorageSettings, fromWeek: string): Promise<SeenStatus[]> {
  const filter = odata`PartitionKey eq ${PARTITION} and RowKey ge ${fromWeek}`;
  const found: SeenStatus[] = [];
  for await (const entity of tableOf(settings, 'metrics').listEntities({ queryOptions: { filter } })) {
    found.push(parseEntity('metrics', SeenSchema, entity));
    if (found.length === MOST_ROWS) break;
  }
  return found;
}
