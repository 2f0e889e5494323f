import { odata } from '@azure/data-tables';
import { type CaseRow, type CaseState, isUnfinished, waitsForSomebody } from '../../../cases/case.ts';
import { type CaseId, parseCaseId } from '../../../cases/ids.ts';
import { OffboardingError } from '../../../errors.ts';
import type { Oid } from '../../../people/oid.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { type Columns, type Readable, readEach, whyUnreadable } from '../base/columns.ts';
import { entitiesOf, findEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';
import { type CaseKey, fromEntity, keysOf, toEntity, unknownIn } from './case-entity.ts';
import { enterUnfinished } from './unfinished-cases.ts';
import { enterWaiting, findWaiting, removeWaiting } from './waiting-cases.ts';

/** A case as it was read, with the ETag of its row. */
export interface StoredCase {
  readonly row: CaseRow;
  readonly etag: string;
}

/** Neither ended nor waiting for its day; a state that only a newer release knows is among what is left. */
const SETTLED: readonly CaseState[] = ['scheduled', 'filed', 'refused', 'cancelled', 'failed'];
const UNFINISHED = SETTLED.map((state) => odata`state ne ${state}`).join(' and ');

/** Writers of one row at the same moment: intake, the orchestration's end, an operator. Each try reads anew. */
const MAX_TRIES = 20;

/** The case, or undefined where there is none of that id. */
export async function getCase(settings: StorageSettings, caseId: CaseId): Promise<StoredCase | undefined> {
  const key = parseCaseId(caseId);
  return key === undefined ? undefined : read(settings, key);
}

/**
 * Cases with a day that is yet to come, and those that wait for one that has passed, in no order. Storage looks through
 * the whole table: what is due stands in `due-starts.ts`. What cannot be read is told by `unfinishedCases`.
 */
export async function datedCases(settings: StorageSettings, now: Date): Promise<CaseRow[]> {
  const filter = odata`state eq ${'scheduled'} or startsAt gt ${now.toISOString()}`;
  const rows: CaseRow[] = [];
  for await (const entity of tableOf(settings, 'cases').listEntities({ queryOptions: { filter } })) {
    try {
      rows.push(fromEntity(entity));
    } catch (error) {
      if (whyUnreadable(error) === undefined) throw error;
    }
  }
  return rows;
}

/** Every case of one person, oldest first. */
export async function casesOf(settings: StorageSettings, oid: Oid): Promise<StoredCase[]> {
  const stored: StoredCase[] = [];
  for await (const entity of entitiesOf(settings, 'cases', oid)) {
    stored.push({ row: fromEntity(entity), etag: String(entity.etag) });
  }
  return stored;
}

/** The cases of one person that can be read, for whoever looks at what waits. */
export async function readableCasesOf(settings: StorageSettings, oid: Oid): Promise<Readable<CaseRow>> {
  return await readEach(entitiesOf(settings, 'cases', oid), fromEntity);
}

/** Cases of which something is still to come, and why others cannot be read, one sentence each. */
export interface Unfinished {
  readonly rows: readonly CaseRow[];
  readonly unreadable: readonly string[];
}

/**
 * Every case of which something is still to come, in no order. Storage itself looks through the whole table, which grows
 * with the years: what is looked at every minute stands in `unfinished-cases.ts`. One that cannot be read, or is in a
 * state that this release does not know, is told and keeps no other from being seen.
 */
export async function unfinishedCases(settings: StorageSettings): Promise<Unfinished> {
  const filter = `(${UNFINISHED}) or ${odata`readAgainAt gt ${''} or followUps gt ${''}`}`;
  const rows: CaseRow[] = [];
  const unreadable: string[] = [];
  for await (const entity of tableOf(settings, 'cases').listEntities({ queryOptions: { filter } })) {
    try {
      const row = fromEntity(entity);
      if (isUnfinished(row)) rows.push(row);
    } catch (error) {
      const why = whyUnreadable(error);
      if (why === undefined) throw error;
      unreadable.push(why);
    }
  }
  return { rows, unreadable };
}

/** Writes a new case. Undefined where the id is taken: somebody else opened it first. */
export async function createCase(settings: StorageSettings, row: CaseRow): Promise<StoredCase | undefined> {
  if (isUnfinished(row)) await enterUnfinished(settings, row.caseId);
  if (waitsForSomebody(row)) await enterWaiting(settings, row.caseId);
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
    const key = parseCaseId(caseId);
    const stored = key && (await read(settings, key));
    if (stored === undefined) throw new OffboardingError('case-not-found', `There is no case ${caseId}.`);
    const row = change(stored.row);
    if (row === undefined || row === stored.row) return stored;
    if (isUnfinished(row) && !isUnfinished(stored.row)) await enterUnfinished(settings, caseId);
    const waits = waitsForSomebody(row);
    const waited = waitsForSomebody(stored.row);
    if (waits && !waited) await enterWaiting(settings, caseId);
    // Read before the row is written: whoever enters it anew meanwhile changes its ETag.
    const entry = waited && !waits ? await findWaiting(settings, caseId) : undefined;
    const etag = await replace(settings, row, stored);
    if (etag === undefined) continue;
    if (entry !== undefined) await removeWaiting(settings, entry);
    return { row, etag };
  }
  throw new OffboardingError('storage-conflict', `Case ${caseId} was changed ${MAX_TRIES} times while it was read.`);
}

/** What a change leaves out is gone from the row, and what this release does not know of it stays. */
async function replace(settings: StorageSettings, row: CaseRow, before: Read): Promise<string | undefined> {
  const entity = { ...before.unknown, ...toEntity(row) };
  try {
    const { etag } = await tableOf(settings, 'cases').updateEntity(entity, 'Replace', { etag: before.etag });
    return etag ?? '';
  } catch (error) {
    if (answered(error, 412)) return undefined;
    throw error;
  }
}

interface Read extends StoredCase {
  /** Columns of a newer release. */
  readonly unknown: Columns;
}

async function read(settings: StorageSettings, key: CaseKey): Promise<Read | undefined> {
  const { partitionKey, rowKey } = keysOf(key);
  const entity = await findEntity(settings, 'cases', partitionKey, rowKey);
  return entity && { row: fromEntity(entity), etag: entity.etag, unknown: unknownIn(entity) };
}
