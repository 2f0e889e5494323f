import type { Finding } from '../../src/cases/finding.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { type Config, hasGateway, isProtected } from '../../src/config.ts';
import type { AppRegistration } from '../../src/connectors/graph/applications.ts';
import type { ManagedIdentity } from '../../src/connectors/managed-identity/identities.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import { auditWindow, WINDOW_DAYS } from '../../src/steps/activity-audit/rules/audit-window.ts';
import { daysOfEvidence } from '../../src/steps/activity-audit/rules/days-of-evidence.ts';
import { MANAGED_IDENTITY_TOKEN_MINUTES } from '../../src/steps/consent/rules/token-minutes.ts';
import {
  deleteFederatedCredential,
  type FederatedCredentialParent,
  keyOfParent,
} from '../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import { type IdentityUse, identityTokens } from '../../src/steps/federated-credentials/rules/identity-tokens.ts';
import { chainsFrom } from '../../src/steps/federated-credentials/rules/trust-chain.ts';
import { TRUST_LINGERS_MINUTES } from '../../src/steps/federated-credentials/rules/trust-lingers.ts';
import type { AskedPrincipals } from './service-principals.ts';
import type { TrustingPrincipals } from './trusting-principals.ts';

/** Lists of members in flight at once. */
const GROUPS_IN_FLIGHT = 8;

/** Everything that trusts somebody, with all of its credentials. */
export interface TrustingParents {
  readonly identities: readonly {
    readonly identity: Pick<ManagedIdentity, 'resourceId' | 'principalId'>;
    readonly credentials: readonly Named[];
  }[];
  readonly applications: readonly {
    readonly application: Pick<AppRegistration, 'objectId'>;
    readonly credentials: readonly Named[];
  }[];
}
interface Named {
  readonly name: string;
}

export interface IdentityTokens {
  readonly findings: readonly Finding[];
  /** What kept us from knowing who else uses an identity. A person decides then, unless the next attempt reads it. */
  readonly failures: readonly VendorFailure[];
}

/**
 * What becomes of the tokens of identities of which this case cuts a trust by itself. Three calls, and none where nothing
 * is cut: the roles on the gateway, the calls in the audit log and the hours of which it knows; and one for each group
 * with a role there.
 */
export async function identityTokenFindings(
  vendors: Pick<Vendors, 'auditLog' | 'graph'>,
  settings: Pick<
    Config,
    | 'ACCESS_TOKEN_LIFETIME_MINUTES'
    | 'BUSINESS_TIME_ZONE'
    | 'DENY_LIST_NAMED_VALUES'
    | 'GATEWAY_APP_ID'
    | 'PROTECTED_OIDS'
    | 'TENANT_ID'
  >,
  about: { readonly caseId: CaseId; readonly leaver: Leaver },
  trust: readonly Finding[],
  parents: TrustingParents,
  trusting: TrustingPrincipals['principals'],
  { oids: oidsOfApplications }: Pick<AskedPrincipals, 'oids'>,
  now: Date,
): Promise<IdentityTokens> {
  const cuts = Map.groupBy(trust.flatMap(cutOf), ({ parent }) => keyOfParent(parent));
  const cutParents = [...cuts.values()].flatMap(([first]) => (first === undefined ? [] : [first.parent]));
  const principals = principalsOf(cutParents, parents, oidsOfApplications);
  const cut = [...principals, ...chainedTo(principals, trusting, settings)];
  if (cut.length === 0) return { findings: [], failures: [] };
  const oids = cut.map(({ oid }) => oid);
  const [roles, calls] = await Promise.all([
    rolesOf(vendors, settings),
    callsOf(vendors, settings, about.leaver, oids, now),
  ]);
  const findings = cut.map(({ oid, parent, through }) => {
    const names = (cuts.get(keyOfParent(parent)) ?? []).map(({ name }) => name);
    const use: IdentityUse = {
      oid,
      name: parent.name,
      parent: keyOfParent(parent),
      ...(through === undefined ? {} : { through }),
      cut: names,
      otherTrusts: credentialsOf(parent, parents).filter((name) => !names.includes(name)),
      roles: roles.ok ? rolesHeld(roles.value, oid) : 'not-read',
      ...(calls.ok ? callsMade(calls.value, oid) : { calls: 'not-read' }),
      isProtected: isProtected(settings, oid),
      isRefusable: hasGateway(settings),
      tokenMinutes: tokenMinutesOf(parent, settings),
    };
    return identityTokens(about.caseId, use, now);
  });
  const failures = [roles, calls].flatMap((answer) => (answer.ok ? [] : [answer.failure]));
  return { findings, failures };
}

interface Cut {
  readonly parent: FederatedCredentialParent;
  readonly name: string;
}

/** What the case cuts by itself; what waits for a decision goes on letting the leaver in, and says so itself. */
function cutOf({ remedy, status }: Finding): Cut[] {
  if (status !== 'planned' || remedy === undefined) return [];
  const call = deleteFederatedCredential.call.safeParse(remedy.call);
  return call.success ? [{ parent: call.data.parent, name: call.data.name }] : [];
}

function credentialsOf(parent: FederatedCredentialParent, { identities, applications }: TrustingParents): string[] {
  const key = keyOfParent(parent);
  const found =
    parent.type === 'application'
      ? applications.find(({ application }) => application.objectId.toLowerCase() === key)
      : identities.find(({ identity }) => identity.resourceId.toLowerCase() === key);
  return found?.credentials.map(({ name }) => name) ?? [];
}

interface Principal {
  readonly oid: Oid;
  readonly parent: FederatedCredentialParent;
  readonly through?: IdentityUse['through'];
}

function tokenMinutesOf(
  parent: FederatedCredentialParent,
  settings: Pick<Config, 'ACCESS_TOKEN_LIFETIME_MINUTES'>,
): number {
  return parent.type === 'managed-identity' ? MANAGED_IDENTITY_TOKEN_MINUTES : settings.ACCESS_TOKEN_LIFETIME_MINUTES;
}

/** Those that trust an identity that is cut, and so on: until its tokens have ended, theirs can be had. */
function chainedTo(
  roots: readonly Principal[],
  trusting: TrustingPrincipals['principals'],
  settings: Pick<Config, 'TENANT_ID' | 'ACCESS_TOKEN_LIFETIME_MINUTES'>,
): Principal[] {
  const had = new Map<string, { readonly name: string; readonly minutes: number }>(
    roots.map(({ oid, parent }) => [
      oid,
      { name: parent.name, minutes: TRUST_LINGERS_MINUTES + tokenMinutesOf(parent, settings) },
    ]),
  );
  return chainsFrom([...had.keys()], trusting, settings.TENANT_ID).flatMap(
    ({ oid: text, parent, credential, from }) => {
      const source = had.get(from);
      const oid = parseOid(text);
      if (source === undefined || oid === undefined) return [];
      had.set(oid, { name: parent.name, minutes: source.minutes + tokenMinutesOf(parent, settings) });
      return [{ oid, parent, through: { ...source, credential } }];
    },
  );
}

/** The object id under which each acts. Of an application without one nothing is known. */
function principalsOf(
  cut: readonly FederatedCredentialParent[],
  { identities }: TrustingParents,
  oidsOfApplications: AskedPrincipals['oids'],
): Principal[] {
  return cut.flatMap((parent) => {
    const id =
      parent.type === 'application'
        ? oidsOfApplications.get(parent.appId.toLowerCase())
        : identities.find(({ identity }) => identity.resourceId.toLowerCase() === keyOfParent(parent))?.identity
            .principalId;
    const oid = parseOid(id ?? '');
    return oid === undefined ? [] : [{ oid, parent }];
  });
}

interface Roles {
  /** The principal of each role on the gateway, once for each role that it has there. */
  readonly holders: readonly string[];
  /** Whether groups have roles of which nobody knows all members: they are hidden, or the group is not found. */
  readonly someHidden: boolean;
}

/** Who has which role on the gateway. A group's direct members have its roles, service principals among them. */
async function rolesOf(
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

/** Who is not shown may be among those who are not. */
function rolesHeld({ holders, someHidden }: Roles, oid: Oid): IdentityUse['roles'] {
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
async function callsOf(
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

/** No calls are known only where the log would have them. */
function callsMade({ byCaller, unprovenDays }: Calls, oid: Oid): Pick<IdentityUse, 'calls' | 'unprovenDays'> {
  const calls = byCaller.get(oid) ?? 0;
  return calls === 0 && unprovenDays > 0 ? { calls: 'not-read', unprovenDays } : { calls };
}
