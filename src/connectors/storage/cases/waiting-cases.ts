import { type CaseId, parseCaseId } from '../../../cases/ids.ts';
import type { StorageSettings } from '../../settings.ts';
import { entitiesOf, findEntity, removeEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

/*
 * Cases that stand still until somebody says something, in the table `caseindex`: whoever looks at what waits for them
 * must not read the rows of all the years. An entry is written before the row says so and taken away after it does not;
 * the row is the truth.
 */
const PARTITION = 'waiting';

/** Enters a case. Before its row says that it waits. */
export async function enterWaiting(settings: StorageSettings, caseId: CaseId): Promise<void> {
  const entity = { partitionKey: PARTITION, rowKey: caseId, caseId };
  await tableOf(settings, 'caseindex').upsertEntity(entity, 'Replace');
}

/** Every case that was entered, in the order of their ids. */
export async function listWaiting(settings: StorageSettings): Promise<CaseId[]> {
  const entered: CaseId[] = [];
  for await (const { caseId } of entitiesOf(settings, 'caseindex', PARTITION)) {
    const parsed = parseCaseId(String(caseId));
    if (parsed !== undefined) entered.push(parsed.caseId);
  }
  return entered;
}

interface Entry {
  readonly caseId: CaseId;
  readonly etag: string;
}

/** The entry of a case as it stands now; undefined where it has none. */
export async function findWaiting(settings: StorageSettings, caseId: CaseId): Promise<Entry | undefined> {
  const entity = await findEntity(settings, 'caseindex', PARTITION, caseId);
  return entity && { caseId, etag: entity.etag };
}

/** Takes an entry away, unless somebody entered the case anew meanwhile. */
export async function removeWaiting(settings: StorageSettings, { caseId, etag }: Entry): Promise<void> {
  await removeEntity(settings, 'caseindex', PARTITION, caseId, etag);
}
