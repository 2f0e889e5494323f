import type { CaseRow } from '../../cases/case.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { ERRORS } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Leaver } from '../../people/leaver.ts';
import { isRestored } from '../rules/is-restored.ts';
import { releaseRestored } from './release-restored.ts';

/**
 * What Entra says about somebody who works here again: who was denied for having been deleted is denied no longer, and
 * each case about it keeps since when the person is seen to be back. What a case cut stays cut.
 * @returns the cases that did not know of it so far, to be told
 */
export async function noteReturn(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  person: Pick<Leaver, 'oid' | 'state' | 'deletedAt' | 'leaveAt'>,
  rows: readonly CaseRow[],
  now: Date,
): Promise<readonly CaseRow[]> {
  if (rows.length === 0) return [];
  const denied = await vendors.storage.getDenied(person.oid);
  const about = rows.find(({ caseId }) => caseId === denied?.caseId);
  if (about !== undefined) await releaseRestored(vendors, about, person, now);
  const news: CaseRow[] = [];
  for (const { caseId } of rows.filter((row) => isBack(row, person, now))) {
    let noted = false;
    const { row } = await vendors.storage.updateCase(caseId, (current) => {
      noted = isBack(current, person, now);
      return noted ? { ...current, ...lastReading(current, now), restoredAt: now.toISOString() } : undefined;
    });
    if (noted) news.push(row);
  }
  return news;
}

/** The account that a case is about was deleted, or was all that asked for it, and is there again. */
function isBack(row: CaseRow, person: Pick<Leaver, 'state' | 'deletedAt' | 'leaveAt'>, now: Date): boolean {
  // What waits for its day, or never began, cut nobody off who could come back.
  if (row.state === 'scheduled' || row.state === 'refused' || row.state === 'cancelled') return false;
  if (row.restoredAt !== undefined) return false;
  return row.deletedAt !== undefined || isRestored(row, person, now);
}

/**
 * One more reading of a case that is still followed up, which cuts nothing: what came back with the account stands in its
 * report. Only of an account that was deleted, of which every reading sees that it is back, and stops.
 */
function lastReading({ state, deletedAt, followUps }: CaseRow, now: Date): Pick<CaseRow, 'followUps'> {
  if (state !== 'filed' || deletedAt === undefined || followUps === undefined) return {};
  return { followUps: [{ which: 'restore', at: now.toISOString() }] };
}

/** Tells of cases whose person is back. What a case cut does not come back by itself: somebody has to decide. */
export function logReturned(log: Log, rows: readonly CaseRow[]): void {
  for (const { caseId, oid, mode, state, restoredAt } of rows) {
    const fields = {
      code: 'person-returned',
      oid,
      caseId,
      mode,
      state,
      restoredAt,
      todo: ERRORS['person-returned'].todo,
    };
    const cut = mode === 'apply' && state !== 'open';
    (cut ? log.error : log.warn)(ERRORS['person-returned'].title, fields);
  }
}
