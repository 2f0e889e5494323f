import { armId, guid, instant } from './formats.ts';
import {
  allowed,
  between,
  deprecated,
  exactlyOne,
  matching,
  needs,
  notTogether,
  type Rule,
  type RuleTable,
} from './rule.ts';

const ACCOUNT = 'Microsoft.Storage/storageAccounts';
const VAULT = 'Microsoft.KeyVault/vaults';

const ACCOUNT_NAME = /^[a-z0-9]{3,24}$/;
const CONTAINER_NAME = /^(\$root|\$web|(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/;

/** Sources: hashicorp/terraform-provider-azurerm v4.73.0, internal/services/storage and keyvault. */
export const STORAGE_RULES: RuleTable = {
  azurerm_storage_account: [
    matching('name', ACCOUNT_NAME, 'expected 3 to 24 lower-case letters and digits'),
    allowed('account_kind', ['BlobStorage', 'BlockBlobStorage', 'FileStorage', 'Storage', 'StorageV2']),
    allowed('account_tier', ['Standard', 'Premium']),
    allowed('account_replication_type', ['LRS', 'ZRS', 'GRS', 'RAGRS', 'GZRS', 'RAGZRS']),
    allowed('access_tier', ['Hot', 'Cool', 'Cold', 'Premium']),
    // The provider still takes TLS1_0 and TLS1_1, which Azure Storage refuses since 2026-02-03, and does not know 1.3.
    allowed('min_tls_version', ['TLS1_2']),
    allowed('allowed_copy_scope', ['AAD', 'PrivateLink']),
    allowed('queue_encryption_key_type', ['Service', 'Account']),
    allowed('table_encryption_key_type', ['Service', 'Account']),
    allowed('network_rules.default_action', ['Allow', 'Deny']),
    allowed('network_rules.bypass', ['None', 'AzureServices', 'Logging', 'Metrics']),
    // Rules are for public addresses; a private network is let in by its subnet.
    matching(
      'network_rules.ip_rules',
      /^(?!10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)(\d{1,3}\.){3}\d{1,3}(\/(\d|[12]\d|30))?$/,
      'expected a public address, or a range of at most 30 bits',
    ),
    armId('network_rules.virtual_network_subnet_ids', 'Microsoft.Network/virtualNetworks/subnets'),
    allowed('immutability_policy.state', ['Disabled', 'Unlocked', 'Locked']),
    between('blob_properties.delete_retention_policy.days', 1, 365),
    between('blob_properties.container_delete_retention_policy.days', 1, 365),
    between('blob_properties.change_feed_retention_in_days', 1, 146_000),
    needs('restore_policy', 'delete_retention_policy', 'blob_properties'),
    deprecated('static_website', 'use azurerm_storage_account_static_website'),
    deprecated('queue_properties', 'use azurerm_storage_account_queue_properties'),
    deprecated('customer_managed_key.managed_hsm_key_id', 'use key_vault_key_id'),
  ],
  azurerm_storage_container: [
    matching('name', CONTAINER_NAME, 'expected 3 to 63 lower-case letters, digits, single -'),
    allowed('container_access_type', ['blob', 'container', 'private']),
    exactlyOne(['storage_account_id', 'storage_account_name']),
    deprecated('storage_account_name', 'use storage_account_id'),
    armId('storage_account_id', ACCOUNT),
  ],
  azurerm_storage_container_immutability_policy: [
    armId('storage_container_resource_manager_id', `${ACCOUNT}/blobServices/containers`),
    between('immutability_period_in_days', 1, 146_000),
    oneKindOfAppend,
  ],
  azurerm_storage_queue: [
    matching('name', CONTAINER_NAME, 'expected 3 to 63 lower-case letters, digits, single -'),
    exactlyOne(['storage_account_id', 'storage_account_name']),
    deprecated('storage_account_name', 'use storage_account_id'),
    armId('storage_account_id', ACCOUNT),
  ],
  azurerm_storage_table: [
    matching('name', /^[A-Za-z][A-Za-z0-9]{2,62}$/, 'expected 3 to 63 letters and digits, a letter first'),
    matching('storage_account_name', ACCOUNT_NAME, 'expected 3 to 24 lower-case letters and digits'),
  ],
  azurerm_storage_management_policy: [
    armId('storage_account_id', ACCOUNT),
    allowed('rule.filters.blob_types', ['blockBlob', 'appendBlob']),
    between('rule.actions.base_blob.delete_after_days_since_modification_greater_than', 0, 99_999),
  ],
  azurerm_key_vault: [
    matching('name', /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/, 'expected 3 to 24 letters, digits, single -'),
    allowed('sku_name', ['standard', 'premium']),
    guid('tenant_id'),
    allowed('network_acls.default_action', ['Allow', 'Deny']),
    allowed('network_acls.bypass', ['None', 'AzureServices']),
    matching('network_acls.ip_rules', /^(\d{1,3}\.){3}\d{1,3}(\/\d{1,2})?$/, 'expected an address or a range'),
    armId('network_acls.virtual_network_subnet_ids', 'Microsoft.Network/virtualNetworks/subnets'),
    between('soft_delete_retention_days', 7, 90),
    notTogether(['enable_rbac_authorization', 'rbac_authorization_enabled']),
    deprecated('enable_rbac_authorization', 'use rbac_authorization_enabled'),
    deprecated('contact', 'use azurerm_key_vault_certificate_contacts'),
  ],
  azurerm_key_vault_key: [
    matching('name', /^[0-9a-zA-Z-]{1,127}$/, 'expected 1 to 127 letters, digits, -'),
    armId('key_vault_id', VAULT),
    allowed('key_type', ['EC', 'EC-HSM', 'RSA', 'RSA-HSM']),
    allowed('key_size', [2048, 3072, 4096]),
    allowed('key_opts', ['decrypt', 'encrypt', 'sign', 'unwrapKey', 'verify', 'wrapKey']),
    allowed('curve', ['P-256', 'P-256K', 'P-384', 'P-521']),
    notTogether(['key_size', 'curve']),
    instant('expiration_date'),
    instant('not_before_date'),
  ],
  azurerm_key_vault_secret: [
    matching('name', /^[0-9a-zA-Z-]{1,127}$/, 'expected 1 to 127 letters, digits, -'),
    armId('key_vault_id', VAULT),
    exactlyOne(['value', 'value_wo']),
    needs('value_wo', 'value_wo_version'),
    instant('expiration_date'),
  ],
};

/** Azure knows one setting with two values; the provider refuses both flags at once. */
function oneKindOfAppend(...[resource]: Parameters<Rule>): ReturnType<Rule> {
  const { protected_append_writes_enabled: some, protected_append_writes_all_enabled: all } = resource;
  if (some !== true || all !== true) return [];
  const detail = 'protected_append_writes_enabled and protected_append_writes_all_enabled exclude each other.';
  return [
    {
      severity: 'error',
      summary: 'Invalid combination of arguments',
      detail,
      path: ['protected_append_writes_all_enabled'],
    },
  ];
}
