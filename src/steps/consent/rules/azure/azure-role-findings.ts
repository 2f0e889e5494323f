import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import { listed } from '../../../../cases/words/wording.ts';
import type { AzureRole, RoleDefinition, RoleKind } from '../../../../connectors/arm/roles.ts';
import type { Leaver } from '../../../../people/leaver.ts';
import { shellWord } from '../../../../shapes/shell-word.ts';
import { portalUrl } from '../../../azure-portal.ts';
import { type Powers, powersOf } from './azure-powers.ts';

/** A group of the directory by which somebody has access. */
export interface AccessGroup {
  readonly id: string;
  readonly name: string;
}

/** What is known of the roles in one subscription. */
export interface RolesRead {
  readonly kind: RoleKind;
  readonly roles: readonly AzureRole[];
  /** What a role gives, by its GUID; one that is missing counts as giving everything. */
  readonly definitions: ReadonlyMap<string, RoleDefinition>;
  /** Of the groups with access those that the leaver is in, by object id. */
  readonly groups: ReadonlyMap<string, AccessGroup>;
}

type Who = Pick<Leaver, 'oid' | 'displayName' | 'state'>;

/** So many things that a role lets one do as a sentence can name. */
const NAMED = 4;

/**
 * The roles of the leaver, their own and those of their groups, that reach the platform. Nothing here is taken away by a
 * machine: whoever may delete role assignments can lock everybody out.
 */
export function azureRoleFindings(read: RolesRead, leaver: Who, tenantId: string): Finding[] {
  return read.roles.flatMap((role) => {
    const group = read.groups.get(role.principalId);
    if (role.principalId !== leaver.oid && group === undefined) return [];
    const definition = read.definitions.get(roleKey(role));
    const powers = definition === undefined ? undefined : powersOf(definition, role.scope);
    const reaches = powers === undefined || powers.undo.length + powers.read.length > 0;
    return reaches ? [findingOf(read.kind, role, definition?.name, powers, group, leaver, tenantId)] : [];
  });
}

/** The same role has an id in each subscription; its GUID is the same. */
function roleKey({ roleDefinitionId }: Pick<AzureRole, 'roleDefinitionId'>): string {
  return roleDefinitionId.slice(roleDefinitionId.lastIndexOf('/') + 1).toLowerCase();
}

function findingOf(
  kind: RoleKind,
  role: AzureRole,
  name: string | undefined,
  powers: Powers | undefined,
  group: AccessGroup | undefined,
  leaver: Who,
  tenantId: string,
): Finding {
  const who = leaver.displayName ?? leaver.oid;
  const called = name ?? roleKey(role);
  const what = kind === 'held' ? 'azure-role' : 'eligible-azure-role';
  const has = group === undefined ? (kind === 'held' ? 'holds' : 'may activate') : 'gets';
  const from = group === undefined ? '' : ` from the group “${group.name}”`;
  const eligible = group !== undefined && kind === 'eligible' ? ', to activate,' : '';
  const can = powers === undefined ? undefined : listed([...powers.undo, ...powers.read], NAMED);
  return {
    id: findingId('consent', what, role.id.toLowerCase()),
    step: 'consent',
    kind: what,
    title: `${who} ${has} the Azure role ${called}${eligible} on ${scopeInWords(role.scope)}${from}`,
    resource: {
      system: 'azure',
      type: kind === 'held' ? 'roleAssignment' : 'roleEligibilityScheduleInstance',
      id: role.id,
      name: called,
      url: portalUrl(tenantId, role.scope === '/' ? '' : role.scope, 'users'),
    },
    ...weightOf(leaver, powers),
    reason: [
      can === undefined
        ? 'What this role gives could not be read, so that it counts as giving everything.'
        : `With it one can ${can}.`,
      ...afterDeletion(leaver),
      howToTake(kind, role, called, group, leaver),
    ].join(' '),
    evidence: {
      role: called,
      roleDefinitionId: role.roleDefinitionId,
      scope: role.scope,
      principalId: role.principalId,
      principalType: role.principalType,
      ...(group === undefined ? {} : { group: group.name }),
      ...(powers === undefined ? {} : { undo: [...powers.undo], read: [...powers.read] }),
    },
  };
}

/** A role of somebody who was deleted for good is nobody's: an object id is given once. */
export function weightOf(
  { state }: Pick<Leaver, 'state'>,
  powers: Powers | undefined,
): Pick<Finding, 'severity' | 'status'> {
  if (state === 'gone') return { severity: 'info', status: 'nothing-to-do' };
  if (state === 'soft-deleted') return { severity: 'low', status: 'manual-action' };
  return { severity: powers === undefined || powers.undo.length > 0 ? 'high' : 'medium', status: 'manual-action' };
}

/** What becomes of access whose holder is deleted. */
export function afterDeletion({ state }: Pick<Leaver, 'state'>): string[] {
  if (state === 'gone') return ['The account is deleted for good, and its object id is never given again.'];
  if (state === 'soft-deleted')
    return ['It gives nothing while the account is deleted, and returns when it is restored.'];
  return [];
}

function howToTake(
  kind: RoleKind,
  { id, scope, roleDefinitionId, principalId }: AzureRole,
  called: string,
  group: AccessGroup | undefined,
  { oid }: Who,
): string {
  if (group !== undefined) return leaveGroup(group, oid);
  if (kind === 'held') {
    return (
      `Take it away under Access control (IAM), Role assignments: az role assignment delete --ids ${shellWord(id)} ` +
      `(undo: az role assignment create --role ${shellWord(called)} --assignee-object-id ${principalId} ` +
      `--assignee-principal-type User --scope ${shellWord(scope)}).`
    );
  }
  const body = JSON.stringify({ properties: { requestType: 'AdminRemove', principalId, roleDefinitionId } });
  const url = `https://management.azure.com${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/$(uuidgen)?api-version=2020-10-01`;
  return (
    'Take it away in Privileged Identity Management, Azure resources: ' +
    `az rest --method put --url "${url}" --body ${shellWord(body)} (undo: the same with requestType AdminAssign).`
  );
}

/** How somebody is taken out of a group, in a sentence. */
export function leaveGroup({ id, name }: AccessGroup, oid: string): string {
  return (
    `The access is the whole group’s: take the leaver out of “${name}”, or of the group in it by which they are a member: ` +
    `az ad group member remove --group ${id} --member-id ${oid} (undo: az ad group member add, with the same).`
  );
}

/** `the subscription 1111…`, `the resource group rg-x`, `vaults kv-x`. */
function scopeInWords(scope: string): string {
  const parts = scope.split('/').filter((part) => part !== '');
  const [first, name = '', third, group = ''] = parts;
  if (first === undefined) return 'the whole tenant';
  if (first.toLowerCase() !== 'subscriptions') return `the management group ${parts.slice(-1).join()}`;
  if (third === undefined) return `the subscription ${name}`;
  return parts.length <= 4 ? `the resource group ${group}` : parts.slice(-2).join(' ');
}
