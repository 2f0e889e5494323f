module "audit" {
  source = "./modules/audit"

  environment         = var.environment
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  name_suffix         = local.suffix
  tags                = local.tags

  retention_days       = var.retention_days
  total_retention_days = var.total_retention_days
  existing_workspace   = var.existing_workspace

  # Nobody writes to it without a gateway, and it costs by the hour.
  eventhub_enabled                = local.has_gateway
  eventhub_capacity               = var.eventhub.capacity
  eventhub_maximum_capacity       = var.eventhub.maximum_capacity
  eventhub_partitions             = var.eventhub.partitions
  eventhub_message_retention_days = var.eventhub.message_retention_days
  private_endpoint = !local.has_gateway ? null : {
    subnet_id           = local.network.private_endpoint_subnet_id
    private_dns_zone_id = local.network.private_dns_zone_ids["servicebus"]
  }

  business_time_zone                 = var.business_time_zone
  business_hours                     = var.detection_settings.business_hours
  file_system_limits                 = var.detection_settings.file_system_limits
  write_verbs                        = var.detection_settings.write_verbs
  refusal_limits                     = var.detection_settings.refusal_limits
  silence                            = var.detection_settings.silence
  unauthenticated_limit              = var.detection_settings.unauthenticated_limit
  unauthenticated_limit_over_servers = var.detection_settings.unauthenticated_limit_over_servers
  expected_callers                   = var.expected_callers
  alert_severities                   = var.detection_settings.severities
  alert_email_receivers              = var.alert_email_receivers
  additional_action_group_ids        = var.additional_action_group_ids
  departed_object_ids                = var.departed_object_ids
  canary                             = local.has_canary
  # Every detection reads the gateway's calls: without one they would raise the alert that none arrive, for ever.
  alerts_enabled = var.alerts_enabled && local.has_gateway
}

module "mcp_server" {
  source   = "./modules/mcp-server"
  for_each = var.mcp_servers

  environment         = var.environment
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  tags                = local.tags

  server_type           = each.key
  image                 = "${local.registry.login_server}/${each.value.image}"
  registry_id           = local.registry.id
  registry_login_server = local.registry.login_server
  subnet_id             = local.network.mcp_subnet_id
  secrets               = each.value.secrets
  port                  = var.network.mcp_port
  dns_servers           = var.network.dns_servers
  cpu                   = each.value.cpu
  memory                = each.value.memory
  log_endpoint          = module.audit.logs_ingestion_endpoint
  allowed_orgs          = each.value.allowed_orgs
  environment_variables = each.value.environment_variables

  # The first pull already goes through the private endpoint.
  depends_on = [azurerm_private_endpoint.registry]
}

module "gateway_app" {
  source = "./modules/gateway-app"

  display_name           = "MCP gateway (${var.environment})"
  identifier_uri         = coalesce(var.gateway_identifier_uri, "api://${var.tenant_id}/mcp-gateway-${var.environment}")
  secrets_identifier_uri = coalesce(var.secrets_identifier_uri, "api://${var.tenant_id}/mcp-secrets-${var.environment}")

  allowed_clients                     = var.allowed_clients
  writing_clients                     = var.writing_clients
  developer_group_ids                 = var.developer_group_ids
  writer_group_ids                    = var.writer_group_ids
  administrator_service_principal_ids = var.administrator_service_principal_ids
  additional_identifier_uris          = distinct(concat(local.server_uris, var.additional_identifier_uris))
  owner_object_ids                    = var.gateway_app_owner_ids
  conditional_access_state            = coalesce(var.conditional_access_state, local.has_gateway ? "enabled" : "disabled")

  pipeline_service_principal_ids         = var.reading_service_principal_ids
  writing_pipeline_service_principal_ids = var.writing_service_principal_ids

  # Their role on the gateway itself is the module pipeline-identity's to assign.
  secrets_pipeline_service_principal_ids = {
    for name, pipeline in var.pipelines : name => module.pipeline_identity[name].principal_id if pipeline.secrets
  }
}

module "pipeline_identity" {
  source   = "./modules/pipeline-identity"
  for_each = var.pipelines

  environment         = var.environment
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  tags                = local.tags

  # The pipeline called default has the plain name id-mcp-pipeline-<environment>.
  name                                = each.key == "default" ? null : each.key
  github_organisation                 = each.value.github_organisation
  github_repository                   = each.value.github_repository
  branch                              = each.value.branch
  environment_name                    = each.value.environment_name
  organisation_id                     = each.value.organisation_id
  repository_id                       = each.value.repository_id
  gateway_service_principal_object_id = module.gateway_app.service_principal_object_id
  gateway_app_role_id                 = module.gateway_app.app_role_ids[each.value.role]
}

module "gateway" {
  source = "./modules/gateway"
  count  = local.has_gateway ? 1 : 0

  environment         = var.environment
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  name_suffix         = local.suffix
  tags                = local.tags

  publisher_name      = var.publisher_name
  publisher_email     = var.publisher_email
  production          = var.profile == "production"
  networking          = var.gateway_networking
  sku_name            = local.gateway_sku
  subnet_id           = local.network.gateway_subnet_id
  virtual_network_ids = { mcp = local.network.id }
  host_name           = var.gateway_host_name
  certificate         = var.gateway_certificate
  private_endpoint = !local.gateway_v2 ? null : {
    subnet_id = local.network.private_endpoint_subnet_id
    address   = one(module.network[*].gateway_private_address)
  }

  tenant_id              = var.tenant_id
  audiences              = module.gateway_app.audiences
  identifier_uri         = module.gateway_app.identifier_uri
  secrets_audience       = module.gateway_app.secrets_client_id
  secrets_identifier_uri = module.gateway_app.secrets_identifier_uri
  allowed_client_ids     = module.gateway_app.allowed_client_ids
  write_role             = module.gateway_app.write_role
  calls_per_minute       = var.calls_per_minute
  authority_host         = var.authority_host

  calls_per_minute_of_address = var.gateway_settings.calls_per_minute_of_address
  allowed_origins             = var.gateway_settings.allowed_origins
  maximum_message_depth       = var.gateway_settings.maximum_message_depth
  maximum_message_bytes       = var.gateway_settings.maximum_message_bytes
  allowed_methods             = var.gateway_settings.allowed_methods
  read_tool_prefixes          = var.gateway_settings.read_tool_prefixes
  admin_tool_parts            = var.gateway_settings.admin_tool_parts
  resource_arguments          = var.gateway_settings.resource_arguments
  resource_argument_endings   = var.gateway_settings.resource_argument_endings

  additional_resource_arguments = var.gateway_settings.additional_resource_arguments

  deny_list_named_values = var.gateway_settings.deny_list_named_values

  canary = local.has_canary ? { principal_id = module.offboarding.canary_principal_id } : null

  mcp_servers = {
    for type, server in var.mcp_servers : type => {
      backend_url    = module.mcp_server[type].backend_url
      path           = server.path
      secrets        = server.secrets
      tasks          = server.tasks
      resources      = server.resources
      prompts        = server.prompts
      client_answers = server.client_answers
      allowed_roots  = server.allowed_roots
    }
  }

  eventhub_namespace_fqdn = module.audit.eventhub_namespace_fqdn
  eventhub_namespace_id   = module.audit.eventhub_namespace_id
  eventhub_name           = module.audit.eventhub_name
  eventhub_id             = module.audit.eventhub_id
  gateway_logs            = { workspace_id = module.audit.workspace_id }
}

moved {
  from = module.gateway
  to   = module.gateway[0]
}
