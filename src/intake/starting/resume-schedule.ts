import type { CaseRow, OffboardingRequest } from '../../cases/case.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { datedWord, type Word } from '../rules/words.ts';
import { openCase } from './open-case.ts';
import type { IntakeSettings, OpenedCase } from './opened-case.ts';
import type { StartCase } from './start-row.ts';

/** Whether a deletion started this case before a day that HR or an operator names, and that nobody took back. */
export function beganEarly(row: CaseRow): boolean {
  return row.state !== 'cancelled' && row.deletedAt !== undefined && datedWord(row) !== undefined;
}

/**
 * On the day that HR or an operator named for a case that a deletion had started before it. Where that was undone, the
 * case stopped and let the person in again; the word of whoever named the day holds all the same, so a case is opened
 * for it. Nothing is done where the person is still deleted, or where a newer case that nobody
 * took off says what became of them.
 * @returns undefined where there was nothing to do
 */
export async function resumeSchedule(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: IntakeSettings,
  row: CaseRow,
  start: StartCase,
  now: () => Date,
): Promise<OpenedCase | undefined> {
  const { caseId, oid, n, mode } = row;
  const dated = datedWord(row);
  if (dated === undefined) return undefined;
  const others = await vendors.storage.casesOf(oid);
  const newer = others.filter(({ row: other }) => other.n > n && other.mode === mode);
  // A day of somebody else that was cancelled says nothing about this one; the same source named it instead of this one.
  const isOff = ({ state, trigger }: CaseRow) =>
    state === 'refused' || (state === 'cancelled' && trigger !== dated.trigger);
  if (newer.some(({ row: other }) => !isOff(other))) return undefined;
  const reason = `This day was named for the case ${caseId}; a deletion that was undone had started it before.`;
  return openForDay(vendors, settings, { caseId, oid, mode }, dated, reason, start, now);
}

/**
 * Opens a case for a day that was named on one that does nothing about it any more, by the word of whoever named it.
 * Doing it twice finds the case of the first time.
 * @returns undefined where the person is not there: what deleted them has a case
 */
export async function openForDay(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: IntakeSettings,
  { caseId, oid, mode }: Pick<CaseRow, 'caseId' | 'oid' | 'mode'>,
  dated: Word,
  reason: string,
  start: StartCase,
  now: () => Date,
): Promise<OpenedCase | undefined> {
  const person = await vendors.graph.findPerson(oid);
  if (!person.ok) return { kind: 'unreadable', failure: person.failure };
  const { state, userPrincipalName } = person.value;
  if (state !== 'active' && state !== 'disabled') return undefined;
  const request: OffboardingRequest = {
    ...{ oid, mode, ...dated, reason },
    dedupeKey: `schedule:${caseId}`,
  };
  // Who is meant was confirmed when the case was scheduled, and an object id is never given to somebody else.
  return openCase(vendors, settings, request, start, now, {
    ...(userPrincipalName === undefined ? {} : { confirmUserPrincipalName: userPrincipalName }),
  });
}
