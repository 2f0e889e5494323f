import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../src/cases/coverage/coverage-of.ts';
import { READ_LEAVE_DATE } from '../../../src/connectors/graph/people/users.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { type Answer, answeredLastDay, confirmedOf } from '../../../src/people/answers/answers.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { lastDays, othersSentence } from '../../../src/steps/activity-audit/rules/calendar/last-days.ts';

export interface ResolvedPerson {
  readonly person: Leaver;
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}

const UPN_SOURCE = 'entra/user-principal-name';

/**
 * The person as the steps may rely on them: read again where Entra did not answer when the case was opened, and
 * without a UPN that cannot be told to be theirs.
 */
export async function resolvePerson(
  vendors: Pick<Vendors, 'graph'>,
  opened: Leaver,
  now: Date,
  timeZone: string,
  answers: readonly Answer[] = [],
): Promise<ResolvedPerson> {
  const { person: read, failure } = await readAgain(vendors, opened);
  const answered = answeredLastDay(answers, read.lastDay !== undefined || read.leaveAt !== undefined);
  const person = answered === undefined ? read : { ...read, answeredLastDay: answered };
  const upn = await ownUpn(vendors, person, now);
  return {
    person: upn.own ? person : withoutUpn(person, upn.failure),
    coverage: [
      ...coverageOfPerson(person, failure, now, timeZone, answers),
      ...(upn.coverage === undefined ? [] : [upn.coverage]),
    ],
    failures: [failure, upn.failure].filter((each) => each !== undefined),
  };
}

async function readAgain(
  vendors: Pick<Vendors, 'graph'>,
  opened: Leaver,
): Promise<{ readonly person: Leaver; readonly failure?: VendorFailure }> {
  if (opened.state !== 'unreadable') return { person: opened };
  const found = await vendors.graph.findPerson(opened.oid);
  if (found.ok) return { person: { ...opened, ...found.value } };
  return { person: { ...opened, ...blocked(found.failure) }, failure: found.failure };
}

/** What the other steps are told where the person could not be read. */
function blocked(failure: VendorFailure | undefined): Pick<Leaver, 'blockedBy'> {
  const missing = failure?.kind === 'denied' ? failure.missingPermission : undefined;
  return missing === undefined ? {} : { blockedBy: { person: missing } };
}

/** The account, and the last day that HR recorded, which has a permission of its own. */
function coverageOfPerson(
  leaver: Leaver,
  failure: VendorFailure | undefined,
  now: Date,
  timeZone: string,
  answers: readonly Answer[],
): Coverage[] {
  const { state, oddDates = [] } = leaver;
  const [account, date] = ['entra/users', 'entra/leave-date'];
  if (failure !== undefined) {
    return [
      coverageOf(account, { count: 0, unit: 'accounts' }, [failure]),
      coverageOf(date, { count: 0, unit: 'dates' }, [failure]),
    ];
  }
  const looked = { count: state === 'gone' ? 0 : 1, unit: 'accounts' };
  const person: Coverage = oddDates.includes('deletedDateTime')
    ? { source: account, state: 'partial', looked, detail: oddSentence('deletedDateTime') }
    : { source: account, state: 'complete', looked };
  return [person, leaveDate(date, leaver, now, timeZone, answers)];
}

/** Whether a day is known that may be the last one: the end of a contract that nobody worked to is none. */
function leaveDate(source: string, leaver: Leaver, now: Date, timeZone: string, answers: readonly Answer[]): Coverage {
  const { lastDay, leaveAt, leaveAtUnread, answeredLastDay, oddDates = [] } = leaver;
  const told = lastDays(leaver, now, timeZone);
  const known = (told.known ?? told.toCome) !== undefined;
  const odd = oddDates.includes('employeeLeaveDateTime') ? [oddSentence('employeeLeaveDateTime')] : [];
  const looked = {
    count: [lastDay, leaveAt, answeredLastDay].filter((each) => each !== undefined).length,
    unit: 'dates',
  };
  // One person's word judges where nothing else does, and closes nothing: a day too late would hide what came before it.
  if (known && answeredLastDay !== undefined && !confirmedOf(answers).some(({ kind }) => kind === 'last-day')) {
    const detail = `Answered: the last day was ${answeredLastDay.day}, by ${answeredLastDay.by}. A second person has to confirm it.`;
    return { source, state: 'partial', looked, detail: [...odd, detail].join(' ') };
  }
  if (known && odd.length === 0)
    return {
      ...{ source, state: 'complete', looked },
      ...(answeredLastDay && {
        detail: `Answered: the last day was ${answeredLastDay.day}, by ${answeredLastDay.by}.`,
      }),
    };
  if (!known && leaveAtUnread === true) {
    const detail = 'The last day that HR recorded (employeeLeaveDateTime) could not be read.';
    return { source, state: 'denied', looked, detail, missingPermission: READ_LEAVE_DATE };
  }
  const refused = othersSentence(told);
  const unknown =
    refused === ''
      ? 'Neither the request nor Entra (employeeLeaveDateTime) says when the last day was. Answer it on the case: offboard case answer <case> last-day --day <day> (POST /api/cases/{id}/answers).'
      : `${refused} When the person left is not known. Answer it on the case: offboard case answer <case> last-day --day <day> (POST /api/cases/{id}/answers).`;
  return { source, state: 'partial', looked, detail: [...odd, ...(known ? [] : [unknown])].join(' ') };
}

function oddSentence(field: string): string {
  return `Entra’s ${field} is not an instant of these times, so it was not used: look at the account in the Entra admin centre.`;
}

interface UpnCheck {
  readonly own: boolean;
  readonly coverage?: Coverage;
  readonly failure?: VendorFailure;
}

/** A name that was freed this recently is taken for the leaver's where Entra does not say otherwise. */
const FREED_JUST_NOW_MS = 3_600_000;

/**
 * A deletion frees the UPN for the next person, or for a second account of the same one. Whatever is looked up by it
 * then would be a colleague's, and cut as the leaver's.
 */
async function ownUpn(
  vendors: Pick<Vendors, 'graph'>,
  { oid, state, userPrincipalName, deletedAt }: Leaver,
  now: Date,
): Promise<UpnCheck> {
  if (userPrincipalName === undefined || state === 'active' || state === 'disabled') return { own: true };
  const holder = await vendors.graph.holderOfUpn(userPrincipalName);
  const looked = { count: 1, unit: 'names' };
  if (!holder.ok && holder.failure.kind === 'not-found')
    return { own: true, coverage: { source: UPN_SOURCE, state: 'complete', looked } };
  if (!holder.ok) {
    const { failure } = holder;
    const own = now.getTime() - Date.parse(deletedAt ?? '') < FREED_JUST_NOW_MS;
    return { own, failure, coverage: coverageOf(UPN_SOURCE, { ...looked, count: 0 }, [failure]) };
  }
  if (holder.value === oid) return { own: true, coverage: { source: UPN_SOURCE, state: 'complete', looked } };
  const detail =
    `${userPrincipalName} belongs to another account by now (${holder.value}), so nothing was looked up by it: what it ` +
    'finds may be that person’s. Look for the leaver’s GitHub account by hand.';
  return { own: false, coverage: { source: UPN_SOURCE, state: 'partial', looked, detail } };
}

function withoutUpn({ userPrincipalName: _, ...person }: Leaver, failure: VendorFailure | undefined): Leaver {
  return { ...person, ...blocked(failure) };
}
