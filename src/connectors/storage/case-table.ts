import { odata } from '@azure/data-tables';
import type { CaseRow } from '../../cases/case.ts';
import { type CaseId, type Oid, parseCaseId } from '../../cases/ids.ts';
import type { Config } from '../../config.ts';
import { OffboardingError } from '../../errors.ts';
import { answered } from './answered.ts';
import { type CaseKey, fromEntity, keysOf, toEntity } from './case-entity.ts';
import { tableOf } from './tables.ts';

/** A case as it was read, with the ETag of its row. */
export interface StoredCase {
  readonly row: CaseRow;
  readonly etag: string;
}

/** Writers of one row at the same moment: intake, the orchestration's end, an operator. Each try reads anew. */
const MAX_TRIES = 20;

/** The case, or undefined where there is none of that id. */
export async function getCase(config: Config, caseId: CaseId): Promise<StoredCase | undefined> {
  const key = parseCaseId(caseId);
  return key === undefined ? undefined : read(config, key);
}

/** Every case of one person, oldest first. */
export async function casesOf(config: Config, oid: Oid): Promise<StoredCase[]> {
  const filter = odata`PartitionKey eq ${oid}`;
  const stored: StoredCase[] = [];
  for await (const entity of tableOf(config, 'cases').listEntities({ queryOptions: { filter } })) {
    stored.push({ row: fromEntity(entity), etag: String(entity.etag) });
  }
  return stored;
}

/** Writes a new case. Undefined where the id is taken: somebody else opened it first. */
export async function createCase(config: Config, row: CaseRow): Promise<StoredCase | undefined> {
  try {
    const { etag } = await tableOf(config, 'cases').createEntity(toEntity(row));
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
  config: Config,
  caseId: CaseId,
  change: (row: CaseRow) => CaseRow | undefined,
): Promise<StoredCase> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const stored = await getCase(config, caseId);
    if (stored === undefined) throw new OffboardingError('case-not-found', `There is no case ${caseId}.`);
    const row = change(stored.row);
    if (row === undefined || row === stored.row) return stored;
    const etag = await replace(config, row, stored.etag);
    if (etag !== undefined) return { row, etag };
  }
  throw new OffboardingError('storage-conflict', `Case ${caseId} was changed ${MAX_TRIES} times while it was read.`);
}

async function replace(config: Config, row: CaseRow, expected: string): Promise<string | undefined> {
  try {
    const { etag } = await tableOf(config, 'cases').updateEntity(toEntity(row), 'Replace', { etag: expected });
    return etag ?? '';
  } catch (error) {
    if (answered(error, 412)) return undefined;
    throw error;
  }
}

async function read(config: Config, key: CaseKey): Promise<StoredCase | undefined> {
  const { partitionKey, rowKey } = keysOf(key);
  try {
    const entity = await tableOf(config, 'cases').getEntity(partitionKey, rowKey);
    return { row: fromEntity(entity), etag: entity.etag };
  } catch (error) {
    if (answered(error, 404)) return undefined;
    throw error;
  }
}
