import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { becauseOf, coverageOf, coverageOfList, NOTHING_READ } from '../../../src/cases/coverage/coverage-of.ts';
import { counted, listed } from '../../../src/cases/words/wording.ts';
import type { Config } from '../../../src/config.ts';
import type { AzureRole, RoleDefinition, RoleKind } from '../../../src/connectors/arm/roles.ts';
import type { Vault } from '../../../src/connectors/arm/vaults.ts';
import type { MemberGroup } from '../../../src/connectors/graph/people/member-groups.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { azureRoleFindings } from '../../../src/steps/consent/rules/azure/azure-role-findings.ts';
import { vaultFindings } from '../../../src/steps/consent/rules/azure/vault-findings.ts';
import type { Found } from '../../case/found.ts';

export type AccessSettings = Pick<
  Config,
  'AUDIT_WORKSPACE_RESOURCE_ID' | 'GATEWAY_APIM_ID' | 'SUBSCRIPTION_IDS' | 'TENANT_ID'
>;

/** Who holds, or may activate, roles in one subscription. */
interface Roles extends Listing<AzureRole> {
  readonly kind: RoleKind;
  /** Roles of the leaver that the lists left out, although the question for the leaver shows them. */
  readonly leftOut: number;
}

interface Subscription {
  readonly id: string;
  readonly roles: readonly Roles[];
  readonly definitions: Listing<RoleDefinition>;
  readonly vaults: Listing<Vault>;
}

const SOURCES = {
  held: ['azure/role-assignments', 'role assignments'],
  eligible: ['azure/eligible-roles', 'eligible roles'],
} as const;
const GROUPS = 'azure/group-access';

/** The roles and policies by which the leaver, or a group of theirs, reaches the platform in the searched subscriptions. */
export async function azureAccess(
  vendors: Pick<Vendors, 'azure' | 'graph'>,
  settings: AccessSettings,
  leaver: Leaver,
): Promise<Found> {
  const read = await Promise.all(settings.SUBSCRIPTION_IDS.map((id) => readSubscription(vendors, id, leaver)));
  const groups = await groupsOf(vendors, read, leaver);
  const mine = new Map(groups?.items.filter(({ isMember }) => isMember).map((group) => [group.id, group]));
  const findings = read.flatMap(({ roles, definitions, vaults }) => [
    ...roles.flatMap(({ kind, items }) => {
      const byKey = new Map(definitions.items.map((definition) => [definition.key, definition]));
      return azureRoleFindings({ kind, roles: items, definitions: byKey, groups: mine }, leaver, settings.TENANT_ID);
    }),
    ...vaultFindings(vaults.items, mine, leaver, settings.TENANT_ID),
  ]);
  const lists = read.flatMap(({ roles, definitions, vaults }) => [...roles, definitions, vaults]);
  return {
    // A role on the whole tenant, or on a management group, is listed in every subscription below.
    findings: [...new Map(findings.map((finding) => [finding.id, finding])).values()],
    coverage: [
      ...read.flatMap(coverageOfSubscription),
      ...unnamed(settings),
      ...(groups === undefined ? [] : [coverageOfGroups(groups, lists, leaver)]),
    ],
    failures: [...lists.map(({ failure }) => failure), groups?.failure],
  };
}

async function readSubscription(
  vendors: Pick<Vendors, 'azure'>,
  id: string,
  leaver: Pick<Leaver, 'oid'>,
): Promise<Subscription> {
  const [held, eligible, definitions, vaults] = await Promise.all([
    readRoles(vendors, id, 'held', leaver),
    readRoles(vendors, id, 'eligible', leaver),
    vendors.azure.listRoleDefinitions(id),
    vendors.azure.listVaults(id),
  ]);
  return { id, roles: [held, eligible], definitions, vaults };
}

/** Everybody's, and the leaver's once more by another question: a list that leaves somebody out looks like any other. */
async function readRoles(
  vendors: Pick<Vendors, 'azure'>,
  subscription: string,
  kind: RoleKind,
  { oid }: Pick<Leaver, 'oid'>,
): Promise<Roles> {
  const [below, above, own] = await Promise.all([
    vendors.azure.listRoles(subscription, kind, 'below'),
    vendors.azure.listRoles(subscription, kind, 'above'),
    vendors.azure.listRoles(subscription, kind, { principalId: oid }),
  ]);
  const everybodys = new Map([...above.items, ...below.items].map((role) => [role.id.toLowerCase(), role]));
  const hidden = own.items.filter(({ id }) => !everybodys.has(id.toLowerCase()));
  const failure = below.failure ?? above.failure ?? own.failure;
  return {
    kind,
    items: [...everybodys.values(), ...hidden],
    leftOut: hidden.length,
    ...(failure === undefined ? {} : { failure }),
  };
}

function coverageOfSubscription({ id, roles, definitions, vaults }: Subscription): Coverage[] {
  return [
    ...roles.map(({ kind, items, failure, leftOut }): Coverage => {
      const [what, unit] = SOURCES[kind];
      const line = coverageOf(`${what}:${id}`, { count: items.length, unit }, [failure, definitions.failure]);
      if (leftOut === 0 || line.state !== 'complete') return line;
      const detail = `Azure was asked in two ways, and its list leaves out ${counted(leftOut, 'role')} of the leaver’s: roles of their groups may be missing too. Look under Access control (IAM).`;
      return { ...line, state: 'partial', detail };
    }),
    coverageOfList(`azure/key-vault-access:${id}`, 'vaults', vaults),
  ];
}

/** Of gateway and audit log, those whose subscription is not searched: nobody looked who has a role there. */
function unnamed({
  SUBSCRIPTION_IDS: searched,
  GATEWAY_APIM_ID: gateway,
  AUDIT_WORKSPACE_RESOURCE_ID: log,
}: AccessSettings): Coverage[] {
  if (searched.length === 0) return [];
  const ids = [gateway, log].flatMap((id) => id?.split('/')[2]?.toLowerCase() ?? []);
  return [...new Set(ids)]
    .filter((id) => !searched.includes(id))
    .map((id) => ({
      source: `azure/role-assignments:${id}`,
      state: 'unavailable',
      looked: NOTHING_READ,
      detail: `The gateway or its audit log is in subscription ${id}, which SUBSCRIPTION_IDS does not name.`,
    }));
}

/** Of the groups with access those that the leaver is in; undefined where none has any, or Graph shows no memberships. */
async function groupsOf(
  vendors: Pick<Vendors, 'graph'>,
  read: readonly Subscription[],
  { oid, state }: Pick<Leaver, 'oid' | 'state'>,
): Promise<Listing<MemberGroup> | undefined> {
  if (state === 'soft-deleted' || state === 'gone') return undefined;
  const ids = read.flatMap(({ roles, vaults }) => [
    ...roles.flatMap(({ items }) =>
      items.filter(({ principalType }) => principalType === 'Group').map(({ principalId }) => principalId),
    ),
    // Of a policy nobody says what its object id is.
    ...vaults.items.flatMap(({ policies }) => policies.map(({ objectId }) => objectId)),
  ]);
  const others = [...new Set(ids)].filter((id) => id !== oid);
  const failed = read.some(({ roles, vaults }) => [...roles, vaults].some(({ failure }) => failure !== undefined));
  if (others.length === 0) return failed ? { items: [] } : undefined;
  return vendors.graph.memberGroupsAmong(oid, others);
}

function coverageOfGroups(
  { items, failure }: Listing<MemberGroup>,
  lists: readonly Listing<unknown>[],
  { blockedBy }: Leaver,
): Coverage {
  const looked = { count: items.length, unit: 'groups' };
  const line = coverageOf(GROUPS, looked, [failure, ...lists.map((list) => list.failure)]);
  if (failure !== undefined) return becauseOf(blockedBy?.person, line);
  const hidden = items.filter(({ hidesMembers, isMember }) => hidesMembers && !isMember);
  if (hidden.length === 0 || line.state !== 'complete') return line;
  const detail = `Hidden members: ${listed(hidden.map(({ name }) => name))}. Whether the leaver is in there is seen with Member.Read.Hidden only: look by hand.`;
  return { ...line, state: 'partial', detail };
}
