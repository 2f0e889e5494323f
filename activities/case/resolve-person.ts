import type { Coverage } from '../../src/cases/coverage.ts';
import { coverageOf } from '../../src/cases/coverage-of.ts';
import { READ_LEAVE_DATE } from '../../src/connectors/graph/users.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';

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
): Promise<ResolvedPerson> {
  const { person, failure } = await readAgain(vendors, opened);
  const upn = await ownUpn(vendors, person, now);
  return {
    person: upn.own ? person : withoutUpn(person, upn.failure),
    coverage: [...coverageOfPerson(person, failure), ...(upn.coverage === undefined ? [] : [upn.coverage])],
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
  { state, lastDay, leaveAt, leaveAtUnread }: Leaver,
  failure: VendorFailure | undefined,
): Coverage[] {
  const [account, date] = ['entra/users', 'entra/leave-date'];
  if (failure !== undefined) {
    return [
      coverageOf(account, { count: 0, unit: 'accounts' }, [failure]),
      coverageOf(date, { count: 0, unit: 'dates' }, [failure]),
    ];
  }
  const count = state === 'gone' ? 0 : 1;
  const person: Coverage = { source: account, state: 'complete', looked: { count, unit: 'accounts' } };
  const dates = [lastDay, leaveAt].filter((each) => each !== undefined).length;
  if (dates > 0) return [person, { source: date, state: 'complete', looked: { count: dates, unit: 'dates' } }];
  if (leaveAtUnread !== true) {
    const unknown =
      'Neither the request nor Entra (employeeLeaveDateTime) says when the last day was. Open the case again with lastDay.';
    return [person, { source: date, state: 'partial', looked: { count: 0, unit: 'dates' }, detail: unknown }];
  }
  const detail = 'The last day that HR recorded (employeeLeaveDateTime) could not be read.';
  const looked = { count: 0, unit: 'dates' };
  return [person, { source: date, state: 'denied', looked, detail, missingPermission: READ_LEAVE_DATE }];
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
