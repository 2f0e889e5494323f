import type { Unset } from '../provider/fill-computed.ts';
import type { CtyType } from '../provider/provider-schema.ts';
import { type Fields, isFields, isList, type Value, withoutType, withType } from '../provider/wire-value.ts';
import { guidFor, subscriptionOf, tenantOf } from './fake-ids.ts';
import { resourceId, seedOf } from './resource-ids.ts';

/** Hosts that Azure gives to a named resource. `{name}` is the resource's name. */
const HOSTS: Readonly<Record<string, string>> = {
  'azurerm_api_management.gateway_url': 'https://{name}.azure-api.net',
  'azurerm_api_management.management_api_url': 'https://{name}.management.azure-api.net',
  'azurerm_application_insights.connection_string':
    'InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/',
  'azurerm_container_registry.login_server': '{name}.azurecr.io',
  'azurerm_function_app_flex_consumption.default_hostname': '{name}.azurewebsites.net',
  'azurerm_key_vault.vault_uri': 'https://{name}.vault.azure.net/',
  'azurerm_monitor_data_collection_endpoint.logs_ingestion_endpoint':
    'https://{name}-a1b2.westeurope-1.ingest.monitor.azure.com',
  'azurerm_monitor_data_collection_endpoint.configuration_access_endpoint':
    'https://{name}-a1b2.westeurope-1.handler.control.monitor.azure.com',
  'azurerm_storage_account.primary_blob_endpoint': 'https://{name}.blob.core.windows.net/',
  'azurerm_storage_account.primary_queue_endpoint': 'https://{name}.queue.core.windows.net/',
  'azurerm_storage_account.primary_table_endpoint': 'https://{name}.table.core.windows.net/',
};

const GUIDS = /(^|_)(principal|tenant|client|object|application|workspace|app|role|scope)_id$/;

/** The value of a computed attribute after the apply: made up, but of the right shape, and the same every time. */
export function computedValue(type: string, unset: Unset, settings: Fields): Value {
  const { name, resource, block } = unset;
  const isTopLevel = unset.path.length === 1;
  if (isTopLevel && name === 'id') return resourceId(type, resource, settings);
  if (isTopLevel && type.startsWith('azapi_') && name === 'output') return azapiOutput(resource.response_export_values);
  if (isTopLevel && type.startsWith('azapi_') && name === 'sensitive_output')
    return azapiOutput(resource.sensitive_response_export_values);
  if (isTopLevel && type.startsWith('azuread_application') && name === 'app_role_ids')
    return idsByValue(resource.app_role);
  if (isTopLevel && type === 'azuread_application' && name === 'oauth2_permission_scope_ids') return scopeIds(resource);
  if (name === 'tenant_id') return tenantOf(settings);
  if (name === 'subscription_id') return subscriptionOf(settings);
  const host = HOSTS[`${type}.${name}`];
  if (host !== undefined) return host.replace('{name}', String(resource.name));
  if (type === 'azurerm_monitor_data_collection_rule' && name === 'immutable_id')
    return `dcr-${guidFor(seedOf(type, resource)).replaceAll('-', '')}`;
  if (type === 'azurerm_role_definition' && name === 'role_definition_resource_id')
    return resourceId(type, resource, settings).split('|')[0] ?? '';
  if (type === 'azurerm_role_definition' && name === 'role_definition_id')
    return resourceId(type, resource, settings).split('|')[0]?.split('/').at(-1) ?? '';
  if (type.startsWith('azuread_') && name === 'object_id')
    return resourceId(type, resource, settings).split('/').at(-1) ?? '';
  if (type === 'azurerm_storage_container' && name === 'resource_manager_id')
    return resourceId(type, resource, settings);
  if (GUIDS.test(name)) return guidFor(seedOf(type, resource) + unset.path.join('.'));
  return ofType(unset.attribute.type, name, block);
}

/** Something of the attribute's type, recognisably made up. */
function ofType(type: CtyType, name: string, block: Fields): Value {
  if (type === 'string') return stringFor(name, block);
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  if (type === 'dynamic') return null;
  if (type[0] === 'map') return {};
  if (type[0] === 'object')
    return Object.fromEntries(Object.entries(type[1]).map(([key, member]) => [key, ofType(member, key, block)]));
  if (/ip_addresses$/.test(name)) return ['10.50.2.4'];
  return [];
}

function stringFor(name: string, block: Fields): string {
  const owner = typeof block.name === 'string' ? block.name : 'resource';
  if (/(^|_)ip_address$/.test(name)) return '10.50.1.4';
  if (/_(id|oid)$/.test(name)) return guidFor(owner + name);
  if (/(url|uri|endpoint)$/.test(name)) return `https://${owner}.example.net/`;
  if (/(fqdn|hostname|host)$/.test(name)) return `${owner}.example.net`;
  return `made-up-${name.replaceAll('_', '-')}`;
}

/** `output` holds what `response_export_values` asks for: paths keep their nesting, names are flat. */
function azapiOutput(wanted: Value | undefined): Value {
  const exported = withoutType(wanted);
  const output: Record<string, Value> = {};
  if (isFields(exported)) for (const name of Object.keys(exported)) output[name] = `made-up-${name}`;
  if (isList(exported))
    for (const path of exported) if (typeof path === 'string' && path !== '*') place(output, path.split('.'));
  return withType(output);
}

function place(target: Record<string, Value>, [head = '', ...rest]: readonly string[]): void {
  if (rest.length === 0) {
    target[head] = `made-up-${head}`;
    return;
  }
  const inner = { ...(isFields(target[head]) ? target[head] : {}) };
  place(inner, rest);
  target[head] = inner;
}

function scopeIds(resource: Fields): Value {
  const api = isList(resource.api) ? resource.api[0] : undefined;
  return isFields(api) ? idsByValue(api.oauth2_permission_scope) : {};
}

function idsByValue(entries: Value | undefined): Value {
  const ids: Record<string, Value> = {};
  for (const entry of isList(entries) ? entries : [])
    if (isFields(entry) && typeof entry.value === 'string' && typeof entry.id === 'string') ids[entry.value] = entry.id;
  return ids;
}
