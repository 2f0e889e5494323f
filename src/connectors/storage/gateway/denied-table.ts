import * as z from 'zod';
import { type Denied, DeniedSchema } from '../../../cases/denied/denied.ts';
import type { DeniedMark } from '../../../cases/denied/project-denied.ts';
import { OffboardingError } from '../../../errors.ts';
import { type Oid, parseOid } from '../../../people/oid.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { type Columns, jsonOf, parseEntity, unknownColumns, whyUnreadable } from '../base/columns.ts';
import { findEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

const PARTITION = 'denied';
/** Cases, the timer and operators may write one row at the same moment; each try reads anew. */
const MAX_TRIES = 20;

/** One column a field, so that Storage Explorer shows who is denied and why. */
const Stored = DeniedSchema.extend({
  state: DeniedSchema.shape.state.exclude(['unreadable']),
  released: z.exactOptional(jsonOf(DeniedSchema.shape.released.unwrap())),
  byPerson: z.exactOptional(jsonOf(DeniedSchema.shape.byPerson.unwrap())),
  changes: z.exactOptional(jsonOf(DeniedSchema.shape.changes.unwrap())),
}).strip();

/**
 * Every row, those that were released among them. One that cannot be read, and whose key names nobody, keeps nobody from
 * being denied: whose row it was is missed as lost (read-table.ts).
 */
export async function listDenied(settings: StorageSettings): Promise<Denied[]> {
  const rows: Denied[] = [];
  for await (const entity of tableOf(settings, 'denied').listEntities())
    if (parseOid(String(entity.rowKey)) !== undefined || Stored.safeParse(entity).success) rows.push(rowOf(entity));
  return rows;
}

/** One row that cannot be read must not keep anybody else from being denied: who it is says its key. */
function rowOf(entity: Columns): Denied {
  try {
    return parseEntity('denied', Stored, entity);
  } catch (error) {
    const [why, oid] = [whyUnreadable(error), parseOid(String(entity.rowKey))];
    if (why === undefined || oid === undefined) throw error;
    const generation = Count.safeParse(entity.generation).data ?? 0;
    return { oid, kind: 'unknown', state: 'unreadable', generation, since: NEVER, changedAt: NEVER, why };
  }
}

const KNOWN = Object.keys(Stored.shape);
const Count = DeniedSchema.shape.generation;
const NEVER = new Date(0).toISOString();

/** The row of one object id. @throws OffboardingError `row-unreadable` where nobody knows what it says */
export async function getDenied(settings: StorageSettings, oid: Oid): Promise<Denied | undefined> {
  const row = (await read(settings, oid))?.row;
  if (row?.state === 'unreadable') throw new OffboardingError('row-unreadable', row.why);
  return row;
}

/**
 * Changes a row under its ETag. `change` gets undefined where there is none, and returns its argument, or undefined, to
 * leave everything as it is.
 */
export async function changeDenied(
  settings: StorageSettings,
  oid: Oid,
  change: (row: Denied | undefined) => Denied | undefined,
): Promise<{ readonly before?: Denied; readonly row?: Denied }> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const stored = await read(settings, oid);
    const before = stored === undefined ? {} : { before: stored.row };
    const row = change(stored?.row);
    if (row === undefined || row === stored?.row) return { ...before, ...(stored && { row: stored.row }) };
    // Whatever it says, it is not for this release to change.
    if (stored?.row.state === 'unreadable') throw new OffboardingError('row-unreadable', stored.row.why);
    if (await write(settings, row, stored)) return { ...before, row };
  }
  throw new OffboardingError('storage-conflict', `The denial of ${oid} was changed ${MAX_TRIES} times meanwhile.`);
}

/** False where another writer was faster. */
async function write(settings: StorageSettings, row: Denied, before: Read | undefined): Promise<boolean> {
  const { released, byPerson, changes, ...scalars } = row;
  const entity = {
    ...before?.unknown,
    ...scalars,
    partitionKey: PARTITION,
    rowKey: row.oid,
    ...(released && { released: JSON.stringify(released) }),
    ...(byPerson && { byPerson: JSON.stringify(byPerson) }),
    ...(changes && { changes: JSON.stringify(changes) }),
  };
  try {
    const table = tableOf(settings, 'denied');
    if (before === undefined) await table.createEntity(entity);
    else await table.updateEntity(entity, 'Replace', { etag: before.etag });
    return true;
  } catch (error) {
    // A table that is gone answers 404 as well, and that must be seen.
    if (answered(error, 409, 412)) return false;
    throw error;
  }
}

interface Read {
  readonly row: Denied;
  readonly etag: string;
  /** Columns of a newer release. */
  readonly unknown: Columns;
}

async function read(settings: StorageSettings, oid: Oid): Promise<Read | undefined> {
  const entity = await findEntity(settings, 'denied', PARTITION, oid);
  return entity && { row: rowOf(entity), etag: entity.etag, unknown: unknownColumns(entity, KNOWN) };
}

/** In another table than the rows: what is lost or restored with them cannot tell that it was. */
const MARK = { partitionKey: 'mark', rowKey: 'denied' } as const;
const Mark = z.object({ revision: z.number(), blocked: z.string().optional(), used: z.number().optional() });

/** What is remembered of the table of the denied; undefined where nothing was projected from it yet. */
export async function readDeniedMark(settings: StorageSettings): Promise<DeniedMark | undefined> {
  const entity = await findEntity(settings, 'caseindex', MARK.partitionKey, MARK.rowKey);
  if (entity === undefined) return undefined;
  const { revision, blocked, used } = parseEntity('caseindex', Mark, entity);
  return { revision, ...(blocked && { blocked }), ...(used !== undefined && { used }) };
}

/** Remembers how the table was seen. Of two at the same moment the last one stands, which the next run corrects. */
export async function writeDeniedMark(settings: StorageSettings, mark: DeniedMark): Promise<void> {
  await tableOf(settings, 'caseindex').upsertEntity({ ...MARK, ...mark }, 'Replace');
}
