import { randomUUID } from 'node:crypto';
import { assignmentRow } from '../../local/tenant/entra/applications/service-principals.ts';
import { ENTRA } from '../../local/tenant/entra/directory.ts';
import type { EntraState } from '../../local/tenant/entra/state/state.ts';
import type {
  AppCredentialRow,
  ApplicationRow,
  AssignmentRow,
  ServicePrincipalRow,
} from '../../local/tenant/entra/state/state-applications.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';

/** An application of a firm, as a test wants it. */
export interface Planted {
  readonly name: string;
  readonly owners?: readonly string[];
  readonly principalOwners?: readonly string[];
  /** Whether it has a role on the gateway: its own, or by the group of the case study. */
  readonly role?: 'own' | 'by group';
  readonly managedIdentity?: true;
  /** Each secret with who added it by the audit log; `nobody` where the log does not go back so far. */
  readonly secrets?: readonly { readonly name?: string; readonly by: string; readonly expired?: true }[];
  /** Where ids have to be the same each time. */
  readonly ids?: (what: string) => string;
  readonly certificates?: readonly { readonly by: string }[];
}

export interface PlantedWorkload {
  readonly application: ApplicationRow;
  readonly principal: ServicePrincipalRow;
  readonly assignment?: AssignmentRow;
}

const DAY = 86_400_000;

/** Registers an application with its service principal, owners, secrets, role and audit rows. */
export function plantWorkload(state: EntraState, planted: Planted): PlantedWorkload {
  const { name, role, secrets = [], certificates = [], ids = () => randomUUID() } = planted;
  const application = state.applications.add({
    id: ids('application'),
    appId: ids('app'),
    displayName: name,
    tags: [],
    scopes: [],
    preAuthorized: [],
    owners: new Set(planted.owners),
  });
  application.passwordCredentials = secrets.map((secret, index) => {
    const lives = secret.expired === true ? -DAY : 90 * DAY;
    const row = credential(ids(`secret ${index}`), secret.name ?? null, lives);
    added(state, application, row, secret.by, 'Password');
    return row;
  });
  application.keyCredentials = certificates.map(({ by }) => {
    const row = credential(randomUUID(), null, 90 * DAY);
    added(state, application, row, by, 'AsymmetricX509Cert');
    return row;
  });
  const principal = state.servicePrincipals.add({
    id: ids('service principal'),
    appId: application.appId,
    displayName: name,
    appRoleAssignmentRequired: false,
    appRoles: [],
    owners: new Set(planted.principalOwners),
    ...(planted.managedIdentity === true ? { servicePrincipalType: 'ManagedIdentity' as const } : {}),
  });
  if (role === 'by group') state.groups.get(ENTRA.group.id)?.memberIds.add(principal.id);
  if (role !== 'own') return { application, principal };
  const assignment = state.assignments.add(
    assignmentRow({
      appRoleId: ENTRA.roles.user,
      createdDateTime: new Date(Date.now() - 100 * DAY).toISOString(),
      principalId: principal.id,
      principalType: 'ServicePrincipal',
      principalDisplayName: name,
      resourceId: WORLD.gateway.servicePrincipalId,
      resourceDisplayName: 'MCP gateway',
    }),
  );
  return { application, principal, assignment };
}

function credential(keyId: string, displayName: string | null, lives: number): AppCredentialRow {
  return {
    keyId,
    displayName,
    startDateTime: new Date(Date.now() - 10 * DAY).toISOString(),
    endDateTime: new Date(Date.now() + lives).toISOString(),
    hint: 'abc',
  };
}

function added(
  state: EntraState,
  { id }: ApplicationRow,
  { keyId, displayName }: AppCredentialRow,
  by: string,
  type: string,
): void {
  if (by === 'nobody') return;
  state.directoryAudits.push({
    id: `Directory_${randomUUID()}`,
    activityDateTime: new Date(Date.now() - 10 * DAY).toISOString(),
    activityDisplayName: 'Update application – Certificates and secrets management ',
    initiatedBy: by,
    targetType: 'Application',
    targetId: id,
    property: 'KeyDescription',
    before: [],
    after: [`[KeyIdentifier=${keyId},KeyType=${type},KeyUsage=Verify,DisplayName=${displayName ?? ''}]`],
  });
}
