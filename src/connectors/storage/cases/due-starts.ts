import { odata } from '@azure/data-tables';
import type { CaseRow } from '../../../cases/case.ts';
import { type CaseId, parseCaseId } from '../../../cases/ids.ts';
import type { StorageSettings } from '../../settings.ts';
import { removeEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

/*
 * Scheduled cases by the instant at which they start, in the table `caseindex`: what is due is a range of keys, so that
 * looking every minute reads nothing of what is still to come. An entry is a hint. The row says whether its case is
 * still scheduled, and for when.
 */
const PARTITION = 'starts';

/** An entry under an instant at which a case was to start. */
export interface DueStart {
  readonly caseId: CaseId;
  /** Instant at which it was entered, by the clock of whoever did. */
  readonly enteredAt: string;
  readonly rowKey: string;
  readonly etag: string;
}

/** Enters a case under the instant at which it starts. Before its row says so, so that no row waits unseen. */
export async function enterDueStart(
  settings: StorageSettings,
  { caseId, startsAt }: Pick<CaseRow, 'caseId'> & { readonly startsAt: string },
  enteredAt: Date,
): Promise<void> {
  const rowKey = `${countedUp(Date.parse(startsAt))}-${caseId}`;
  const entity = { partitionKey: PARTITION, rowKey, caseId, enteredAt: enteredAt.toISOString() };
  await tableOf(settings, 'caseindex').upsertEntity(entity, 'Replace');
}

/** The entries whose instant has come, the longest due first, `most` at most. */
export async function dueStarts(settings: StorageSettings, now: Date, most: number): Promise<DueStart[]> {
  const filter = odata`PartitionKey eq ${PARTITION} and RowKey lt ${countedUp(now.getTime() + 1)}`;
  const due: DueStart[] = [];
  for await (const entity of tableOf(settings, 'caseindex').listEntities({ queryOptions: { filter } })) {
    const parsed = parseCaseId(String(entity.caseId));
    const { rowKey, etag } = entity;
    if (parsed === undefined || rowKey === undefined) continue;
    due.push({ caseId: parsed.caseId, enteredAt: String(entity.enteredAt), rowKey, etag: String(etag) });
    if (due.length === most) break;
  }
  return due;
}

/** Takes away an entry that leads nowhere any more, unless somebody entered it anew meanwhile. */
export async function removeDueStart(settings: StorageSettings, { rowKey, etag }: DueStart): Promise<void> {
  await removeEntity(settings, 'caseindex', PARTITION, rowKey, etag);
}

/** Fifteen digits of milliseconds reach beyond the year 5000, and sort as text. */
function countedUp(ms: number): string {
  return String(ms).padStart(15, '0');
}
