import { createHash } from 'node:crypto';
import { odata } from '@azure/data-tables';
import * as z from 'zod';
import {
  idOf,
  isEnterprise,
  type Keeping,
  keep,
  keyOfSayer,
  organisationOf,
  type Said,
  type Taken,
} from '../../../machines/keep.ts';
import type { KeptMachine, Sayer } from '../../../machines/kept.ts';
import { KeepingSchema } from '../../../machines/kept-shape.ts';
import { MACHINE_VENDORS, type MachineReport } from '../../../machines/report.ts';
import { mapBounded } from '../../map-bounded.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { changeDocument } from '../base/changing-document.ts';
import { parseEntity, whyUnreadable } from '../base/columns.ts';
import { findEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';
import { containerOf, getText } from '../evidence/evidence.ts';
import { columnsOfTelling, TELLING_COLUMNS } from './telling-columns.ts';

/** Machines that are read at once, at the most; beyond it the list says that it is cut. */
const MOST_MACHINES = 5_000;
const AT_ONCE = 16;
/** Characters of documents that are held at once, which take about twice as many bytes of memory. */
const MOST_CHARACTERS = 128 * 1_024 * 1_024;

/** A row names the document and what lists show of it; the report itself stands in `work`. */
const RowSchema = z.object({
  partitionKey: z.string(),
  rowKey: z.string(),
  vendor: z.enum(MACHINE_VENDORS),
  machine: z.string(),
  /** `keyOfSayer`. */
  sayer: z.string(),
  /** When the newest report was taken, and when the last one came. */
  reportedAt: z.iso.datetime(),
  heardAt: z.iso.datetime(),
  tokens: z.number().int(),
  /** Of its document; a row of before does not say. */
  characters: z.number().int().optional(),
  ...TELLING_COLUMNS,
});
/** A machine by one sender, as lists show it. */
export type MachineRow = z.output<typeof RowSchema>;

/**
 * Takes a report. Idempotent for its job; of two at the same moment one is first. A row that a crash kept from being
 * written is written with the next report, and reports of a machine come with each of its jobs.
 */
export async function keepMachine(
  settings: StorageSettings,
  sayer: Sayer,
  report: MachineReport,
  at: Date,
  { leastMs }: Pick<Said, 'leastMs'> = {},
): Promise<{ readonly machine: KeptMachine; readonly taken: Taken }> {
  const keys = keysOf(sayer, report);
  let kept: ReturnType<typeof keep> | undefined;
  await changeDocument(settings, documentOf(keys), (before) => {
    const said = { sayer, report, at, ...(leastMs === undefined ? {} : { leastMs }) };
    kept = keep(keepingIn(before), said);
    return kept.taken === 'new' ? JSON.stringify(kept.keeping) : undefined;
  });
  if (kept === undefined) throw new TypeError('A document is changed by being asked for.');
  const { keeping, taken } = kept;
  if (taken !== 'too-soon') await enter(settings, keys, keeping);
  return { machine: keeping.machine, taken };
}

/** Of two that write at once the row may be the older one's; it tells nothing that the next report does not mend. */
async function enter(settings: StorageSettings, keys: Keys, keeping: Keeping): Promise<void> {
  const { vendor, id, sayer, reportedAt, report } = keeping.machine;
  const row = {
    ...{ vendor, machine: id, sayer: keyOfSayer(sayer), reportedAt, heardAt: keeping.heardAt },
    ...{ tokens: report.tokens.length, characters: JSON.stringify(keeping).length, ...columnsOfTelling(keeping) },
  };
  // What GitHub answered of earlier runs stands beside it.
  await tableOf(settings, 'machines').upsertEntity({ ...keys, ...row }, 'Merge');
}

/**
 * Every machine as each sender tells of it. What cannot be read hides nothing else, and is named; so is what there is no
 * room for, those that say most first: whoever fills the store pushes out what they say themselves.
 */
export async function listMachines(
  settings: StorageSettings,
  mostCharacters = MOST_CHARACTERS,
): Promise<{ readonly machines: readonly KeptMachine[]; readonly unreadable: readonly string[] }> {
  const { rows, unreadable } = await listMachineRows(settings);
  let room = mostCharacters;
  const shortestFirst = rows.toSorted((a, b) => (a.characters ?? 0) - (b.characters ?? 0) || a.tokens - b.tokens);
  const read = await mapBounded(shortestFirst, AT_ONCE, async (row) => {
    const text = room < 0 ? undefined : await getText(settings, 'work', documentOf(row));
    room -= text?.length ?? 0;
    return text === undefined || room < 0 ? row.machine : (keepingIn(text)?.machine ?? row.machine);
  });
  return {
    machines: read.filter((each) => typeof each !== 'string'),
    unreadable: [...unreadable, ...read.filter((each) => typeof each === 'string')],
  };
}

/** The rows alone, by their keys. */
export async function listMachineRows(
  settings: StorageSettings,
): Promise<{ readonly rows: readonly MachineRow[]; readonly unreadable: readonly string[] }> {
  const rows: MachineRow[] = [];
  const unreadable: string[] = [];
  for await (const entity of tableOf(settings, 'machines').listEntities()) {
    if (rows.length + unreadable.length === MOST_MACHINES) {
      unreadable.push(`all after the first ${MOST_MACHINES}`);
      break;
    }
    try {
      rows.push(parseEntity('machines', RowSchema, entity));
    } catch (error) {
      if (whyUnreadable(error) === undefined) throw error;
      unreadable.push(`${String(entity.partitionKey)}/${String(entity.rowKey)}`);
    }
  }
  return { rows, unreadable };
}

/**
 * Whether a sender may tell of this machine: one that is known, or one of fewer than so many of its organisation. All
 * enterprises are one there: no setting knows their names, so that a sender may make up any number.
 */
export async function hasRoomForMachine(
  settings: StorageSettings,
  sayer: Sayer,
  report: MachineReport,
  most: number,
): Promise<boolean> {
  const { partitionKey, rowKey } = keysOf(sayer, report);
  if ((await findEntity(settings, 'machines', partitionKey, rowKey)) !== undefined) return true;
  const by = odata`sayer eq ${keyOfSayer(sayer)}`;
  const filter = isEnterprise(organisationOf(report.machine.registeredAt))
    ? `${by} and machine ge 'github/enterprises/' and machine lt 'github/enterprises0'`
    : `${by} and ${odata`PartitionKey eq ${partitionKey}`}`;
  let count = 0;
  for await (const row of tableOf(settings, 'machines').listEntities({
    queryOptions: { filter, select: ['RowKey'] },
  })) {
    if (row.rowKey !== undefined) count += 1;
    if (count === most) return false;
  }
  return true;
}

/** Forgets what was not told of since before an instant, at most so many. @returns how many went */
export async function forgetMachines(settings: StorageSettings, before: Date, most: number): Promise<number> {
  const table = tableOf(settings, 'machines');
  // When GitHub was asked about a run, the row was written as well: that is no word of the machine's.
  const filter = odata`Timestamp lt ${before} or heardAt lt ${before.toISOString()}`;
  const old: { readonly keys: Keys; readonly etag: string }[] = [];
  for await (const row of table.listEntities({ queryOptions: { filter, select: ['PartitionKey', 'RowKey'] } })) {
    const { partitionKey = '', rowKey = '', etag } = row;
    old.push({ keys: { partitionKey, rowKey }, etag });
    if (old.length === most) break;
  }
  // The row first and under its ETag: of a machine that reports at this moment nothing goes.
  await mapBounded(old, AT_ONCE, async ({ keys, etag }) => {
    try {
      await table.deleteEntity(keys.partitionKey, keys.rowKey, { etag });
    } catch (error) {
      if (answered(error, 404, 412)) return;
      throw error;
    }
    await containerOf(settings, 'work').getBlobClient(documentOf(keys)).deleteIfExists();
  });
  return old.length;
}

interface Keys {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** Names hold characters that no key may have, and any length; a partition is an organisation of a vendor. */
function keysOf(sayer: Sayer, report: MachineReport): Keys {
  const organisation = organisationOf(report.machine.registeredAt);
  return {
    partitionKey: `${report.vendor}-${digest(organisation)}`,
    rowKey: digest(`${idOf(report)}\n${keyOfSayer(sayer)}`),
  };
}

export function documentOf({ partitionKey, rowKey }: Keys): string {
  return `machines/${partitionKey}/${rowKey}.json`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** What this release cannot read is begun anew: it can only add, and the machine says it again with its next job. */
export function keepingIn(text: string | undefined): Keeping | undefined {
  if (text === undefined) return undefined;
  try {
    return KeepingSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
