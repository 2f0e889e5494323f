import * as z from 'zod';
import { type CaseId, CaseIdSchema } from '../../../cases/ids.ts';
import { type Oid, OidSchema } from '../../../people/oid.ts';
import type { StorageSettings } from '../../settings.ts';
import { parseEntity, type Readable, readEach } from '../base/columns.ts';
import { entitiesOf, removeEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

/** Beside the cases by time: those whose leaver the gateway may still let in. Usually nobody. */
const PARTITION = 'uncontained';

const Stored = z.object({ caseId: CaseIdSchema, oid: OidSchema, since: z.string(), why: z.string() });

/** A case whose leaver could not be put on the deny list, until they are. */
export interface Uncontained {
  readonly caseId: CaseId;
  readonly oid: Oid;
  /** Instant of the last failure. */
  readonly since: string;
  readonly why: string;
}

/** Remembers that containment failed, so that the app says so until it is done. */
export async function enterUncontained(settings: StorageSettings, about: Uncontained): Promise<void> {
  const entity = { partitionKey: PARTITION, rowKey: about.caseId, ...about };
  await tableOf(settings, 'caseindex').upsertEntity(entity, 'Replace');
}

/** Every case whose containment failed and was not done since. */
export async function listUncontained(settings: StorageSettings): Promise<Readable<Uncontained>> {
  return await readEach(entitiesOf(settings, 'caseindex', PARTITION), (entity) =>
    parseEntity('caseindex', Stored, entity),
  );
}

/** The leaver is contained, or need not be any more. */
export async function removeUncontained(settings: StorageSettings, caseId: CaseId): Promise<void> {
  await removeEntity(settings, 'caseindex', PARTITION, caseId);
}
