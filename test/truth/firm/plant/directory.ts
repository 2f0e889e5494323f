import { armCredentials } from '../../../../local/tenant/arm/state-identities.ts';
import { grantRow } from '../../../../local/tenant/entra/applications/grants.ts';
import { assignmentRow } from '../../../../local/tenant/entra/applications/service-principals.ts';
import { ENTRA, seededGuid } from '../../../../local/tenant/entra/directory.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { plantWorkload } from '../../../support/plant-workload.ts';
import { type Firm, personOf } from '../firm.ts';
import type { Grant, GroupRole, Role, Trust, Workload } from '../items/directory.ts';
import { DAY, type Ground } from './ground.ts';

/** Entra forgets what a person was granted when the deletion becomes final. */
function isForgotten({ firm }: Ground, person: string): boolean {
  return person === firm.leaver && firm.leaving.state === 'gone';
}

export function plantGrant(ground: Ground, item: Grant): void {
  if (isForgotten(ground, item.person)) return;
  const { states, firm } = ground;
  states.entra.grants.add(
    grantRow({
      clientId: WORLD.clients[item.client].servicePrincipalId,
      resourceId: item.on === 'gateway' ? WORLD.gateway.servicePrincipalId : ENTRA.graph.servicePrincipalId,
      consentType: 'Principal',
      principalId: personOf(firm, item.person).oid,
      scope: item.scope,
    }),
  );
}

export function plantRole(ground: Ground, item: Role): void {
  if (isForgotten(ground, item.person)) return;
  const { oid, displayName } = personOf(ground.firm, item.person);
  assign(ground, { id: oid, displayName }, 'User', ENTRA.roles[item.role]);
}

/** Whoever is deleted for good owns nothing any more. */
export function plantedWorkload(ground: Ground, { key, name, owners, addedBy, reaches }: Workload): void {
  const { firm, states } = ground;
  const living = owners.filter((owner) => !isForgotten(ground, owner)).map((owner) => personOf(firm, owner).oid);
  const by = addedBy === 'nobody' ? addedBy : personOf(firm, addedBy).oid;
  plantWorkload(states.entra, {
    name,
    owners: living,
    secrets: [{ by }],
    ...(reaches ? { role: 'own' } : {}),
    ids: (what) => seededGuid(`${firm.seed} ${key} ${what}`),
  });
}

export function plantGroup(ground: Ground, item: GroupRole): void {
  const id = seededGuid(`group ${ground.firm.seed} ${item.key}`);
  const memberIds = new Set(item.members.map((key) => personOf(ground.firm, key).oid));
  ground.states.entra.groups.add({ id, displayName: item.name, memberIds });
  assign(ground, { id, displayName: item.name }, 'Group', ENTRA.roles.user);
}

function assign(
  { states, now }: Ground,
  principal: { readonly id: string; readonly displayName: string },
  principalType: 'User' | 'Group',
  appRoleId: string,
): void {
  states.entra.assignments.add(
    assignmentRow({
      appRoleId,
      createdDateTime: new Date(now.getTime() - 200 * DAY).toISOString(),
      principalId: principal.id,
      principalType,
      principalDisplayName: principal.displayName,
      resourceId: WORLD.gateway.servicePrincipalId,
      resourceDisplayName: 'MCP gateway',
    }),
  );
}

export function plantTrust(ground: Ground, item: Trust): void {
  const { states, firm } = ground;
  const { at } = item;
  if (at.type === 'identity') {
    identityOf(ground, at).credentials.add({
      name: item.name,
      issuer: item.issuer,
      ...(item.subject === undefined ? {} : { subject: item.subject }),
      ...(item.expression === undefined ? {} : { expression: item.expression }),
      audiences: ['api://AzureADTokenExchange'],
    });
    return;
  }
  const id = seededGuid(`application ${firm.seed} ${at.name}`);
  if (states.entra.applications.get(id) === undefined) {
    states.entra.applications.add({
      id,
      appId: seededGuid(`app ${firm.seed} ${at.name}`),
      displayName: at.name,
      tags: at.tags ?? [],
      scopes: [],
      preAuthorized: [],
    });
    states.entra.servicePrincipals.add({
      id: seededGuid(`service principal ${firm.seed} ${at.name}`),
      appId: seededGuid(`app ${firm.seed} ${at.name}`),
      displayName: at.name,
      appRoleAssignmentRequired: false,
      appRoles: [],
    });
  }
  states.entra.federatedCredentials.add({
    id: seededGuid(`${id}/${item.name}`),
    applicationId: id,
    name: item.name,
    issuer: item.issuer,
    audiences: ['api://AzureADTokenExchange'],
    description: null,
    subject: item.subject ?? null,
    claimsMatchingExpression: item.expression === undefined ? null : { value: item.expression, languageVersion: 1 },
  });
}

/** The object id under which a planted identity calls. */
export function principalIdOf(firm: Pick<Firm, 'seed'>, name: string): string {
  return seededGuid(`principal ${firm.seed} ${name}`);
}

function identityOf({ states, firm }: Ground, at: Extract<Trust['at'], { readonly type: 'identity' }>) {
  const subscriptionId = WORLD.subscriptions[at.subscription];
  const resourceGroup = 'rg-pipelines';
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${at.name}`;
  return (
    states.arm.identities.get(id) ??
    states.arm.identities.add({
      id,
      subscriptionId,
      resourceGroup,
      name: at.name,
      location: 'westeurope',
      tags: { ...at.tags },
      principalId: principalIdOf(firm, at.name),
      clientId: seededGuid(`client ${firm.seed} ${at.name}`),
      credentials: armCredentials(),
      locked: false,
      writing: false,
    })
  );
}
