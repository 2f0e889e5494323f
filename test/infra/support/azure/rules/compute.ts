import { armId, guid } from './formats.ts';
import { functionAppStorage } from './function-app-storage.ts';
import { allowed, between, deprecated, matching, notTogether, type RuleTable } from './rule.ts';

const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const SUBNET = 'Microsoft.Network/virtualNetworks/subnets';

/** Sources: hashicorp/terraform-provider-azurerm v4.73.0, internal/services/containers and appservice. */
export const COMPUTE_RULES: RuleTable = {
  azurerm_container_group: [
    allowed('ip_address_type', ['Public', 'Private', 'None']),
    allowed('os_type', ['Linux', 'Windows']),
    allowed('restart_policy', ['Always', 'Never', 'OnFailure']),
    allowed('sku', ['Standard', 'Confidential', 'Dedicated', 'NotSpecified']),
    allowed('priority', ['Regular', 'Spot']),
    deprecated('network_profile_id', 'use subnet_ids'),
    armId('subnet_ids', SUBNET),
    notTogether(['subnet_ids', 'dns_name_label']),
    armId('image_registry_credential.user_assigned_identity_id', IDENTITY),
    matching(
      'container.name',
      /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
      'expected 1 to 63 lower-case letters, digits, -, as in a DNS label',
    ),
    allowed('container.ports.protocol', ['TCP', 'UDP']),
    between('container.ports.port', 1, 65_535),
    allowed('exposed_port.protocol', ['TCP', 'UDP']),
    between('exposed_port.port', 1, 65_535),
    guid('diagnostics.log_analytics.workspace_id'),
    allowed('diagnostics.log_analytics.log_type', ['ContainerInsights', 'ContainerInstanceLogs']),
  ],
  azurerm_container_registry: [
    matching('name', /^[a-zA-Z0-9]{5,50}$/, 'expected 5 to 50 letters and digits'),
    allowed('sku', ['Basic', 'Standard', 'Premium']),
    allowed('network_rule_set.default_action', ['Allow', 'Deny']),
    allowed('network_rule_bypass_option', ['AzureServices', 'None']),
    between('retention_policy_in_days', 0, 365),
  ],
  azurerm_service_plan: [
    matching('name', /^[0-9a-zA-Z-_]{1,60}$/, 'expected 1 to 60 letters, digits, - _'),
    allowed('os_type', ['Linux', 'Windows', 'WindowsContainer']),
    // What the platform may run on: Flex Consumption, or Elastic Premium.
    allowed('sku_name', ['FC1', 'EP1', 'EP2', 'EP3']),
  ],
  azurerm_function_app_flex_consumption: [
    matching('name', /^[0-9a-zA-Z-]{1,60}$/, 'expected 1 to 60 letters, digits, -'),
    armId('service_plan_id', 'Microsoft.Web/serverFarms'),
    armId('virtual_network_subnet_id', SUBNET),
    allowed('storage_container_type', ['blobContainer']),
    matching('storage_container_endpoint', /^https:\/\/[^/]+\/[^/]+$/, 'expected https://<account>/<container>'),
    allowed('storage_authentication_type', [
      'SystemAssignedIdentity',
      'StorageAccountConnectionString',
      'UserAssignedIdentity',
    ]),
    armId('storage_user_assigned_identity_id', IDENTITY),
    functionAppStorage,
    allowed('runtime_name', ['dotnet-isolated', 'java', 'node', 'powershell', 'python', 'custom']),
    // Sizes: learn.microsoft.com/azure/azure-functions/flex-consumption-plan#instance-sizes
    allowed('instance_memory_in_mb', [512, 2048, 4096]),
    between('maximum_instance_count', 1, 1000),
    between('http_concurrency', 1, 1000),
    between('always_ready.instance_count', 0, 1000),
    allowed('client_certificate_mode', ['Optional', 'Required', 'OptionalInteractiveUser']),
    allowed('auth_settings_v2.unauthenticated_action', [
      'RedirectToLoginPage',
      'AllowAnonymous',
      'Return401',
      'Return403',
    ]),
    allowed('auth_settings_v2.forward_proxy_convention', ['NoProxy', 'Standard', 'Custom']),
    allowed('site_config.minimum_tls_version', ['1.2', '1.3']),
    allowed('site_config.scm_minimum_tls_version', ['1.2', '1.3']),
  ],
};
