import { ENTRA } from '../../entra/directory.ts';
import { WORLD } from '../../seeds/world.ts';
import type { ArmState } from '../state.ts';
import { MCP_SUBNET } from './case-study-posture.ts';

const { platform, workloads } = WORLD.subscriptions;
const { apim, leaver, tenantId } = WORLD;
const [ana, ben] = WORLD.colleagues;
const ROLES = '/providers/Microsoft.Authorization/roleDefinitions';

/** Built-in roles by their ids, cut down to what matters here. */
export const AZURE_ROLES = {
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  secretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
  costReader: '72fafb9e-0641-4937-9268-a91bfd8191a3',
} as const;

/** The API Management service. */
export const SERVICE_ID = `/subscriptions/${platform}/resourceGroups/${apim.resourceGroup}/providers/Microsoft.ApiManagement/service/${apim.name}`;

/** Who holds roles, which vaults and containers there are, and what the gateway has besides its deny list. */
export function seedPlatform(state: ArmState): void {
  for (const [id, roleName, actions, notActions, dataActions] of [
    [AZURE_ROLES.reader, 'Reader', ['*/read'], [], []],
    [AZURE_ROLES.contributor, 'Contributor', ['*'], ['Microsoft.Authorization/*/Write'], []],
    [AZURE_ROLES.owner, 'Owner', ['*'], [], []],
    [AZURE_ROLES.secretsUser, 'Key Vault Secrets User', [], [], ['Microsoft.KeyVault/vaults/secrets/getSecret/action']],
    [AZURE_ROLES.costReader, 'Cost Management Reader', ['Microsoft.Consumption/*/read'], [], []],
  ] as const) {
    state.roleDefinitions.add({ id: `${ROLES}/${id}`, roleName, actions, notActions, dataActions });
  }
  const gatewayGroup = `/subscriptions/${platform}/resourceGroups/${apim.resourceGroup}`;
  addRole(state, { scope: gatewayGroup, role: 'contributor', principalId: leaver.oid }); // a person takes it away
  addRole(state, { scope: `/subscriptions/${workloads}`, role: 'costReader', principalId: leaver.oid }); // gives nothing here
  addRole(state, { scope: gatewayGroup, role: 'owner', principalId: ana.oid });
  addRole(state, {
    scope: `/subscriptions/${platform}`,
    role: 'reader',
    principalId: ENTRA.platformTeam.id,
    principalType: 'Group',
  });
  addRole(state, { scope: `/subscriptions/${workloads}`, role: 'contributor', principalId: ben.oid, eligible: true });
  const vault = `${gatewayGroup}/providers/Microsoft.KeyVault/vaults/kv-mcp-prod`;
  state.vaults.add({
    id: vault,
    subscriptionId: platform,
    name: 'kv-mcp-prod',
    properties: { tenantId, enableRbacAuthorization: false, accessPolicies: [vaultPolicy(ana.oid)] },
  });
  state.containerGroups.add({
    id: `/subscriptions/${platform}/resourceGroups/rg-mcp-servers-prod/providers/Microsoft.ContainerInstance/containerGroups/aci-mcp-files`,
    subscriptionId: platform,
    name: 'aci-mcp-files',
    tags: { MCPServer: 'true' },
    identity: { type: 'UserAssigned' },
    properties: {
      ipAddress: { type: 'Private', ip: '10.40.0.4', ports: [{ port: 8080, protocol: 'TCP' }] },
      subnetIds: [{ id: MCP_SUBNET }],
      containers: [
        {
          name: 'server',
          properties: {
            image: 'crmcp.azurecr.io/files@sha256:0',
            command: ['node', 'server.js'],
            environmentVariables: [
              { name: 'ROOT', value: '/data' },
              { name: 'UPSTREAM_KEY', value: null, secureValue: null },
            ],
          },
        },
      ],
      volumes: [{ name: 'data', azureFile: { shareName: 'files', storageAccountName: 'stmcp' } }],
    },
  });
  seedGateway(state);
}

/** A policy of a vault that shows its secrets to one principal. */
export function vaultPolicy(objectId: string): object {
  return { tenantId, objectId, permissions: { keys: [], secrets: ['get', 'list'], certificates: [] } };
}

/** Gives somebody a role, or the right to activate it. */
export function addRole(
  state: ArmState,
  row: {
    readonly scope: string;
    readonly role: keyof typeof AZURE_ROLES;
    readonly principalId: string;
    readonly principalType?: 'User' | 'Group' | 'Unknown';
    readonly eligible?: boolean;
  },
): string {
  const { scope, role, principalId, principalType = 'User', eligible = false } = row;
  const kind = eligible ? 'roleEligibilityScheduleInstances' : 'roleAssignments';
  const within = scope === '/' ? '' : scope;
  const id = `${within}/providers/Microsoft.Authorization/${kind}/${role}-${principalId}`;
  const subscription = scope.split('/')[2] ?? platform;
  const roleDefinitionId = `/subscriptions/${subscription}${ROLES}/${AZURE_ROLES[role]}`;
  state.roleAssignments.add({ id, eligible, scope, roleDefinitionId, principalId, principalType });
  return id;
}

/** Adds something to the service by its path: `users/alex`. */
export function addToGateway(state: ArmState, path: string, properties: Record<string, unknown>): string {
  const id = `${SERVICE_ID}/${path}`;
  state.gatewayObjects.add({ id, name: path.split('/').at(-1) ?? path, properties });
  return id;
}

function seedGateway(state: ArmState): void {
  const policy = (text: string): Record<string, unknown> => ({
    format: 'rawxml',
    value: `<policies>${text}</policies>`,
  });
  const person = ({ oid, userPrincipalName }: { readonly oid: string; readonly userPrincipalName: string }) => ({
    state: 'active',
    email: userPrincipalName,
    identities: [{ provider: 'Aad', id: oid }],
  });
  addToGateway(state, 'policies/policy', policy('<inbound />'));
  addToGateway(state, 'policyFragments/log-tool-call', policy('<log-to-eventhub logger-id="calls" />'));
  addToGateway(state, 'products/unlimited', { displayName: 'Unlimited' });
  addToGateway(state, 'apis/files', { displayName: 'Files', path: 'files' });
  addToGateway(state, 'apis/files/policies/policy', policy('<inbound><base /></inbound>'));
  addToGateway(state, 'apis/files/operations/post', { displayName: 'MCP', method: 'POST', urlTemplate: '/' });
  addToGateway(state, 'backends/files', { url: 'https://files.mcp.internal', protocol: 'http' });
  addToGateway(state, 'users/1', {
    state: 'active',
    email: 'platform@northwind-capital.example',
    identities: [{ provider: 'Azure', id: 'platform@northwind-capital.example' }],
  });
  addToGateway(state, 'users/amoreau', { ...person(leaver), firstName: 'Alex', lastName: 'Moreau' }); // a person blocks it
  addToGateway(state, 'users/bokafor', { ...person(ben), firstName: 'Ben', lastName: 'Okafor' });
  addToGateway(state, 'subscriptions/master', {
    displayName: 'Built-in all-access',
    scope: `${SERVICE_ID}/`,
    state: 'active',
  });
  addToGateway(state, 'subscriptions/reports', {
    displayName: 'reports',
    scope: `${SERVICE_ID}/apis/files`,
    ownerId: `${SERVICE_ID}/users/amoreau`,
    state: 'active',
  }); // a person decides: others may call with it
  addToGateway(state, 'subscriptions/ben', {
    displayName: 'ben',
    scope: `${SERVICE_ID}/apis/files`,
    ownerId: `${SERVICE_ID}/users/bokafor`,
    state: 'active',
  });
  const provider = 'authorizationProviders/crm';
  addToGateway(state, provider, { displayName: 'CRM', identityProvider: 'oauth2' });
  addToGateway(state, `${provider}/authorizations/crm-service`, {
    authorizationType: 'OAuth2',
    oAuth2GrantType: 'AuthorizationCode',
    status: 'Connected',
  });
  for (const [name, objectId] of [
    ['alex', leaver.oid], // goes
    ['gateway', apim.identity.oid],
  ] as const) {
    addToGateway(state, `${provider}/authorizations/crm-service/accessPolicies/${name}`, { tenantId, objectId });
  }
}
