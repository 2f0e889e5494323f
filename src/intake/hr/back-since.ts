import type { CaseRow } from '../../cases/case.ts';
import type { Denied } from '../../cases/denied/denied.ts';
import { instant, sentence } from '../../cases/words/wording.ts';
import { parseOid } from '../../people/oid.ts';

/**
 * Why somebody may work here again although HR said at an instant that they leave, in a sentence; undefined where nothing
 * says so. HR was told that its message was rejected, so that it takes nothing back when they stay.
 */
export function whyBackSince(
  said: string,
  rows: readonly Pick<CaseRow, 'caseId' | 'restoredAt' | 'restores'>[],
  denied: Pick<Denied, 'state' | 'caseId' | 'released'> | undefined,
): string | undefined {
  const isSince = (at: string): boolean => Date.parse(at) > Date.parse(said);
  for (const { caseId, restoredAt, restores = [] } of rows) {
    if (restoredAt !== undefined && isSince(restoredAt))
      return `The account was seen to be back at ${instant(restoredAt)} (case ${caseId}).`;
    const undone = restores.findLast(({ whole, at }) => whole === true && isSince(at));
    if (undone !== undefined)
      return `${undone.by} had the case ${caseId} undone at ${instant(undone.at)}: ${sentence(undone.reason)}`;
  }
  const { state, caseId, released } = denied ?? {};
  // A containment that ended says nothing of whether somebody leaves.
  if (state !== 'released' || caseId === undefined || released === undefined || !isSince(released.at)) return undefined;
  return parseOid(released.by) === undefined
    ? undefined
    : `${released.by} let the person in again at ${instant(released.at)}: ${sentence(released.why)}`;
}
