import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { type Exception, ExceptionSchema } from '../../../cases/decisions/exception.ts';
import { OffboardingError } from '../../../errors.ts';
import type { Oid } from '../../../people/oid.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { jsonOf, parseEntity, type Readable, readEach } from '../base/columns.ts';
import { tableOf } from '../base/tables.ts';

const MAX_TRIES = 20;
const Entity = z.object({ exception: jsonOf(ExceptionSchema) });

/** Every exception, or those of one person's findings; also what is over. */
export async function listExceptions(settings: StorageSettings, oid?: Oid): Promise<Exception[]> {
  return (await found(settings, oid === undefined ? undefined : odata`PartitionKey eq ${oid}`)).map(
    ({ exception }) => exception,
  );
}

/** Every exception that can be read, for whoever looks at what waits. */
export async function readableExceptions(settings: StorageSettings): Promise<Readable<Exception>> {
  return await readEach(tableOf(settings, 'exceptions').listEntities(), exceptionIn);
}

/** Writes an exception; a second one of the same id changes nothing. */
export async function addException(settings: StorageSettings, exception: Exception): Promise<void> {
  try {
    await tableOf(settings, 'exceptions').createEntity(entityOf(exception));
  } catch (error) {
    if (!answered(error, 409)) throw error;
  }
}

/** Changes an exception under its ETag. @returns undefined where there is none of that id */
export async function changeException(
  settings: StorageSettings,
  id: string,
  change: (exception: Exception) => Exception | undefined,
): Promise<Exception | undefined> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const [stored] = await found(settings, odata`RowKey eq ${id}`);
    if (stored === undefined) return undefined;
    const next = change(stored.exception);
    if (next === undefined || next === stored.exception) return stored.exception;
    try {
      await tableOf(settings, 'exceptions').updateEntity(entityOf(next), 'Replace', { etag: stored.etag });
      return next;
    } catch (error) {
      if (!answered(error, 412)) throw error;
    }
  }
  throw new OffboardingError('storage-conflict', `The exception ${id} was changed ${MAX_TRIES} times meanwhile.`);
}

async function found(
  settings: StorageSettings,
  filter: string | undefined,
): Promise<{ readonly exception: Exception; readonly etag: string }[]> {
  const queryOptions = filter === undefined ? {} : { filter };
  const rows: { readonly exception: Exception; readonly etag: string }[] = [];
  for await (const entity of tableOf(settings, 'exceptions').listEntities({ queryOptions }))
    rows.push({ exception: exceptionIn(entity), etag: String(entity.etag) });
  return rows;
}

function exceptionIn(entity: { readonly partitionKey?: unknown; readonly rowKey?: unknown }): Exception {
  return parseEntity('exceptions', Entity, entity).exception;
}

function entityOf(exception: Exception) {
  return { partitionKey: exception.oid, rowKey: exception.id, exception: JSON.stringify(exception) };
}
