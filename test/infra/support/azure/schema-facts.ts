import type { AttributeSchema, BlockSchema, ProviderSchema, ResourceSchema } from '../provider/provider-schema.ts';

interface Facts {
  /** Never shown: an output that holds one must say that it is sensitive. */
  readonly sensitive?: readonly string[];
  /** Known only after the apply when it is not set. */
  readonly computed?: readonly string[];
  /** Never stored. */
  readonly writeOnly?: readonly string[];
}

const SAS_KEYS = [
  'default_primary_connection_string',
  'default_primary_key',
  'default_secondary_connection_string',
  'default_secondary_key',
];

/**
 * What the published bindings lose of a schema, for the resources that infra/ uses.
 * Sources: hashicorp/terraform-provider-azurerm v4.73.0 and terraform-provider-azuread v3.7.0.
 */
const FACTS: Readonly<Record<string, Facts>> = {
  azuread_application: { computed: ['template_id', 'tags'] },
  azuread_service_principal: { computed: ['tags'] },
  azurerm_api_management: { computed: ['notification_sender_email'] },
  azurerm_api_management_api: {
    computed: ['api_type', 'display_name', 'path', 'protocols', 'service_url', 'version', 'version_set_id'],
  },
  azurerm_api_management_api_operation_policy: { computed: ['xml_content'] },
  azurerm_api_management_api_policy: { computed: ['xml_content'] },
  azurerm_api_management_logger: {
    sensitive: [
      'application_insights.connection_string',
      'application_insights.instrumentation_key',
      'eventhub.connection_string',
    ],
  },
  azurerm_api_management_named_value: { sensitive: ['value'] },
  azurerm_api_management_policy: { computed: ['xml_content'] },
  azurerm_application_insights: { sensitive: ['connection_string', 'instrumentation_key'], computed: ['workspace_id'] },
  azurerm_consumption_budget_resource_group: { computed: ['etag', 'time_period.end_date'] },
  azurerm_container_group: {
    sensitive: [
      'container.secure_environment_variables',
      'diagnostics.log_analytics.workspace_key',
      'image_registry_credential.password',
    ],
    computed: ['container.commands', 'network_profile_id'],
  },
  azurerm_container_registry: { sensitive: ['admin_password'] },
  azurerm_eventgrid_system_topic: { computed: ['source_resource_id', 'source_arm_resource_id'] },
  azurerm_eventhub: { computed: ['message_retention', 'namespace_id', 'namespace_name', 'resource_group_name'] },
  azurerm_eventhub_namespace: {
    sensitive: [...SAS_KEYS, 'default_primary_connection_string_alias', 'default_secondary_connection_string_alias'],
  },
  azurerm_federated_identity_credential: {
    computed: ['parent_id', 'resource_group_name', 'user_assigned_identity_id'],
  },
  azurerm_function_app_flex_consumption: {
    sensitive: [
      'custom_domain_verification_id',
      'site_config.application_insights_connection_string',
      'storage_access_key',
    ],
    computed: ['zip_deploy_file'],
  },
  azurerm_key_vault: { computed: ['enable_rbac_authorization', 'rbac_authorization_enabled'] },
  azurerm_key_vault_key: { computed: ['curve'] },
  azurerm_key_vault_secret: { sensitive: ['value'], writeOnly: ['value_wo'] },
  azurerm_log_analytics_workspace: {
    sensitive: ['primary_shared_key', 'secondary_shared_key'],
    computed: ['local_authentication_disabled', 'local_authentication_enabled', 'retention_in_days', 'sku'],
  },
  azurerm_monitor_metric_alert: { computed: ['target_resource_location', 'target_resource_type'] },
  azurerm_monitor_diagnostic_setting: { computed: ['log_analytics_destination_type'] },
  azurerm_private_dns_zone_virtual_network_link: { computed: ['resolution_policy'] },
  azurerm_role_assignment: {
    computed: [
      'condition_version',
      'name',
      'principal_type',
      'role_definition_id',
      'role_definition_name',
      'skip_service_principal_aad_check',
    ],
  },
  azurerm_role_definition: { computed: ['assignable_scopes', 'role_definition_id'] },
  azurerm_service_plan: { computed: ['maximum_elastic_worker_count', 'worker_count'] },
  azurerm_servicebus_namespace: { sensitive: SAS_KEYS },
  azurerm_storage_account: {
    sensitive: [
      'primary_access_key',
      'primary_blob_connection_string',
      'primary_connection_string',
      'secondary_access_key',
      'secondary_blob_connection_string',
      'secondary_connection_string',
    ],
    computed: [
      'access_tier',
      'large_file_share_enabled',
      'network_rules.bypass',
      'network_rules.ip_rules',
      'network_rules.virtual_network_subnet_ids',
    ],
  },
  azurerm_storage_container: { computed: ['default_encryption_scope', 'metadata'] },
  azurerm_virtual_network: { computed: ['dns_servers'] },
};

/** The schema with what the bindings lost put back. */
export function withFacts(provider: ProviderSchema): ProviderSchema {
  const { resource_schemas, data_source_schemas } = provider.schema;
  const completed = Object.entries(resource_schemas).map(([type, schema]): [string, ResourceSchema] => {
    const { sensitive = [], computed = [], writeOnly = [] } = FACTS[type] ?? {};
    let { block } = schema;
    for (const path of sensitive) block = mark(block, path.split('.'), { sensitive: true }, type);
    for (const path of writeOnly) block = mark(block, path.split('.'), { write_only: true }, type);
    for (const path of computed) block = mark(block, path.split('.'), { computed: true }, type);
    return [type, { ...schema, block }];
  });
  const found = Object.entries(data_source_schemas).map(([type, schema]): [string, ResourceSchema] => [
    type,
    { ...schema, block: withLookups(schema.block) },
  ]);
  return {
    ...provider,
    schema: {
      ...provider.schema,
      resource_schemas: Object.fromEntries(completed),
      data_source_schemas: Object.fromEntries(found),
    },
  };
}

/** Of a data source, every argument that is not given is answered: it is found by one of several keys. */
function withLookups(block: BlockSchema): BlockSchema {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, AttributeSchema] => [
    name,
    attribute.optional ? { ...attribute, computed: true } : attribute,
  ]);
  return { ...block, attributes: Object.fromEntries(attributes) };
}

function mark(
  block: BlockSchema,
  [name = '', ...inner]: readonly string[],
  flags: Pick<AttributeSchema, 'sensitive' | 'computed' | 'write_only'>,
  type: string,
): BlockSchema {
  const attribute = block.attributes[name];
  const nested = block.block_types[name];
  if (inner.length === 0 && attribute !== undefined)
    return { ...block, attributes: { ...block.attributes, [name]: { ...attribute, ...flags } } };
  // A block that the provider may fill in is an attribute to Terraform, and is sensitive as a whole or not at all.
  if (inner.length > 0 && attribute !== undefined) return block;
  if (nested === undefined || inner.length === 0) throw new Error(`${type} has no ${[name, ...inner].join('.')}`);
  const marked = { ...nested, block: mark(nested.block, inner, flags, type) };
  return { ...block, block_types: { ...block.block_types, [name]: marked } };
}
