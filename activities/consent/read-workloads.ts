import type { AppRoleAssignment } from '../../src/connectors/graph/applications/app-role-assignments.ts';
import type { OwnedObject, OwnedSet } from '../../src/connectors/graph/applications/application-owners.ts';
import type { DirectoryChange } from '../../src/connectors/graph/logs/directory-audit.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import type { GatewayGroup } from '../../src/steps/consent/rules/directory-findings.ts';
import type { WorkloadRole } from '../../src/steps/consent/rules/workloads/workloads.ts';

const IN_FLIGHT = 8;

/** Everything that acts by itself, with its owners, its secrets and its roles on the gateway. */
export interface ReadWorkloads {
  readonly objects: readonly OwnedObject[];
  /** Why not all of them, or not all of their owners, are known. */
  readonly objectFailures: readonly (VendorFailure | undefined)[];
  /** Objects whose owners a list told otherwise than they did when asked one by one. */
  readonly disputed: readonly string[];
  /** Roles by the object id, in lower case, of the service principal that has them. */
  readonly roles: ReadonlyMap<string, readonly WorkloadRole[]>;
  readonly roleFailures: readonly (VendorFailure | undefined)[];
  readonly groups: readonly GatewayGroup[];
  /** Why not all roles on the gateway, and so not all groups with one, are known. */
  readonly assignedFailure: VendorFailure | undefined;
}

/** Reads them. What can sign in to the gateway is asked for its owners once more, one by one. */
export async function readWorkloads({ graph }: Pick<Vendors, 'graph'>, gatewayAppId: string): Promise<ReadWorkloads> {
  const [gateway, applications, principals] = await Promise.all([
    graph.findServicePrincipal(gatewayAppId),
    graph.listOwned('applications'),
    graph.listOwned('servicePrincipals'),
  ]);
  const assigned: Listing<AppRoleAssignment> = gateway.ok
    ? await graph.listAssignedTo(gateway.value.id)
    : { items: [], failure: gateway.failure };
  const names = new Map(gateway.ok ? gateway.value.appRoles?.map(({ id, value }) => [id, value ?? id]) : []);
  const roleOf = ({ appRoleId }: AppRoleAssignment): string => names.get(appRoleId) ?? 'default access';
  const ofGroups = assigned.items.filter(({ principalType }) => principalType === 'Group');
  const members = await mapBounded(ofGroups, IN_FLIGHT, async (assignment) => ({
    assignment,
    ...(await graph.listGroupMembers(assignment.principalId)),
  }));
  const direct = assigned.items
    .filter(({ principalType }) => principalType === 'ServicePrincipal')
    .map((assignment) => ({ holder: assignment.principalId.toLowerCase(), role: roleOf(assignment), assignment }));
  const ids = new Set(principals.items.map(({ id }) => id.toLowerCase()));
  const through = members.flatMap(({ assignment, items }) =>
    items
      .filter(({ id }) => ids.has(id))
      .map(({ id }) => ({ holder: id, role: roleOf(assignment), assignment, group: assignment.principalName })),
  );
  const roles = Map.groupBy([...direct, ...through], ({ holder }) => holder);
  const { objects, failures, disputed } = await askedAgain(
    { graph },
    [...applications.items, ...principals.items],
    new Set(roles.keys()),
  );
  return {
    objects,
    objectFailures: [applications.failure, principals.failure, ...failures],
    disputed,
    roles,
    assignedFailure: assigned.failure,
    roleFailures: [assigned.failure, ...members.map(({ failure }) => failure)],
    groups: ofGroups.map((assignment) => ({
      id: assignment.principalId.toLowerCase(),
      name: assignment.principalName,
      role: roleOf(assignment),
    })),
  };
}

/** Of what has a role on the gateway the owners are asked for in a second way, and those of both count. */
async function askedAgain(
  { graph }: Pick<Vendors, 'graph'>,
  objects: readonly OwnedObject[],
  holders: ReadonlySet<string>,
): Promise<{
  readonly objects: readonly OwnedObject[];
  readonly failures: readonly (VendorFailure | undefined)[];
  readonly disputed: readonly string[];
}> {
  const acting = new Set(objects.filter(({ id }) => holders.has(id.toLowerCase())).map(({ appId }) => appId));
  const answers = await mapBounded(
    objects.filter(({ appId }) => acting.has(appId)),
    IN_FLIGHT,
    async (object) => ({ object, ...(await graph.listOwners(object.set, object.id)) }),
  );
  const owners = new Map(answers.map(({ object, items }) => [keyOf(object), items]));
  return {
    objects: objects.map((object) => ({
      ...object,
      owners: [...new Set([...object.owners, ...(owners.get(keyOf(object)) ?? [])])],
    })),
    failures: answers.map(({ failure }) => failure),
    disputed: answers
      .filter(({ object, items, failure }) => failure === undefined && !sameOwners(object.owners, items))
      .map(({ object }) => object.name),
  };
}

function sameOwners(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}

const keyOf = ({ set, id }: { readonly set: OwnedSet; readonly id: string }): string => `${set} ${id}`;

/** What the audit log tells of the leaver, and of whoever added secrets. */
export interface ReadChanges {
  readonly changes: readonly DirectoryChange[];
  readonly failures: readonly (VendorFailure | undefined)[];
  /** Changes of the leaver's that one of both questions left out. */
  readonly disputed: number;
  /** The oldest row of either answer. */
  readonly oldest?: string;
}

/** Asks it in two ways, by who did it and by what was done: a filter that is not taken as it is meant would look like nothing. */
export async function readChanges({ graph }: Pick<Vendors, 'graph'>, oid: Oid): Promise<ReadChanges> {
  const [own, credentials] = await Promise.all([graph.changesBy(oid), graph.credentialChanges()]);
  const changes = [...new Map([...own.items, ...credentials.items].map((each) => [each.id, each])).values()];
  const known = new Set(own.items.map(({ id }) => id));
  const missed = credentials.items.filter(({ id, by }) => by === oid && !known.has(id));
  const foreign = own.items.filter(({ by }) => by !== oid);
  const oldest = changes
    .map(({ at }) => at)
    .sort()
    .at(0);
  return {
    changes,
    failures: [own.failure, credentials.failure],
    disputed: own.failure === undefined && credentials.failure === undefined ? missed.length + foreign.length : 0,
    ...(oldest === undefined ? {} : { oldest }),
  };
}

/** Of these owners, those that are people of the directory, or service principals, today. */
export async function presentAmong(
  { graph }: Pick<Vendors, 'graph'>,
  owners: readonly string[],
  principals: readonly OwnedObject[],
): Promise<ReadonlySet<string>> {
  const acting = new Set(principals.map(({ id }) => id.toLowerCase()));
  const oids = [...new Set(owners)].filter((id) => !acting.has(id)).flatMap((id) => parseOid(id) ?? []);
  const people = oids.length === 0 ? [] : (await graph.peopleAmong(oids)).items;
  return new Set([...acting, ...people.map(({ oid }) => oid)]);
}
