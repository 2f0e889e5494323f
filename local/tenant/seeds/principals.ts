import type { PermissionIdentity } from '../../../src/connectors/permission.ts';
import type { Permission } from '../../../src/permissions/permission.ts';
import { PERMISSIONS } from '../../../src/permissions/table.ts';
import { type Principal, principal } from '../core/principals.ts';
import { SIGNING_KEY } from '../vault/vendor.ts';
import { WORLD } from './world.ts';

/** The app's identities with exactly what the table of permissions grants them. */
export function appPrincipals(): {
  readonly reader: Principal;
  readonly remover: Principal;
  readonly ingestor: Principal;
  readonly assessor: Principal;
} {
  const { reader, remover, ingestor, assessor } = WORLD.app;
  return {
    reader: holderOf('reader', principal('reader', reader.clientId, reader.oid)),
    remover: holderOf('remover', principal('remover', remover.clientId, remover.oid)),
    ingestor: holderOf('ingestor', principal('ingestor', ingestor.clientId, ingestor.oid)),
    assessor: holderOf('assessor', principal('assessor', assessor.clientId, assessor.oid)),
  };
}

function holderOf(identity: PermissionIdentity, who: Principal): Principal {
  for (const row of PERMISSIONS) if (row.identity === identity) grantOf(who, row)?.give();
  return who;
}

/** One row of the table as it stands in a principal; undefined where the tenant does not simulate it. */
export interface HeldGrant {
  give(): void;
  take(): void;
}

/** How the tenant keeps a permission of one of its principals. The GitHub App's are those of its installation. */
export function grantOf(who: Principal, { grant }: Permission): HeldGrant | undefined {
  switch (grant.kind) {
    case 'graph-application-permission':
      return heldIn(who.graph, grant.name);
    case 'azure-action':
      return heldIn(who.azure, everyScopeApart(grant.action) ? `${grant.action}@${grant.scope}` : grant.action);
    case 'azure-data-action':
      return heldIn(
        who.vault,
        `${grant.action.replace(/^Microsoft\.KeyVault\/vaults\/(.+)\/action$/, '$1')}${grant.scope === 'assessor-key' ? '@assessor-key' : ''}`,
      );
    case 'azure-built-in-role':
      if (grant.scope === 'workspace') return heldIn(who.logs, WORLD.audit.workspaceId);
      if (grant.scope === 'evidence-key') return heldIn(who.vault, SIGNING_KEY.name);
      if (grant.scope === 'event-hub') return heldIn(who.eventHubs, 'receive');
      return grant.scope === 'data-collection-rule' ? heldIn(who.ingestion, WORLD.audit.ruleId) : undefined;
    case 'devops-scope':
      return heldIn(who.devops, grant.name);
    case 'github-app-permission':
      return undefined;
    default:
      return grant satisfies never;
  }
}

function heldIn(held: Set<string>, name: string): HeldGrant {
  return { give: () => void held.add(name), take: () => void held.delete(name) };
}

/** Most actions belong to one kind of resource; what the caller may do itself is asked of each. */
function everyScopeApart(action: string): boolean {
  return action.startsWith('Microsoft.Authorization/');
}

/** The canary's identity, which has the one role on the gateway's application and nothing of the table. */
export function canaryPrincipal(): Principal {
  const { clientId, oid } = WORLD.app.canary;
  const canary = principal('canary', clientId, oid);
  canary.gateway.add('mcp.tools.read.app');
  return canary;
}
