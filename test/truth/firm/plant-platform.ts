import { addRole, addToGateway, vaultPolicy } from '../../../local/tenant/arm/seeds/case-study-platform.ts';
import type { ArmState } from '../../../local/tenant/arm/state.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Person } from './firm.ts';
import type { PlatformRight, PlatformToken } from './items/platform.ts';

const { platform } = WORLD.subscriptions;
const GROUP = `/subscriptions/${platform}/resourceGroups/${WORLD.apim.resourceGroup}`;

/** Gives somebody the right. */
export function plantRight(arm: ArmState, { key, right }: PlatformRight, { oid, userPrincipalName }: Person): void {
  switch (right) {
    case 'azure-role':
    case 'eligible-role': {
      const eligible = right === 'eligible-role';
      // Each a scope of its own: two roles at one scope are one.
      addRole(arm, { scope: `${GROUP}-${key}`, role: 'contributor', principalId: oid, eligible });
      return;
    }
    case 'vault': {
      const id = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-${key}`;
      const properties = { accessPolicies: [vaultPolicy(oid)] };
      arm.vaults.add({ id, subscriptionId: platform, name: `kv-${key}`, properties });
      return;
    }
    case 'subscription-key': {
      const user = addToGateway(arm, `users/user-${key}`, {
        state: 'blocked',
        email: userPrincipalName,
        identities: [{ provider: 'Aad', id: oid }],
      });
      addToGateway(arm, `subscriptions/key-${key}`, { displayName: `key-${key}`, ownerId: user, state: 'active' });
      return;
    }
    case 'kept-sign-in': {
      addToGateway(arm, 'authorizationProviders/crm', {});
      addToGateway(arm, `authorizationProviders/crm/authorizations/kept-${key}`, {});
      const policy = `authorizationProviders/crm/authorizations/kept-${key}/accessPolicies/policy-${key}`;
      addToGateway(arm, policy, { tenantId: WORLD.tenantId, objectId: oid });
      return;
    }
    default:
      right satisfies never;
  }
}

/** Puts a text where the platform would take it from. */
export function plantText(arm: ArmState, { key, at, holds: { name } }: PlatformToken, text: string): void {
  switch (at) {
    case 'named-value':
      arm.namedValues.add({ serviceId: serviceId(), name, value: text, secret: false, version: 1 });
      return;
    case 'backend':
      addToGateway(arm, `backends/b-${key}`, { credentials: { header: { [name]: [text] } } });
      return;
    case 'policy':
      addToGateway(arm, `policyFragments/f-${key}`, { value: `<fragment><value>\n${text}\n</value></fragment>` });
      return;
    case 'container': {
      const id = `${GROUP}/providers/Microsoft.ContainerInstance/containerGroups/aci-${key}`;
      const container = { name: 'server', properties: { environmentVariables: [{ name, value: text }] } };
      const properties = { containers: [container] };
      arm.containerGroups.add({ id, subscriptionId: platform, name: `aci-${key}`, properties });
      return;
    }
    default:
      at satisfies never;
  }
}

function serviceId(): string {
  return `/subscriptions/${platform}/resourceGroups/${WORLD.apim.resourceGroup}/providers/Microsoft.ApiManagement/service/${WORLD.apim.name}`;
}

/** Leaves of the platform what the settings name: the deny list. */
export function clearPlatform(arm: ArmState): void {
  for (const { serviceId: service, name } of arm.namedValues.all())
    if (!WORLD.apim.namedValues.some((own) => own === name)) arm.namedValues.delete(`${service}/namedValues/${name}`);
  for (const rows of [arm.roleAssignments, arm.vaults, arm.containerGroups, arm.gatewayObjects]) rows.clear();
}
