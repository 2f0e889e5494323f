locals {
  suffix = coalesce(var.name_suffix, substr(sha256("${var.subscription_id}/${var.environment}"), 0, 6))
  tags   = merge({ application = "mcp", environment = var.environment }, var.tags)

  registry_name = "acrmcp${var.environment}${local.suffix}"
  registry = {
    id           = var.registry == null ? one(azurerm_container_registry.this[*].id) : var.registry.id
    login_server = var.registry == null ? "${local.registry_name}.azurecr.io" : var.registry.login_server
  }
}

resource "azurerm_resource_group" "platform" {
  name     = "rg-mcp-${var.environment}"
  location = var.location
  tags     = local.tags
}

resource "azurerm_resource_group" "offboarding" {
  name     = "rg-offboarding-${var.environment}"
  location = var.location
  tags     = local.tags
}

resource "azurerm_container_registry" "this" {
  count = var.registry == null ? 1 : 0

  name                   = local.registry_name
  location               = var.location
  resource_group_name    = azurerm_resource_group.platform.name
  sku                    = "Premium"
  admin_enabled          = false
  anonymous_pull_enabled = false
  tags                   = local.tags
}

# Image layers come from *.blob.core.windows.net unless a private endpoint (Premium) serves them, and MCP servers
# may not reach Storage at large: its service tag covers everybody's accounts.
resource "azurerm_private_endpoint" "registry" {
  count = try(var.registry.private_endpoint, true) ? 1 : 0

  name                = "pe-${local.registry_name}"
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  subnet_id           = module.network.private_endpoint_subnet_id
  tags                = local.tags

  private_service_connection {
    name                           = "registry"
    private_connection_resource_id = local.registry.id
    subresource_names              = ["registry"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [module.network.private_dns_zone_ids["acr"]]
  }
}

module "network" {
  source = "./modules/network"

  environment         = var.environment
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  tags                = local.tags

  address_space                    = var.network.address_space
  mcp_subnet_prefix                = var.network.mcp_subnet_prefix
  gateway_subnet_prefix            = var.network.gateway_subnet_prefix
  offboarding_subnet_prefix        = var.network.offboarding_subnet_prefix
  private_endpoint_subnet_prefix   = var.network.private_endpoint_subnet_prefix
  runner_subnet_cidr               = var.network.runner_subnet_cidr
  runners_may_bypass_gateway       = var.network.runners_may_bypass_gateway
  gateway_client_prefixes          = var.network.gateway_client_prefixes
  gateway_accepts_internet         = var.gateway_networking == "external"
  private_endpoint_client_prefixes = var.network.private_endpoint_client_prefixes
  outbound_destinations            = var.network.outbound_destinations
  nat_gateway_enabled              = var.network.nat_gateway_enabled
}

# Definitions and assignments are the subscription's: a second environment there would find their names taken.
module "policy" {
  source = "./modules/policy"
  count  = var.policies_assigned_elsewhere ? 0 : 1

  subscription_id     = var.subscription_id
  approved_subnet_ids = concat([module.network.mcp_subnet_id], var.additional_approved_subnet_ids)
  effect              = var.policy_effect
}

module "audit" {
  source = "./modules/audit"

  environment         = var.environment
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  name_suffix         = local.suffix
  tags                = local.tags

  retention_days       = var.retention_days
  total_retention_days = var.total_retention_days
  private_endpoint = {
    subnet_id           = module.network.private_endpoint_subnet_id
    private_dns_zone_id = module.network.private_dns_zone_ids["servicebus"]
  }

  business_time_zone          = var.business_time_zone
  business_hours              = var.detection_settings.business_hours
  file_system_limits          = var.detection_settings.file_system_limits
  write_verbs                 = var.detection_settings.write_verbs
  refusal_limits              = var.detection_settings.refusal_limits
  silence                     = var.detection_settings.silence
  unauthenticated_limit       = var.detection_settings.unauthenticated_limit
  expected_callers            = var.expected_callers
  alert_severities            = var.detection_settings.severities
  alert_email_receivers       = var.alert_email_receivers
  additional_action_group_ids = var.additional_action_group_ids
  departed_object_ids         = var.departed_object_ids
  alerts_enabled              = var.alerts_enabled
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
  subnet_id             = module.network.mcp_subnet_id
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
  conditional_access_state            = var.conditional_access_state

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

  environment         = var.environment
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  name_suffix         = local.suffix
  tags                = local.tags

  publisher_name      = var.publisher_name
  publisher_email     = var.publisher_email
  production          = var.production
  networking          = var.gateway_networking
  sku_name            = var.gateway_sku
  subnet_id           = module.network.gateway_subnet_id
  virtual_network_ids = { mcp = module.network.vnet_id }

  tenant_id              = var.tenant_id
  audiences              = module.gateway_app.audiences
  identifier_uri         = module.gateway_app.identifier_uri
  secrets_audience       = module.gateway_app.secrets_client_id
  secrets_identifier_uri = module.gateway_app.secrets_identifier_uri
  allowed_client_ids     = module.gateway_app.allowed_client_ids
  write_role             = module.gateway_app.write_role
  calls_per_minute       = var.calls_per_minute

  mcp_servers = {
    for type, server in var.mcp_servers : type => { backend_url = module.mcp_server[type].backend_url, path = server.path }
  }

  eventhub_namespace_fqdn = module.audit.eventhub_namespace_fqdn
  eventhub_namespace_id   = module.audit.eventhub_namespace_id
  eventhub_name           = module.audit.eventhub_name
  eventhub_id             = module.audit.eventhub_id
  gateway_logs            = { workspace_id = module.audit.workspace_id }
}

module "offboarding" {
  source = "./modules/offboarding"

  environment         = var.environment
  location            = var.location
  resource_group_name = azurerm_resource_group.offboarding.name
  name_suffix         = local.suffix
  tags                = local.tags

  tenant_id            = var.tenant_id
  subscription_id      = var.subscription_id
  subscription_ids     = length(var.subscription_ids) == 0 ? [var.subscription_id] : var.subscription_ids
  protected_object_ids = var.protected_object_ids
  business_time_zone   = var.business_time_zone

  gateway_app_id          = module.gateway_app.client_id
  gateway_apim_id         = module.gateway.apim_id
  deny_list_named_values  = module.gateway.deny_list_named_values
  workspace_id            = module.audit.workspace_id
  workspace_customer_id   = module.audit.workspace_customer_id
  eventhub_namespace_fqdn = module.audit.eventhub_namespace_fqdn
  eventhub_id             = module.audit.eventhub_id
  eventhub_name           = module.audit.eventhub_name
  eventhub_consumer_group = module.audit.eventhub_consumer_group
  logs_ingestion_endpoint = module.audit.logs_ingestion_endpoint
  dcr_id                  = module.audit.dcr_id
  dcr_immutable_id        = module.audit.dcr_immutable_id
  dcr_stream_name         = module.audit.dcr_stream_name
  action_group_id         = module.audit.action_group_id

  github_organisations           = var.github_organisations
  github_app_id                  = var.github_app_id
  github_app_key_version         = var.github_app_key_version
  security_repository            = var.security_repository
  devops_organisations           = var.devops_organisations
  trusted_owners                 = var.trusted_owners
  exempt_sources                 = var.exempt_sources
  acknowledged_limits            = var.acknowledged_limits
  terraform_managed_identity_ids = { for name, pipeline in module.pipeline_identity : name => pipeline.identity_id }
  teams_webhook_secret_name      = var.teams_webhook_secret_name
  settings                       = var.offboarding_settings

  entra_events_mode = var.entra_events_mode
  hr_queue_mode     = var.hr_queue_mode
  sweep_mode        = var.sweep_mode

  operators               = var.operators
  hr_sender_object_ids    = var.hr_sender_object_ids
  key_importer_object_ids = var.key_importer_object_ids

  node_version               = var.node_version
  offboarding_subnet_id      = module.network.offboarding_subnet_id
  private_endpoint_subnet_id = module.network.private_endpoint_subnet_id
  private_dns_zone_ids       = module.network.private_dns_zone_ids
  app_private_dns_zone_id    = var.app_private_dns_zone_id
  operator_address_prefixes  = var.operator_address_prefixes
  deployer_address_prefixes  = var.deployer_address_prefixes

  evidence_retention_days   = var.evidence_retention_days
  evidence_locked           = var.evidence_locked
  storage_replication       = var.storage_replication
  entra_partner_topic_name  = var.entra_partner_topic_name
  entra_partner_topic_ready = var.entra_partner_topic_ready
  monthly_budget            = var.monthly_budget
  alerts_enabled            = var.alerts_enabled
}
