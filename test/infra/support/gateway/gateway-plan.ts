import { resolve } from 'node:path';
import { type Resource, resourcesIn } from '../plan-of.ts';
import { planOfModule } from '../plan-of-module.ts';
import type { DeployedPolicies } from './simulated-gateway.ts';

export const TENANT_ID = '11111111-1111-4111-8111-111111111111';
export const AUDIENCE = '22222222-2222-4222-8222-222222222222';
export const SECRETS_AUDIENCE = '33333333-3333-4333-8333-333333333333';
export const CLIENT_ID = '44444444-4444-4444-8444-444444444444';
export const WRITE_ROLE = 'mcp.writer';

const SUBSCRIPTION = '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg-mcp-dev/providers';
const NAMESPACE = `${SUBSCRIPTION}/Microsoft.EventHub/namespaces/evhns-mcp-dev`;

const GATEWAY_VARIABLES = {
  environment: 'dev',
  location: 'westeurope',
  resource_group_name: 'rg-mcp-dev',
  publisher_name: 'Contoso',
  publisher_email: 'platform@contoso.example',
  subnet_id: `${SUBSCRIPTION}/Microsoft.Network/virtualNetworks/vnet-mcp-dev/subnets/snet-gateway`,
  tenant_id: TENANT_ID,
  audiences: [AUDIENCE, 'api://mcp-gateway-dev'],
  identifier_uri: 'api://mcp-gateway-dev',
  secrets_audience: SECRETS_AUDIENCE,
  secrets_identifier_uri: 'api://mcp-secrets-dev',
  allowed_client_ids: [CLIENT_ID],
  mcp_servers: {
    filesystem: { backend_url: 'http://10.50.1.4:3000' },
    github: { backend_url: 'http://10.50.1.5:3000' },
    secrets: { backend_url: 'http://10.50.1.6:3000', secrets: true },
  },
  eventhub_namespace_fqdn: 'evhns-mcp-dev.servicebus.windows.net',
  eventhub_namespace_id: NAMESPACE,
  eventhub_name: 'mcp-tool-calls',
  eventhub_id: `${NAMESPACE}/eventhubs/mcp-tool-calls`,
};

const MODULE = resolve(import.meta.dirname, '../../../../infra/modules/gateway');

/** What the module plans to deploy, for the variables above and these. */
export async function gatewayPlan(
  variables: Readonly<Record<string, unknown>> = {},
  module: string = MODULE,
): Promise<readonly Resource[]> {
  const plan = await planOfModule(module, { variables: { ...GATEWAY_VARIABLES, ...variables } });
  return resourcesIn(plan.planned_values);
}

/** The policies in a plan: of the MCP servers by their type, of the metadata's operations by `metadata-<id>`. */
export function policiesIn(resources: readonly Resource[]): DeployedPolicies {
  const of = (type: string): readonly Resource[] => resources.filter((resource) => resource.type === type);
  const named = (type: string): string[] => of(type).map(({ values }) => text(values, 'name'));
  return {
    policies: Object.fromEntries([
      ...of('azurerm_api_management_api_policy').map(({ values }) => [
        text(values, 'api_name').replace(/^mcp-/, ''),
        text(values, 'xml_content'),
      ]),
      ...of('azurerm_api_management_api_operation_policy').map(({ values }) => [
        `metadata-${text(values, 'operation_id')}`,
        text(values, 'xml_content'),
      ]),
    ]),
    fragments: Object.fromEntries(
      of('azurerm_api_management_policy_fragment').map(({ values }) => [text(values, 'name'), text(values, 'value')]),
    ),
    namedValues: named('azurerm_api_management_named_value'),
    loggers: named('azurerm_api_management_logger'),
    backends: named('azurerm_api_management_backend'),
  };
}

function text(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = values[name];
  if (typeof value !== 'string') throw new Error(`${name} is not known when the gateway is planned`);
  return value;
}
