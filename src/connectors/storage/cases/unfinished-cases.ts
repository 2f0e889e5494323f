import { type CaseId, parseCaseId } from '../../../cases/ids.ts';
import type { StorageSettings } from '../../settings.ts';
import { entitiesOf, removeEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

/*
 * Cases of which something is still to come, in the table `caseindex`: looking at them every minute must not read the
 * rows of all the years. An entry is written before the row says so, and taken away by whoever finds that it leads
 * nowhere any more; the row is the truth. A duty enters what an older version of the app wrote without one.
 */
const PARTITION = 'unfinished';

/** An entry of a case that may have something to come. */
export interface UnfinishedCase {
  readonly caseId: CaseId;
  /** When storage took it down, in milliseconds since the epoch. */
  readonly enteredAt: number;
  readonly etag: string;
}

/** Enters a case. Before its row says that something is to come. */
export async function enterUnfinished(settings: StorageSettings, caseId: CaseId): Promise<void> {
  const entity = { partitionKey: PARTITION, rowKey: caseId, caseId };
  await tableOf(settings, 'caseindex').upsertEntity(entity, 'Replace');
}

/** Every case that was entered, in the order of their ids. */
export async function listUnfinished(settings: StorageSettings): Promise<UnfinishedCase[]> {
  const entered: UnfinishedCase[] = [];
  for await (const entity of entitiesOf(settings, 'caseindex', PARTITION)) {
    const parsed = parseCaseId(String(entity.caseId));
    if (parsed === undefined) continue;
    const enteredAt = Date.parse(String(entity.timestamp));
    entered.push({ caseId: parsed.caseId, enteredAt, etag: String(entity.etag) });
  }
  return entered;
}

/** Takes away an entry that leads nowhere any more, unless somebody entered it anew meanwhile. */
export async function removeUnfinished(settings: StorageSettings, { caseId, etag }: UnfinishedCase): Promise<void> {
  await removeEntity(settings, 'caseindex', PARTITION, caseId, etag);
}
