import * as z from 'zod';
import { type CaseRow, isUnfinished, waitsForSomebody } from '../../cases/case.ts';
import type { UnfinishedCase } from '../../connectors/storage/cases/unfinished-cases.ts';
import type { Duty, DutyContext } from '../duty.ts';

/** In the container `work`: rewritten every day, so that its lifecycle rule does not reach it. */
const NAME = 'watch/unfinished.json';
const RepairedSchema = z.object({ at: z.number() });
const EVERY_MS = 24 * 3_600_000;
/**
 * An entry that leads nowhere is taken away when it is this old. Entries are written before their rows, so a young one
 * may belong to a row that is about to be written.
 */
const STALE_MS = 3_600_000;

/** The case of an entry; undefined where nothing of it is to come. */
export async function unfinishedRow(
  { vendors, now }: Pick<DutyContext, 'vendors' | 'now'>,
  entry: UnfinishedCase,
): Promise<CaseRow | undefined> {
  const row = (await vendors.storage.getCase(entry.caseId))?.row;
  if (row !== undefined && isUnfinished(row)) return row;
  if (entry.enteredAt < now().getTime() - STALE_MS) await vendors.storage.removeUnfinished(entry);
  return undefined;
}

/**
 * Enters whatever is unfinished, or waits for a day, and was not entered, once a day, and at once where it was never
 * done: rows that an older version of the app wrote, or that were restored without their index, have no entry. They are
 * not in the listing of cases either.
 */
export const enterUnfinished: Duty = {
  name: 'enter unfinished cases',
  run: async ({ vendors, log, now }) => {
    const at = now().getTime();
    if (Math.abs(at - (await repairedAt(vendors))) < EVERY_MS) return 0;
    const entered = new Set((await vendors.storage.listUnfinished()).map(({ caseId }) => caseId));
    const { rows, unreadable } = await vendors.storage.unfinishedCases();
    const missing = rows.filter(({ caseId }) => !entered.has(caseId));
    for (const row of missing) {
      await vendors.storage.enterInIndex(row);
      await vendors.storage.enterUnfinished(row.caseId);
    }
    for (const row of rows) if (waitsForSomebody(row)) await vendors.storage.enterWaiting(row.caseId);
    // Entered again under the same key, an entry that is there stays what it is.
    for (const row of await vendors.storage.datedCases(now())) {
      if (row.startsAt === undefined) continue;
      await vendors.storage.enterInIndex(row);
      await vendors.storage.enterDueStart({ caseId: row.caseId, startsAt: row.startsAt }, now());
    }
    if (missing.length > 0) log.warn('unfinished cases had no entry', { cases: missing.length });
    if (unreadable.length > 0)
      log.error('cases cannot be read, and whether they are unfinished is not known', {
        code: 'row-unreadable',
        cases: unreadable.length,
        first: unreadable[0],
      });
    await vendors.storage.changeDocument(NAME, () => JSON.stringify({ at }));
    return missing.length;
  },
};

/** In milliseconds since the epoch; long ago where nobody can tell. */
async function repairedAt({ storage }: Pick<DutyContext['vendors'], 'storage'>): Promise<number> {
  try {
    return RepairedSchema.parse(JSON.parse((await storage.changeDocument(NAME, () => undefined)) ?? 'null')).at;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return 0;
    throw error;
  }
}
