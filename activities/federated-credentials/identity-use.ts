import type { Config } from '../../src/config.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import { failed, ok, type VendorResult } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import type { Oid } from '../../src/people/oid.ts';
import { auditWindow, WINDOW_DAYS } from '../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { daysOfEvidence } from '../../src/steps/activity-audit/rules/calendar/days-of-evidence.ts';
import type { IdentityUse } from '../../src/steps/federated-credentials/rules/identity-tokens.ts';

/** Lists of members in flight at once. */
const GROUPS_IN_FLIGHT = 8;

interface Roles {
  /** The principal of each role on the gateway, once for each role that it has there. */
  readonly holders: readonly string[];
  /** Whether groups have roles of which nobody knows all members: they are hidden, or the group is not found. */
  readonly someHidden: boolean;
}

/** Who has which role on the gateway. A group's direct members have its roles, service principals among them. */
export async function rolesOf(
  vendors: Pick<Vendors, 'graph'>,
  settings: Pick<Config, 'GATEWAY_APP_ID'>,
): Promise<VendorResult<Roles>> {
  const gateway = await vendors.graph.findServicePrincipal(settings.GATEWAY_APP_ID);
  if (!gateway.ok) return gateway;
  const { items, failure } = await vendors.graph.listAssignedTo(gateway.value.id);
  if (failure !== undefined) return failed(failure);
  const ofGroups = items.flatMap(({ principalType, principalId }) => (principalType === 'Group' ? [principalId] : []));
  const groups = [...new Set(ofGroups)];
  const [hiding, members] = await Promise.all([
    groups.length === 0 ? undefined : vendors.graph.listGroupsThatHideMembers(groups),
    mapBounded(groups, GROUPS_IN_FLIGHT, async (group) => ({
      group,
      ...(await vendors.graph.listGroupMembers(group)),
    })),
  ]);
  const failures = [hiding?.failure, ...members.map((each) => each.failure)].filter((each) => each !== undefined);
  // A group that holds a role and is not found may be deleted, which can be undone, or not be shown.
  const unread = failures.find(({ kind }) => kind !== 'not-found');
  if (unread !== undefined) return failed(unread);
  const membersOf = new Map(members.map(({ group, items: of }) => [group, of.map(({ id }) => id)]));
  const holders = items.flatMap(({ principalId }) => [
    principalId.toLowerCase(),
    ...(membersOf.get(principalId) ?? []),
  ]);
  return ok({ holders, someHidden: (hiding?.items.length ?? 0) > 0 || failures.length > 0 });
}

/** The roles that one principal holds on the gateway. */
export function rolesHeld({ holders, someHidden }: Roles, oid: Oid): IdentityUse['roles'] {
  const held = holders.filter((holder) => holder === oid).length;
  return held === 0 && someHidden ? 'not-read' : held;
}

interface Calls {
  readonly byCaller: ReadonlyMap<string, number>;
  /** Days of which the log proves nothing: without a row from anybody where rows are usual, or with rows of nobody. */
  readonly unprovenDays: number;
}

/**
 * Calls by identity in the time that the audit reads. Rows that the service left out, or that name nobody, may be
 * anybody's, and a log that stood still looks like an identity that nothing used.
 */
export async function callsOf(
  vendors: Pick<Vendors, 'auditLog'>,
  settings: Pick<Config, 'BUSINESS_TIME_ZONE' | 'ACCESS_TOKEN_LIFETIME_MINUTES'>,
  leaver: Leaver,
  relatedOids: readonly Oid[],
  now: Date,
): Promise<VendorResult<Calls>> {
  const window = auditWindow(leaver, now, settings.BUSINESS_TIME_ZONE, settings.ACCESS_TOKEN_LIFETIME_MINUTES);
  const [activity, hours] = await Promise.all([
    vendors.auditLog.readCallerActivity({ oid: leaver.oid, relatedOids, window }),
    vendors.auditLog.readRowsByHour({ oid: leaver.oid, window }),
  ]);
  if (!activity.ok) return activity;
  if (!hours.ok) return hours;
  const partial = activity.value.partial ?? hours.value.partial;
  if (partial !== undefined) return failed({ kind: 'refused', status: 200, message: partial });
  const all = activity.value.value.totals.filter(({ period }) => period === 'all');
  const rowsByHour = hours.value.value;
  // A table that keeps less than the window has no rows of its first days, and they prove nothing either.
  const reading = { window, activity: activity.value.value, rowsByHour, retentionInDays: WINDOW_DAYS };
  const unproven = new Set([
    // Of its first day the window may hold a few hours only.
    ...daysOfEvidence(reading).gapDays.filter((date) => date !== window.dates[0]),
    ...rowsByHour.filter(({ unattributed }) => unattributed > 0).map(({ date }) => date),
  ]);
  return ok({
    byCaller: new Map(all.map(({ caller, calls }) => [caller.toLowerCase(), calls])),
    unprovenDays: unproven.size,
  });
}

/** The calls that one principal made. */
export function callsMade({ byCaller, unprovenDays }: Calls, oid: Oid): Pick<IdentityUse, 'calls' | 'unprovenDays'> {
  const calls = byCaller.get(oid) ?? 0;
  return calls === 0 && unprovenDays > 0 ? { calls: 'not-read', unprovenDays } : { calls };
}
