import { odata } from '@azure/data-tables';
import * as z from 'zod';
import type { Oid } from '../../../people/oid.ts';
import type { StorageSettings } from '../../settings.ts';
import { findEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

const PEOPLE = 'protected';
const READINGS = { partitionKey: 'protected-read', rowKey: 'read' } as const;
const Reading = z.object({ groups: z.string(), since: z.string() });

/** What is known of who was in a protected group. */
export interface ProtectedMemory {
  /** Whether they were seen in one. */
  readonly isMember: boolean;
  /** The groups and instant of the first complete reading of them; absent where there was none. */
  readonly read?: { readonly groups: string; readonly since: string };
}

/** Remembers a complete reading of the protected groups. Whoever was in one stays remembered. */
export async function rememberProtected(
  settings: StorageSettings,
  { groups, people, at }: { readonly groups: string; readonly people: readonly string[]; readonly at: string },
): Promise<void> {
  const table = tableOf(settings, 'brakes');
  const known = new Set<string>();
  const filter = odata`PartitionKey eq ${PEOPLE}`;
  for await (const { rowKey } of table.listEntities({ queryOptions: { filter, select: ['rowKey'] } }))
    known.add(String(rowKey));
  for (const oid of people.filter((each) => !known.has(each)))
    await table.upsertEntity({ partitionKey: PEOPLE, rowKey: oid, at }, 'Replace');
  if ((await readingOf(settings))?.groups === groups) return;
  await table.upsertEntity({ ...READINGS, groups, since: at }, 'Replace');
}

/** Whether somebody was in a protected group when those were read, and since when they are. */
export async function recallProtected(settings: StorageSettings, oid: Oid): Promise<ProtectedMemory> {
  const [isMember, read] = await Promise.all([has(settings, oid), readingOf(settings)]);
  return { isMember, ...(read && { read }) };
}

async function has(settings: StorageSettings, oid: Oid): Promise<boolean> {
  return (await findEntity(settings, 'brakes', PEOPLE, oid)) !== undefined;
}

async function readingOf(settings: StorageSettings): Promise<z.output<typeof Reading> | undefined> {
  const entity = await findEntity(settings, 'brakes', READINGS.partitionKey, READINGS.rowKey);
  return entity && Reading.parse(entity);
}
