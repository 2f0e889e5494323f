import type { CaseRow, OffboardingRequest } from '../cases/case.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { type IntakeSettings, type OpenedCase, openCase } from './open-case.ts';
import type { StartCase } from './start-row.ts';

/** Whether a deletion started this case before the day for which HR or an operator had scheduled it. */
export function beganEarly({ state, startsAt, deletedAt }: CaseRow): boolean {
  return state !== 'cancelled' && startsAt !== undefined && deletedAt !== undefined;
}

/**
 * On the day for which a case had been scheduled, after a deletion had started it early. Where that was undone, the
 * case stopped and let the person in again; the word of whoever named the day holds all the same, so a case is opened
 * for it. Nothing is done where the person is still deleted, or where a newer case says what became of them.
 * @returns undefined where there was nothing to do
 */
export async function resumeSchedule(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: IntakeSettings,
  row: CaseRow,
  start: StartCase,
  now: () => Date,
): Promise<OpenedCase | undefined> {
  const { caseId, oid, n, trigger, requestedBy, requestedAt, mode, lastDay, startsAt } = row;
  const others = await vendors.storage.casesOf(oid);
  if (others.some(({ row: other }) => other.n > n && other.mode === mode && other.state !== 'refused'))
    return undefined;
  const person = await vendors.graph.findPerson(oid);
  if (!person.ok) return { kind: 'unreadable', failure: person.failure };
  const { state, userPrincipalName } = person.value;
  if (state !== 'active' && state !== 'disabled') return undefined;
  const request: OffboardingRequest = {
    ...{ oid, trigger, requestedBy, requestedAt, mode },
    reason: `The case ${caseId} was to begin on this day; a deletion that was undone had started it before.`,
    ...(lastDay === undefined ? {} : { lastDay }),
    ...(startsAt === undefined ? {} : { startsAt }),
    dedupeKey: `schedule:${caseId}`,
  };
  // Who is meant was confirmed when the case was scheduled, and an object id is never given to somebody else.
  return openCase(vendors, settings, request, start, now, {
    ...(userPrincipalName === undefined ? {} : { confirmUserPrincipalName: userPrincipalName }),
  });
}
