import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { type Order, orderIn } from './support/order.ts';

const modules = join(resolve(import.meta.dirname, '../..'), 'infra/modules');

/** The reason of each stands beside it in the module. */
const ORDER: Order = {
  'audit azurerm_log_analytics_saved_search.query depends_on': [
    'azurerm_log_analytics_workspace_table_custom_log.tool_calls',
  ],
  'audit azurerm_monitor_data_collection_rule.tool_calls depends_on': [
    'azurerm_log_analytics_workspace_table_custom_log.tool_calls',
    'azurerm_log_analytics_workspace_table_custom_log.cases',
    'azurerm_log_analytics_workspace_table_custom_log.posture',
  ],
  'audit azurerm_monitor_scheduled_query_rules_alert_v2.canary depends_on': [
    'azurerm_log_analytics_workspace_table_custom_log.tool_calls',
  ],
  'audit azurerm_monitor_scheduled_query_rules_alert_v2.detection depends_on': [
    'azurerm_log_analytics_workspace_table_custom_log.tool_calls',
  ],
  'audit output.eventhub_namespace_fqdn depends_on': ['azurerm_private_endpoint.event_hub'],
  'gateway azapi_resource_action.azure_monitor_diagnostic depends_on': [
    'azapi_resource_action.azure_monitor_logger',
    'azurerm_monitor_diagnostic_setting.this',
  ],
  'gateway azapi_update_resource.no_public_access depends_on': ['azurerm_private_endpoint.gateway'],
  'gateway azurerm_api_management.this ignore_changes': ['public_network_access_enabled'],
  'gateway azurerm_api_management_api_policy.canary depends_on': [
    'azurerm_api_management_named_value.denied',
    'azurerm_api_management_policy_fragment.log_tool_call',
  ],
  'gateway azurerm_api_management_api_policy.this depends_on': [
    'azurerm_api_management_named_value.denied',
    'azurerm_api_management_policy_fragment.log_tool_call',
  ],
  'gateway azurerm_api_management_custom_domain.gateway depends_on': ['azurerm_role_assignment.certificate'],
  'gateway azurerm_api_management_logger.audit depends_on': ['azurerm_role_assignment.event_hub_sender'],
  'gateway azurerm_api_management_named_value.denied ignore_changes': ['value'],
  'gateway azurerm_api_management_policy_fragment.log_tool_call depends_on': ['azurerm_api_management_logger.audit'],
  'gateway-app azuread_conditional_access_policy.no_people_at_secrets depends_on': [
    'azuread_service_principal.secrets',
  ],
  'mcp-server azurerm_container_group.this depends_on': ['azurerm_role_assignment.pull'],
  'network azurerm_subnet_network_security_group_association.gateway depends_on': [
    'azurerm_network_security_rule.gateway_inbound',
    'azurerm_network_security_rule.gateway_deny_inbound',
    'azurerm_network_security_rule.gateway_outbound',
    'azurerm_network_security_rule.gateway_tool_calls',
  ],
  'network azurerm_subnet_network_security_group_association.mcp depends_on': [
    'azurerm_network_security_rule.mcp_allow_tool_calls',
    'azurerm_network_security_rule.mcp_deny_inbound',
    'azurerm_network_security_rule.mcp_allow_outbound',
    'azurerm_network_security_rule.mcp_deny_internet',
    'azurerm_network_security_rule.mcp_deny_lateral',
  ],
  'network azurerm_subnet_network_security_group_association.offboarding depends_on': [
    'azurerm_network_security_rule.offboarding_deny_mcp',
  ],
  'network azurerm_subnet_network_security_group_association.private_endpoints depends_on': [
    'azurerm_network_security_rule.private_endpoints_allow',
    'azurerm_network_security_rule.private_endpoints_gateway',
    'azurerm_network_security_rule.private_endpoints_deny',
  ],
  'network output.gateway_subnet_id depends_on': ['azurerm_subnet_network_security_group_association.gateway'],
  'network output.mcp_subnet_id depends_on': [
    'azurerm_subnet_network_security_group_association.mcp',
    'azurerm_subnet_nat_gateway_association.mcp',
    'azurerm_nat_gateway_public_ip_association.outbound',
  ],
  'network output.offboarding_subnet_id depends_on': [
    'azurerm_subnet_network_security_group_association.offboarding',
    'azurerm_subnet_nat_gateway_association.offboarding',
  ],
  'network output.private_dns_zone_ids depends_on': ['azurerm_private_dns_zone_virtual_network_link.this'],
  'network output.private_endpoint_subnet_id depends_on': [
    'azurerm_subnet_network_security_group_association.private_endpoints',
  ],
  'offboarding azapi_resource.app depends_on': ['azurerm_role_assignment.this', 'azurerm_private_endpoint.this'],
  'offboarding azapi_resource.entra_events depends_on': ['azapi_resource_action.activate_partner_topic'],
  'offboarding azuread_application.api ignore_changes': ['identifier_uris'],
  'offboarding azurerm_consumption_budget_resource_group.this ignore_changes': ['time_period'],
  'offboarding azurerm_eventgrid_partner_configuration.graph ignore_changes': [
    'partner_authorization[0].authorization_expiration_time_in_utc',
  ],
};

test('what waits without a value that says so, and what is left as it is found, are what was decided', () => {
  assert.deepEqual(orderIn(modules), ORDER);
});
