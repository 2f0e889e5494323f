// With the files of the folder `profiles` in one process: each would plan the module for itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { hasGateway } from '../../src/config/config-optional.ts';
import { loadConfig } from '../../src/config.ts';
import { ofType, PROFILES, PUBLISHER, planned, SERVERS, SUBSCRIPTION, trial } from './profiles/world.ts';
import type { Resource } from './support/plan-of.ts';
import './profiles/cost-table.ts';

/** What Terraform says where it refuses to plan, in one line. */
const refusal = (variables: object): Promise<string> =>
  planned(variables).then(
    () => assert.fail('it was planned'),
    (error: unknown) => String(error).replace(/[\s│]+/g, ' '),
  );

const Settings = z.object({
  body: z.object({
    properties: z.object({
      siteConfig: z.object({ appSettings: z.array(z.object({ name: z.string(), value: z.string() })) }),
    }),
  }),
});

test('a trial has the app and its audit log, and neither gateway, servers, registry nor event hub', () => {
  for (const type of [
    'azurerm_api_management',
    'azurerm_container_group',
    'azurerm_container_registry',
    'azurerm_eventhub_namespace',
  ])
    assert.deepEqual(ofType(trial, type), [], type);
  assert.equal(ofType(trial, 'azurerm_log_analytics_workspace').length, 1);
  assert.equal(trial.filter(({ address }) => address === 'module.offboarding.azapi_resource.app').length, 1);
});

test('in a trial every policy only reports, and no detection waits for calls that nobody makes', () => {
  const effects = ofType(trial, 'azurerm_subscription_policy_assignment').map(({ values }) =>
    String(values.parameters),
  );
  assert.ok(effects.length > 0);
  for (const effect of effects) assert.doesNotMatch(effect, /Deny/i);
  const rules = ofType(trial, 'azurerm_monitor_scheduled_query_rules_alert_v2');
  const on = rules.filter(({ values }) => values.enabled === true).map(({ address }) => address);
  assert.ok(rules.length > on.length);
  assert.deepEqual(
    on.filter((address) => !address.startsWith('module.offboarding.')),
    [],
  );
});

test('the app starts with the settings of a trial, and knows that there is no gateway', () => {
  const app = Settings.parse(trial.find(({ address }) => address === 'module.offboarding.azapi_resource.app')?.values);
  const settings = Object.fromEntries(
    app.body.properties.siteConfig.appSettings.map(({ name, value }) => [name, value]),
  );
  const config = loadConfig(settings);
  assert.deepEqual(
    [hasGateway(config), config.GATEWAY_APIM_ID, config.INGESTOR_CLIENT_ID],
    [false, undefined, undefined],
  );
  assert.equal(settings.TOOL_CALLS_EVENT_HUB, undefined);
});

test('in a trial nobody holds a right on what is not there', () => {
  const roles = ofType(trial, 'azurerm_role_assignment').map(({ address }) => address);
  assert.ok(roles.length > 0);
  assert.deepEqual(
    roles.filter((address) => /gateway|deny-list|event-hub|data-collection-rule/.test(address)),
    [],
  );
});

test('a trial takes no servers, no pipelines and no policy that denies', async () => {
  const pipelines = { default: { github_organisation: 'contoso', github_repository: 'x' } };
  const effects = ['policy', 'untagged_policy', 'tag_value_policy', 'other_compute_policy', 'plain_credentials_policy'];
  const denying = Object.fromEntries(effects.map((name) => [`${name}_effect`, 'Deny']));
  const said = await refusal({ profile: 'trial', ...SERVERS, pipelines, ...denying });
  assert.match(said, /mcp_servers must be empty in the profile trial/);
  assert.match(said, /pipelines must be empty in the profile trial/);
  for (const name of effects) assert.match(said, new RegExp(`\\b${name}_effect cannot be Deny in a trial`));
});

test('each profile has the tier that it promises', () => {
  const tierOf = (resources: readonly Resource[]): unknown[] =>
    ofType(resources, 'azurerm_api_management').map(({ values }) => values.sku_name);
  assert.deepEqual(Object.values(PROFILES).map(tierOf), [[], ['Developer_1'], ['Premium_1'], ['StandardV2_1']]);
});

test('servers that speak of secrets are refused by name until they are marked', async () => {
  const images = {
    'api-keys': 'mcp-store:1.0.0',
    'azurekeyvault-west': 'mcp-store:1.0.0',
    desk: 'mcp/1password:1.0.0',
    entries: 'tools/vaultwarden-mcp:1.0.0',
    filesystem: 'mcp-filesystem:1.4.2',
    kv2: 'mcp-store:1.0.0',
    mysecrets: 'mcp-store:1.0.0',
    monkey: 'mcp-secretary:vault-1',
    notes: 'mcp-apikeys:1.0.0',
    ring: 'mcp-keychain:1.0.0',
    safe: 'mcp-secretsmanager:1.0.0',
    'secrets-prod': 'mcp-store:1.0.0',
    store: 'tools/mcp-credentials:1.0.0',
    table: 'mcp_key@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    vault: 'mcp-store:1.0.0',
    vault2: 'mcp-store:1.0.0',
  };
  const servers = Object.entries(images).map(([name, image]) => [name, { image, allowed_orgs: ['contoso'] }]);
  const said = await refusal({ ...PUBLISHER, mcp_servers: Object.fromEntries(servers) });
  assert.match(
    said,
    /set secrets = true for api-keys, azurekeyvault-west, desk, entries, kv2, mysecrets, notes, ring, safe, secrets-prod, store, table, vault, vault2:/,
  );
});

test('what is there already is used: network, zones, workspace and registry', async () => {
  const resource = (kind: string): string => `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-hub/providers/${kind}`;
  const network = resource('Microsoft.Network/virtualNetworks/vnet-hub');
  const zone = (name: string): string => resource(`Microsoft.Network/privateDnsZones/privatelink.${name}`);
  const existing = {
    existing_network: {
      id: network,
      mcp_subnet_id: `${network}/subnets/mcp`,
      gateway_subnet_id: `${network}/subnets/gateway`,
      offboarding_subnet_id: `${network}/subnets/app`,
      private_endpoint_subnet_id: `${network}/subnets/endpoints`,
    },
    private_dns_zone_ids: {
      blob: zone('blob.core.windows.net'),
      queue: zone('queue.core.windows.net'),
      table: zone('table.core.windows.net'),
      vault: zone('vaultcore.azure.net'),
      servicebus: zone('servicebus.windows.net'),
      acr: zone('azurecr.io'),
    },
    existing_workspace: {
      id: resource('Microsoft.OperationalInsights/workspaces/log-hub'),
      customer_id: '7a8b9c0d-1e2f-4a3b-8c4d-5e6f7a8b9c0d',
    },
    registry: {
      id: resource('Microsoft.ContainerRegistry/registries/contosomcp'),
      login_server: 'contosomcp.azurecr.io',
    },
  };
  const found = await planned({ ...PUBLISHER, ...SERVERS, ...existing });
  for (const type of ['azurerm_virtual_network', 'azurerm_log_analytics_workspace', 'azurerm_container_registry'])
    assert.deepEqual(ofType(found, type), [], type);
  assert.deepEqual(
    ofType(found, 'azurerm_private_dns_zone').map(({ values }) => values.name),
    [ofType(found, 'azurerm_api_management')[0]?.values.name].map((name) => `${name}.azure-api.net`),
  );
  const subnets = ofType(found, 'azurerm_container_group').flatMap(({ values }) => values.subnet_ids);
  assert.deepEqual([...new Set(subnets)], [`${network}/subnets/mcp`]);
  const [table] = ofType(found, 'azurerm_log_analytics_workspace_table_custom_log');
  assert.equal(table?.values.workspace_id, existing.existing_workspace.id);
  const { private_dns_zone_ids: zones, ...others } = existing;
  const { acr: _, ...allButOne } = zones;
  assert.match(await refusal({ ...PUBLISHER, ...others, private_dns_zone_ids: allButOne }), /must name every zone/);
});
