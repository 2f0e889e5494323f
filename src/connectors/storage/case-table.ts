import { odata } from '@azure/data-tables';
import type { CaseRow } from '../../cases/case.ts';
import { type CaseId, parseCaseId } from '../../cases/ids.ts';
import { OffboardingError } from '../../errors.ts';
import type { Oid } from '../../people/oid.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './answered.ts';
import { type CaseKey, fromEntity, keysOf, toEntity } from './case-entity.ts';
import { findEntity } from './entities.ts';
import { tableOf } from './tables.ts';

/** A case as it was read, with the ETag of its row. */
export interface StoredCase {
  readonly row: CaseRow;
  readonly etag: string;
}

/** Writers of one row at the same moment: intake, the orchestration's end, an operator. Each try reads anew. */
const MAX_TRIES = 20;

/** The case, or undefined where there is none of that id. */
export async function getCase(settings: StorageSettings, caseId: CaseId): Promise<StoredCase | undefined> {
  const key = parseCaseId(caseId);
  return key === undefined ? undefined : read(settings, key);
}

/** Every case of one person, oldest first. */
export async function casesOf(settings: StorageSettings, oid: Oid): Promise<StoredCase[]> {
  const filter = odata`PartitionKey eq ${oid}`;
  const stored: StoredCase[] = [];
  for await (const entity of tableOf(settings, 'cases').listEntities({ queryOptions: { filter } })) {
    stored.push({ row: fromEntity(entity), etag: String(entity.etag) });
  }
  return stored;
}

/** Every case that has not ended, in no order. The whole table is looked through, by storage itself. */
export async function unfinishedCases(settings: StorageSettings): Promise<CaseRow[]> {
  const filter = odata`state eq ${'open'} or state eq ${'running'}`;
  const rows: CaseRow[] = [];
  for await (const entity of tableOf(settings, 'cases').listEntities({ queryOptions: { filter } })) {
    rows.push(fromEntity(entity));
  }
  return rows;
}

/** Writes a new case. Undefined where the id is taken: somebody else opened it first. */
export async function createCase(settings: StorageSettings, row: CaseRow): Promise<StoredCase | undefined> {
  try {
    const { etag } = await tableOf(settings, 'cases').createEntity(toEntity(row));
    return { row, etag: etag ?? '' };
  } catch (error) {
    if (answered(error, 409)) return undefined;
    throw error;
  }
}

/**
 * Changes a case under its ETag; where another writer was faster, `change` is asked again with the newer row.
 * `change` returns its argument, or undefined, to leave the row as it is.
 */
export async function updateCase(
  settings: StorageSettings,
  caseId: CaseId,
  change: (row: CaseRow) => CaseRow | undefined,
): Promise<StoredCase> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const stored = await getCase(settings, caseId);
    if (stored === undefined) throw new OffboardingError('case-not-found', `There is no case ${caseId}.`);
    const row = change(stored.row);
    if (row === undefined || row === stored.row) return stored;
    const etag = await replace(settings, row, stored.etag);
    if (etag !== undefined) return { row, etag };
  }
  throw new OffboardingError('storage-conflict', `Case ${caseId} was changed ${MAX_TRIES} times while it was read.`);
}

async function replace(settings: StorageSettings, row: CaseRow, expected: string): Promise<string | undefined> {
  try {
    const { etag } = await tableOf(settings, 'cases').updateEntity(toEntity(row), 'Replace', { etag: expected });
    return etag ?? '';
  } catch (error) {
    if (answered(error, 412)) return undefined;
    throw error;
  }
}

async function read(settings: StorageSettings, key: CaseKey): Promise<StoredCase | undefined> {
  const { partitionKey, rowKey } = keysOf(key);
  const entity = await findEntity(settings, 'cases', partitionKey, rowKey);
  return entity && { row: fromEntity(entity), etag: entity.etag };
}
