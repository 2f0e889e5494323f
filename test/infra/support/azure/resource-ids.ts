import type { Fields, Value } from '../provider/wire-value.ts';
import { guidFor, subscriptionOf } from './fake-ids.ts';

const SUBSCRIPTION = '/subscriptions/{subscription}';

const inGroup = (type: string): string =>
  `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/${type}/{name}`;

/**
 * What a resource's id is made of: `{argument}` is the resource's own argument, `{guid}` a GUID of its own,
 * `{subscription}` the provider's.
 * Formats: the "Import" section of each resource's page in the provider's documentation.
 */
const ID_FORMATS: Readonly<Record<string, string>> = {
  azurerm_resource_group: `${SUBSCRIPTION}/resourceGroups/{name}`,
  azurerm_virtual_network: inGroup('Microsoft.Network/virtualNetworks'),
  azurerm_subnet: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.Network/virtualNetworks/{virtual_network_name}/subnets/{name}`,
  azurerm_network_security_group: inGroup('Microsoft.Network/networkSecurityGroups'),
  azurerm_network_security_rule: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.Network/networkSecurityGroups/{network_security_group_name}/securityRules/{name}`,
  azurerm_subnet_network_security_group_association: '{subnet_id}',
  azurerm_subnet_nat_gateway_association: '{subnet_id}',
  azurerm_subnet_route_table_association: '{subnet_id}',
  azurerm_route_table: inGroup('Microsoft.Network/routeTables'),
  azurerm_nat_gateway: inGroup('Microsoft.Network/natGateways'),
  azurerm_nat_gateway_public_ip_association: '{nat_gateway_id}|{public_ip_address_id}',
  azurerm_public_ip: inGroup('Microsoft.Network/publicIPAddresses'),
  azurerm_private_dns_zone: inGroup('Microsoft.Network/privateDnsZones'),
  azurerm_private_dns_zone_virtual_network_link: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.Network/privateDnsZones/{private_dns_zone_name}/virtualNetworkLinks/{name}`,
  azurerm_private_dns_a_record: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.Network/privateDnsZones/{zone_name}/A/{name}`,
  azurerm_private_endpoint: inGroup('Microsoft.Network/privateEndpoints'),
  azurerm_container_group: inGroup('Microsoft.ContainerInstance/containerGroups'),
  azurerm_container_registry: inGroup('Microsoft.ContainerRegistry/registries'),
  azurerm_user_assigned_identity: inGroup('Microsoft.ManagedIdentity/userAssignedIdentities'),
  azurerm_federated_identity_credential: '{user_assigned_identity_id}/federatedIdentityCredentials/{name}',
  azurerm_role_definition: `{scope}/providers/Microsoft.Authorization/roleDefinitions/{guid}|{scope}`,
  azurerm_role_assignment: '{scope}/providers/Microsoft.Authorization/roleAssignments/{guid}',
  azurerm_policy_definition: `${SUBSCRIPTION}/providers/Microsoft.Authorization/policyDefinitions/{name}`,
  azurerm_policy_set_definition: `${SUBSCRIPTION}/providers/Microsoft.Authorization/policySetDefinitions/{name}`,
  azurerm_subscription_policy_assignment:
    '{subscription_id}/providers/Microsoft.Authorization/policyAssignments/{name}',
  azurerm_resource_group_policy_assignment:
    '{resource_group_id}/providers/Microsoft.Authorization/policyAssignments/{name}',
  azurerm_api_management: inGroup('Microsoft.ApiManagement/service'),
  azurerm_api_management_logger: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.ApiManagement/service/{api_management_name}/loggers/{name}`,
  azurerm_api_management_named_value: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.ApiManagement/service/{api_management_name}/namedValues/{name}`,
  azurerm_api_management_backend: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.ApiManagement/service/{api_management_name}/backends/{name}`,
  azurerm_api_management_api: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.ApiManagement/service/{api_management_name}/apis/{name};rev={revision}`,
  azurerm_api_management_api_operation: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.ApiManagement/service/{api_management_name}/apis/{api_name}/operations/{operation_id}`,
  azurerm_api_management_api_policy: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.ApiManagement/service/{api_management_name}/apis/{api_name}`,
  azurerm_api_management_api_operation_policy: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.ApiManagement/service/{api_management_name}/apis/{api_name}/operations/{operation_id}`,
  azurerm_api_management_policy: '{api_management_id}',
  azurerm_api_management_policy_fragment: '{api_management_id}/policyFragments/{name}',
  azurerm_api_management_custom_domain: '{api_management_id}/customDomains/default',
  azurerm_eventhub_namespace: inGroup('Microsoft.EventHub/namespaces'),
  azurerm_eventhub: '{namespace_id}/eventhubs/{name}',
  azurerm_eventhub_consumer_group: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.EventHub/namespaces/{namespace_name}/eventhubs/{eventhub_name}/consumerGroups/{name}`,
  azurerm_log_analytics_workspace: inGroup('Microsoft.OperationalInsights/workspaces'),
  azurerm_log_analytics_workspace_table: '{workspace_id}/tables/{name}',
  azurerm_log_analytics_workspace_table_custom_log: '{workspace_id}/tables/{name}',
  azurerm_log_analytics_query_pack: inGroup('Microsoft.OperationalInsights/queryPacks'),
  azurerm_log_analytics_query_pack_query: '{query_pack_id}/queries/{guid}',
  azurerm_log_analytics_saved_search: '{log_analytics_workspace_id}/savedSearches/{name}',
  azurerm_monitor_data_collection_endpoint: inGroup('Microsoft.Insights/dataCollectionEndpoints'),
  azurerm_monitor_data_collection_rule: inGroup('Microsoft.Insights/dataCollectionRules'),
  azurerm_monitor_action_group: inGroup('Microsoft.Insights/actionGroups'),
  azurerm_monitor_scheduled_query_rules_alert_v2: inGroup('Microsoft.Insights/scheduledQueryRules'),
  azurerm_monitor_metric_alert: inGroup('Microsoft.Insights/metricAlerts'),
  azurerm_monitor_activity_log_alert: inGroup('Microsoft.Insights/activityLogAlerts'),
  azurerm_monitor_diagnostic_setting: '{target_resource_id}|{name}',
  azurerm_application_insights: inGroup('Microsoft.Insights/components'),
  azurerm_application_insights_workbook: inGroup('Microsoft.Insights/workbooks'),
  azurerm_storage_account: inGroup('Microsoft.Storage/storageAccounts'),
  azurerm_storage_container: '{storage_account_id}/blobServices/default/containers/{name}',
  azurerm_storage_container_immutability_policy: '{storage_container_resource_manager_id}/immutabilityPolicies/default',
  azurerm_storage_management_policy: '{storage_account_id}/managementPolicies/default',
  azurerm_storage_queue: '{storage_account_id}/queueServices/default/queues/{name}',
  azurerm_storage_table: '{storage_account_id}/tableServices/default/tables/{name}',
  azurerm_key_vault: inGroup('Microsoft.KeyVault/vaults'),
  azurerm_key_vault_key: 'https://vault.vault.azure.net/keys/{name}/{hex}',
  azurerm_key_vault_secret: 'https://vault.vault.azure.net/secrets/{name}/{hex}',
  azurerm_service_plan: inGroup('Microsoft.Web/serverFarms'),
  azurerm_function_app_flex_consumption: inGroup('Microsoft.Web/sites'),
  azurerm_servicebus_namespace: inGroup('Microsoft.ServiceBus/namespaces'),
  azurerm_eventgrid_partner_configuration: `${SUBSCRIPTION}/resourceGroups/{resource_group_name}/providers/Microsoft.EventGrid/partnerConfigurations/default`,
  azurerm_eventgrid_system_topic: inGroup('Microsoft.EventGrid/systemTopics'),
  azurerm_consumption_budget_resource_group: '{resource_group_id}/providers/Microsoft.Consumption/budgets/{name}',
  azurerm_consumption_budget_subscription: '{subscription_id}/providers/Microsoft.Consumption/budgets/{name}',
  azurerm_management_lock: '{scope}/providers/Microsoft.Authorization/locks/{name}',
  azuread_application: '/applications/{guid}',
  azuread_application_registration: '/applications/{guid}',
  azuread_application_app_role: '{application_id}/appRoles/{role_id}',
  azuread_application_permission_scope: '{application_id}/permissionScopes/{scope_id}',
  azuread_application_pre_authorized: '{application_id}/preAuthorizedApplications/{authorized_client_id}',
  azuread_application_identifier_uri: '{application_id}/identifierUris/{guid}',
  azuread_application_federated_identity_credential: '{application_id}/federatedIdentityCredential/{guid}',
  azuread_service_principal: '/servicePrincipals/{guid}',
  azuread_app_role_assignment: '/servicePrincipals/{resource_object_id}/appRoleAssignedTo/{guid}',
  azuread_service_principal_delegated_permission_grant: '/oauth2PermissionGrants/{guid}',
  azuread_conditional_access_policy: '/identity/conditionalAccess/policies/{guid}',
  azuread_group: '/groups/{guid}',
  azapi_resource: '{parent_id}/providers/{type}/{name}',
  azapi_resource_action: '{resource_id}',
  azapi_update_resource: '{resource_id}',
};

/** An id in the vendor's form, so that whoever takes it apart finds subscription, resource group and name. */
export function resourceId(type: string, resource: Fields, settings: Fields = {}): string {
  const format = ID_FORMATS[type] ?? `${SUBSCRIPTION}/providers/Unlisted.Type/${type}/{guid}`;
  if (type === 'azapi_resource') return azapiId(resource, subscriptionOf(settings));
  return format.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    if (name === 'subscription') return subscriptionOf(settings);
    if (name === 'guid') return guidFor(seedOf(type, resource));
    if (name === 'hex') return guidFor(seedOf(type, resource)).replaceAll('-', '');
    const value = resource[name];
    return typeof value === 'string' ? value : name === 'revision' ? '1' : guidFor(seedOf(type, resource) + name);
  });
}

/** What tells two resources of a type apart: every argument that is known. */
export function seedOf(type: string, resource: Fields): string {
  const known = Object.entries(resource).filter(([name, value]) => name !== 'id' && typeof value === 'string');
  return JSON.stringify([type, known.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** `Microsoft.A/b/c@version` under `/…/Microsoft.A/b/x` is `/…/Microsoft.A/b/x/c/name`. */
function azapiId(resource: Fields, subscription: string): string {
  const type = stringOr(resource.type, '').split('@')[0] ?? '';
  const parent = stringOr(resource.parent_id, `/subscriptions/${subscription}`).replace(/\/$/, '');
  const name = stringOr(resource.name, 'unnamed');
  const [namespace = '', ...segments] = type.split('/');
  const own = segments.at(-1) ?? '';
  if (type === 'Microsoft.Resources/resourceGroups') return `${parent}/resourceGroups/${name}`;
  return segments.length > 1 ? `${parent}/${own}/${name}` : `${parent}/providers/${namespace}/${own}/${name}`;
}

function stringOr(value: Value | undefined, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
