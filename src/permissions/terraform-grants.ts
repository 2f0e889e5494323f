import type { AzureScope, Grant, PermissionIdentity } from '../connectors/permission.ts';
import type { Permission } from './permission.ts';

/** One role assignment; a custom role where `builtIn` is null. */
export interface AzureRole {
  readonly key: string;
  readonly identity: PermissionIdentity;
  readonly scope: AzureScope;
  readonly builtIn: string | null;
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
  readonly why: string;
}

/** The table as infra/modules/offboarding/permissions.json gives it to Terraform. */
export interface TerraformGrants {
  /** Application permissions of Microsoft Graph that are granted where a setting is on, by that setting. */
  readonly graphOptIn: Readonly<Record<NonNullable<Permission['optIn']>, { readonly assessor: readonly string[] }>>;
  /** Application permissions of Microsoft Graph, by identity. */
  readonly graph: Readonly<Record<'reader' | 'remover' | 'ingestor' | 'assessor', readonly string[]>>;
  readonly azureRoles: readonly AzureRole[];
  /** For people to grant: Terraform reaches neither Azure DevOps nor the GitHub App’s own settings. */
  readonly devops: Readonly<Record<'reader' | 'remover' | 'assessor', readonly string[]>>;
  readonly github: {
    readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
    /** Of the second App, which only reads. */
    readonly assessor: Readonly<Record<string, 'read' | 'write'>>;
  };
}

export function terraformGrants(table: readonly Permission[]): TerraformGrants {
  const named = (kind: Grant['kind'], identity: PermissionIdentity, optIn?: Permission['optIn']): string[] =>
    table.flatMap((row) =>
      row.identity === identity && row.grant.kind === kind && row.optIn === optIn && 'name' in row.grant
        ? [row.grant.name]
        : [],
    );
  return {
    graphOptIn: {
      WORKSTATION_HUNTING: { assessor: named('graph-application-permission', 'assessor', 'WORKSTATION_HUNTING') },
    },
    graph: {
      reader: named('graph-application-permission', 'reader'),
      remover: named('graph-application-permission', 'remover'),
      ingestor: named('graph-application-permission', 'ingestor'),
      assessor: named('graph-application-permission', 'assessor'),
    },
    azureRoles: azureRolesOf(table),
    devops: {
      reader: named('devops-scope', 'reader'),
      remover: named('devops-scope', 'remover'),
      assessor: named('devops-scope', 'assessor'),
    },
    github: { permissions: gitHubPermissions(table), assessor: gitHubPermissions(table, 'assessor') },
  };
}

/** What a GitHub App is granted, the assessor’s or the other: of each permission the higher level, which contains the other. */
export function gitHubPermissions(
  table: readonly Permission[],
  whose: 'assessor' | 'others' = 'others',
): Record<string, 'read' | 'write'> {
  const levels = new Map<string, 'read' | 'write'>();
  for (const { grant, identity } of table) {
    if (grant.kind !== 'github-app-permission' || (identity === 'assessor') !== (whose === 'assessor')) continue;
    levels.set(grant.name, levels.get(grant.name) === 'write' ? 'write' : grant.level);
  }
  return Object.fromEntries([...levels].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function azureRolesOf(table: readonly Permission[]): AzureRole[] {
  const roles = new Map<string, AzureRole>();
  for (const { identity, grant, why } of table) {
    if (!('role' in grant)) continue;
    const { role: key, scope } = grant;
    const known = roles.get(key) ?? { key, identity, scope, builtIn: null, actions: [], dataActions: [], why: '' };
    roles.set(key, {
      ...known,
      builtIn: grant.kind === 'azure-built-in-role' ? grant.name : null,
      actions: grant.kind === 'azure-action' ? [...known.actions, grant.action] : known.actions,
      dataActions: grant.kind === 'azure-data-action' ? [...known.dataActions, grant.action] : known.dataActions,
      why: known.why === '' ? why : `${known.why} ${why}`,
    });
  }
  return [...roles.values()];
}
