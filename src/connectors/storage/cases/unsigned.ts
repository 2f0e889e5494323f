import * as z from 'zod';
import { type CaseId, CaseIdSchema } from '../../../cases/ids.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { entitiesOf, removeEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

/** Beside the cases by time: revisions that are to be signed, and are not yet. Usually none. */
const PARTITION = 'unsigned';

const Stored = z.object({ caseId: CaseIdSchema, revision: z.int().positive(), since: z.iso.datetime() });

/** A revision that is filed, or about to be, and to be signed. */
export interface UnsignedRevision {
  readonly caseId: CaseId;
  readonly revision: number;
  /** Instant since which it is to be. */
  readonly since: string;
}

const rowKeyOf = ({ caseId, revision }: Pick<UnsignedRevision, 'caseId' | 'revision'>): string =>
  `${caseId}:${revision}`;

/** Enters a revision before its manifest is written, so that none is left without a signature. The first entry stands. */
export async function enterUnsigned(settings: StorageSettings, about: UnsignedRevision): Promise<void> {
  const entity = { partitionKey: PARTITION, rowKey: rowKeyOf(about), ...about };
  try {
    await tableOf(settings, 'caseindex').createEntity(entity);
  } catch (error) {
    if (!answered(error, 409)) throw error;
  }
}

/** Every revision that waits for its signature. */
export async function listUnsigned(settings: StorageSettings): Promise<UnsignedRevision[]> {
  const found: UnsignedRevision[] = [];
  for await (const entity of entitiesOf(settings, 'caseindex', PARTITION)) found.push(Stored.parse(entity));
  return found;
}

/** It is signed, or never will be. */
export async function removeUnsigned(
  settings: StorageSettings,
  about: Pick<UnsignedRevision, 'caseId' | 'revision'>,
): Promise<void> {
  await removeEntity(settings, 'caseindex', PARTITION, rowKeyOf(about));
}
