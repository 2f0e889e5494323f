import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import * as z from 'zod';
import { hasGateway } from '../../src/config/config-optional.ts';
import { loadConfig } from '../../src/config.ts';
import { applyOf, planOf, type Resource, resourcesIn } from './support/plan-of.ts';

const root = resolve(import.meta.dirname, '../..');
const infra = join(root, 'infra');
const SUBSCRIPTION = '1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b';
const BASE = {
  subscription_id: SUBSCRIPTION,
  tenant_id: '6b8f2c1d-0a4e-4f5b-9c7d-1e2f3a4b5c6d',
  environment: 'test',
  location: 'westeurope',
  business_time_zone: 'Europe/Berlin',
  alert_email_receivers: { security: 'security@contoso.com' },
  github_organisations: ['contoso'],
  github_app_id: '123456',
  security_repository: 'contoso/security',
};
const PUBLISHER = { publisher_name: 'Contoso', publisher_email: 'platform@contoso.com' };
const SERVERS = {
  mcp_servers: {
    filesystem: { image: 'mcp-filesystem:1.4.2', allowed_orgs: ['contoso'] },
    vault: { image: 'mcp-store:1.0.0', allowed_orgs: ['contoso'], secrets: true },
  },
};

const planned = async (variables: object): Promise<readonly Resource[]> =>
  resourcesIn((await planOf(infra, { variables: { ...BASE, ...variables } })).planned_values);
/** What Terraform says where it refuses to plan, in one line. */
const refusal = (variables: object): Promise<string> =>
  planned(variables).then(
    () => assert.fail('it was planned'),
    (error: unknown) => String(error).replace(/[\s│]+/g, ' '),
  );
const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((resource) => resource.mode === 'managed' && resource.type === type);

/** The trial as it would be after an apply: settings have values only then. */
const trial = resourcesIn((await applyOf(infra, { variables: { ...BASE, profile: 'trial' } })).values);
const [small, production, standardV2] = await Promise.all([
  planned({ ...PUBLISHER, ...SERVERS }),
  planned({ ...PUBLISHER, ...SERVERS, profile: 'production' }),
  planned({ ...PUBLISHER, ...SERVERS, profile: 'production', gateway_sku: 'StandardV2_1' }),
]);
const PROFILES = { trial, small, production, 'production with StandardV2': standardV2 };

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

/** The rows of the table of costs: what, the price of one, and how many there are in each column. */
const table = readFileSync(join(root, 'docs/cost.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('*', '').trim()),
  );
const head = table.findIndex(([first, second]) => first === 'what' && second === 'each');
const end = table.findIndex(([first]) => first === 'a month');
const number = (cell: string | undefined): number => (cell === '–' ? 0 : Number(cell?.replaceAll(',', '')));
const columns = Object.keys(PROFILES) as (keyof typeof PROFILES)[];

test('the monthly cost of each profile adds up', () => {
  assert.deepEqual(table[head]?.slice(2, 6), columns);
  const rows = table.slice(head + 1, end);
  assert.ok(rows.length > 10);
  for (const [index, profile] of columns.entries()) {
    const sum = rows.reduce((total, row) => total + number(row[1]) * number(row[2 + index]), 0);
    assert.ok(sum > 0, profile);
    assert.equal(number(table[end]?.[2 + index]), Math.round(sum * 100) / 100, profile);
  }
});

const rulesThatRun = (all: readonly Resource[]): readonly string[] =>
  ofType(all, 'azurerm_monitor_scheduled_query_rules_alert_v2')
    .filter(({ values }) => values.enabled === true)
    .map(({ values }) => String(values.evaluation_frequency));

const COUNTED: Readonly<Record<string, (resources: readonly Resource[]) => number>> = {
  'Private endpoint': (all) => ofType(all, 'azurerm_private_endpoint').length,
  'Private DNS zone': (all) => ofType(all, 'azurerm_private_dns_zone').length,
  'NAT gateway': (all) => ofType(all, 'azurerm_nat_gateway').length,
  'Public address of the NAT gateway': (all) => ofType(all, 'azurerm_public_ip').length,
  'Container registry, Premium': (all) => ofType(all, 'azurerm_container_registry').length,
  'Event Hubs, one throughput unit': (all) => ofType(all, 'azurerm_eventhub_namespace').length,
  'Alert rules, every 5 minutes': (all) => rulesThatRun(all).filter((every) => every === 'PT5M').length,
  'Alert rules, every 15 minutes or more rarely': (all) =>
    rulesThatRun(all).filter((every) => /^PT(?:15|30)M$/.test(every)).length,
  'MCP server (0.5 CPU, 0.5 GB, all month)': (all) => ofType(all, 'azurerm_container_group').length,
};

test('the table counts what Terraform plans', () => {
  for (const [what, count] of Object.entries(COUNTED)) {
    const row = table.find(([first]) => first === what);
    assert.deepEqual(
      row?.slice(2, 6).map(number),
      columns.map((profile) => count(PROFILES[profile])),
      what,
    );
  }
});
