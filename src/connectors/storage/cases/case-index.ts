import { odata } from '@azure/data-tables';
import type { CaseRow } from '../../../cases/case.ts';
import { type CaseId, parseCaseId } from '../../../cases/ids.ts';
import type { StorageSettings } from '../../settings.ts';
import { whyUnreadable } from '../base/columns.ts';
import { removeEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';
import { getCase, type StoredCase } from './case-table.ts';

/*
 * Azure Table orders by key alone, and a case's key is its person. So every case is also entered here under the
 * time of its opening, counted down: the newest comes first, and the last hour is a range of keys.
 */
const PARTITION = 'opened';
/** Beyond the year 5000; fifteen digits of milliseconds count down from here. */
const END_OF_TIME = 99_999_999_999_999;
const CONCURRENT_READS = 20;
/** Index entries that one listing looks at, so that a rare state cannot make it read the whole history. */
const MAX_LOOKED_AT = 1_000;

type IndexedCase = Pick<CaseRow, 'caseId' | 'openedAt' | 'trigger'>;

/** Enters a case. Before its row is written, so that no case is missing from the list. */
export async function enterInIndex(settings: StorageSettings, row: IndexedCase): Promise<void> {
  const entity = { partitionKey: PARTITION, rowKey: rowKeyOf(row), caseId: row.caseId, trigger: row.trigger };
  await tableOf(settings, 'caseindex').upsertEntity(entity, 'Replace');
}

/**
 * Takes an entry back whose case was not written after all. Not where whoever wrote it began in the same millisecond:
 * then the entry is theirs as well. Rows are never rewritten under another `openedAt`, so what is read here stays true.
 */
export async function removeFromIndex(
  settings: StorageSettings,
  row: Pick<CaseRow, 'caseId' | 'openedAt'>,
): Promise<void> {
  const written = await getCase(settings, row.caseId);
  if (written !== undefined && rowKeyOf(written.row) === rowKeyOf(row)) return;
  await removeEntity(settings, 'caseindex', PARTITION, rowKeyOf(row));
}

/** How many cases its trigger opened within the milliseconds before this one, it included; counted up to `enough`. */
export async function countOpenedWithin(
  settings: StorageSettings,
  row: IndexedCase,
  ms: number,
  enough: number,
): Promise<number> {
  const oldest = countedDown(Date.parse(row.openedAt) - ms);
  const filter = odata`PartitionKey eq ${PARTITION} and RowKey lt ${oldest}`;
  const entries = tableOf(settings, 'caseindex').listEntities({
    queryOptions: { filter, select: ['caseId', 'trigger'] },
  });
  const seen = new Set<unknown>();
  for await (const { caseId, trigger } of entries) {
    // Entries of an older version do not say it.
    if (trigger !== undefined && trigger !== row.trigger) continue;
    seen.add(caseId);
    if (seen.size >= enough) break;
  }
  return seen.size;
}

export interface CaseList {
  readonly cases: readonly StoredCase[];
  /** Cases whose rows cannot be read, whatever was asked for; absent where there are none. */
  readonly unreadable?: readonly CaseId[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

/** Which cases, and how many at once. */
export interface CaseFilter {
  readonly limit: number;
  /** Those that were opened at or after this instant, and before that one. */
  readonly openedFrom?: string;
  readonly openedTo?: string;
  /** Which of these are wanted; all of them where it is absent. */
  readonly wanted?: (row: CaseRow) => boolean;
  readonly after?: string;
}

/** Cases, newest first. */
export async function listCases(
  settings: StorageSettings,
  { limit, openedFrom, openedTo, wanted = () => true, after = '' }: CaseFilter,
): Promise<CaseList> {
  const cases: StoredCase[] = [];
  const unreadable: CaseId[] = [];
  const listed = (): CaseList => ({ cases, ...(unreadable.length > 0 && { unreadable }) });
  // Keys count down: what was opened before an instant comes after its key.
  const newest = openedTo === undefined ? '' : `${countedDown(Date.parse(openedTo))}.`;
  const oldest = openedFrom === undefined ? undefined : `${countedDown(Date.parse(openedFrom))}.`;
  let cursor = after > newest ? after : newest;
  for (let lookedAt = 0; lookedAt < MAX_LOOKED_AT; ) {
    const entries = await entriesAfter(settings, cursor, oldest, Math.min(CONCURRENT_READS, limit));
    const stored = await Promise.all(entries.map(({ caseId }) => caseOrUnreadable(settings, caseId)));
    for (const [index, entry] of entries.entries()) {
      const found = stored[index];
      cursor = entry.rowKey;
      if (found === 'unreadable') {
        unreadable.push(entry.caseId);
        continue;
      }
      // An opener that died before it wrote the row left an entry of another time than the row that came later.
      if (found === undefined || rowKeyOf(found.row) !== entry.rowKey) continue;
      if (!wanted(found.row)) continue;
      cases.push(found);
      if (cases.length === limit) return { ...listed(), next: cursor };
    }
    if (entries.length < Math.min(CONCURRENT_READS, limit)) return listed();
    lookedAt += entries.length;
  }
  return { ...listed(), next: cursor };
}

/** One row that cannot be read hides no other case. */
async function caseOrUnreadable(
  settings: StorageSettings,
  caseId: CaseId,
): Promise<StoredCase | undefined | 'unreadable'> {
  try {
    return await getCase(settings, caseId);
  } catch (error) {
    if (whyUnreadable(error) === undefined) throw error;
    return 'unreadable';
  }
}

async function entriesAfter(
  settings: StorageSettings,
  cursor: string,
  end: string | undefined,
  count: number,
): Promise<{ rowKey: string; caseId: CaseId }[]> {
  const from = odata`PartitionKey eq ${PARTITION} and RowKey gt ${cursor}`;
  const filter = end === undefined ? from : `${from} and ${odata`RowKey lt ${end}`}`;
  const pages = tableOf(settings, 'caseindex')
    .listEntities({ queryOptions: { filter } })
    .byPage({ maxPageSize: count });
  // Storage may cut a page short; only its end of pages is the end.
  const entries: { rowKey: string; caseId: CaseId }[] = [];
  for await (const page of pages) {
    for (const { rowKey, caseId } of page) {
      const parsed = parseCaseId(String(caseId));
      if (rowKey !== undefined && parsed !== undefined) entries.push({ rowKey, caseId: parsed.caseId });
    }
    if (entries.length >= count) break;
  }
  return entries.slice(0, count);
}

function rowKeyOf({ caseId, openedAt }: Pick<CaseRow, 'caseId' | 'openedAt'>): string {
  return `${countedDown(Date.parse(openedAt))}-${caseId}`;
}

function countedDown(ms: number): string {
  return String(END_OF_TIME - ms).padStart(15, '0');
}
