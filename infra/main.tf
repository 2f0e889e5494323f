locals {
  suffix = coalesce(var.name_suffix, substr(sha256("${var.subscription_id}/${var.environment}"), 0, 6))
  tags   = merge({ application = "mcp", environment = var.environment }, var.tags)

  # A trial is the app and its audit log: nothing that would have to be paid for before anybody knows what is found.
  has_gateway = var.profile != "trial"
  # Without a gateway there is nothing to call.
  has_canary = var.canary && local.has_gateway

  registry_name = "acrmcp${var.environment}${local.suffix}"
  registry = {
    id           = var.registry == null ? one(azurerm_container_registry.this[*].id) : var.registry.id
    login_server = var.registry != null ? var.registry.login_server : local.has_gateway ? "${local.registry_name}.azurecr.io" : null
  }

  network = {
    id                         = var.existing_network != null ? var.existing_network.id : module.network[0].vnet_id
    mcp_subnet_id              = var.existing_network != null ? var.existing_network.mcp_subnet_id : module.network[0].mcp_subnet_id
    gateway_subnet_id          = var.existing_network != null ? var.existing_network.gateway_subnet_id : module.network[0].gateway_subnet_id
    offboarding_subnet_id      = var.existing_network != null ? var.existing_network.offboarding_subnet_id : module.network[0].offboarding_subnet_id
    private_endpoint_subnet_id = var.existing_network != null ? var.existing_network.private_endpoint_subnet_id : module.network[0].private_endpoint_subnet_id
    private_dns_zone_ids       = var.existing_network != null ? var.private_dns_zone_ids : module.network[0].private_dns_zone_ids
  }
  approved_subnet_ids  = concat([local.network.mcp_subnet_id], var.additional_approved_subnet_ids)
  private_dns_services = local.has_gateway ? ["blob", "queue", "table", "vault", "servicebus", "acr"] : ["blob", "queue", "table", "vault"]

  # Entra gives a token for a resource that a client names only where that is an identifier URI, and takes only those of a
  # verified domain. Nobody signs in at a secrets server.
  server_uris = var.gateway_host_name == null ? [] : [
    for type, server in var.mcp_servers : "https://${var.gateway_host_name}/mcp/${type}" if !server.secrets
  ]

  # What hands out secrets, by its name: a monkey is no key, and a secretary no secret.
  secrets_pattern = "secret([^a]|a[^r]|$)|credential|passw(or)?d|passphrase|vault|bitwarden|keepass|lastpass|(^|[^a-z0-9])((api|access|account|ssh|pgp|gpg|pass|private|master|signing|encryption)?keys?(chains?|rings?|stores?)?|kv|creds)[0-9]*([^a-z0-9]|$)"

  # API Management's v2 tiers are not in the network but reach into it, through a subnet delegated to them.
  gateway_sku = coalesce(var.gateway_sku, var.profile == "production" ? "Premium_1" : "Developer_1")
  gateway_v2  = startswith(local.gateway_sku, "StandardV2_")
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
  count = local.has_gateway && var.registry == null ? 1 : 0

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
  count = local.has_gateway && try(var.registry.private_endpoint, true) ? 1 : 0

  name                = "pe-${local.registry_name}"
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  subnet_id           = local.network.private_endpoint_subnet_id
  tags                = local.tags

  private_service_connection {
    name                           = "registry"
    private_connection_resource_id = local.registry.id
    subresource_names              = ["registry"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [local.network.private_dns_zone_ids["acr"]]
  }
}

module "network" {
  source = "./modules/network"
  count  = var.existing_network == null ? 1 : 0

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
  outbound_service_tags            = var.network.outbound_service_tags
  mcp_port                         = var.network.mcp_port
  nat_gateway_enabled              = var.network.nat_gateway_enabled
  gateway_integration              = local.gateway_v2
  private_dns_services             = local.private_dns_services
  existing_private_dns_zone_ids    = var.private_dns_zone_ids
}

moved {
  from = module.network
  to   = module.network[0]
}

# Definitions and assignments are the subscription's: a second environment there would find their names taken.
module "policy" {
  source = "./modules/policy"
  count  = var.policies_assigned_elsewhere ? 0 : 1

  tag_value_effect         = var.tag_value_policy_effect
  other_compute_effect     = var.other_compute_policy_effect
  plain_credentials_effect = var.plain_credentials_policy_effect
  harmless_variable_names  = var.harmless_variable_names

  subscription_id     = var.subscription_id
  approved_subnet_ids = local.approved_subnet_ids
  effect              = coalesce(var.policy_effect, local.has_gateway ? "Deny" : "Audit")
  untagged_effect     = var.untagged_policy_effect
  enforce             = var.policies_enforced
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
  approved_subnet_ids  = local.approved_subnet_ids
  protected_object_ids = var.protected_object_ids
  protected_group_ids  = var.protected_group_ids
  business_time_zone   = var.business_time_zone

  gateway_app_id     = module.gateway_app.client_id
  app_only_servers   = { for type, server in var.mcp_servers : type => module.gateway_app.secrets_client_id if server.secrets }
  writing_client_ids = [for name in sort(tolist(var.writing_clients)) : var.allowed_clients[name]]
  gateway_apim_id    = local.has_gateway ? module.gateway[0].apim_id : null
  gateway_url        = local.has_gateway ? module.gateway[0].gateway_url : null
  canary = !local.has_canary ? null : {
    url                                 = module.gateway[0].canary_url
    rule_id                             = module.audit.canary_rule_id
    gateway_service_principal_object_id = module.gateway_app.service_principal_object_id
    gateway_app_role_id                 = module.gateway_app.app_role_ids["mcp.tools.read.app"]
  }
  gateway_audiences       = concat(module.gateway_app.audiences, compact([module.gateway_app.secrets_client_id]))
  deny_list_named_values  = local.has_gateway ? module.gateway[0].deny_list_named_values : []
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
  cases_stream_name       = module.audit.cases_stream_name
  posture_stream_name     = module.audit.posture_stream_name
  action_group_id         = module.audit.action_group_id

  assessor_github_app_id          = var.assessor_github_app_id
  assessor_github_app_key_name    = var.assessor_github_app_key_name
  assessor_github_app_key_version = var.assessor_github_app_key_version

  github_organisations           = var.github_organisations
  machines_owner_ids             = var.machines_owner_ids
  machines_audience              = var.machines_audience
  github_app_id                  = var.github_app_id
  github_app_key_name            = var.github_app_key_name
  github_app_key_version         = var.github_app_key_version
  security_repository            = var.security_repository
  devops_organisations           = var.devops_organisations
  trusted_owners                 = var.trusted_owners
  exempt_sources                 = var.exempt_sources
  acknowledged_limits            = var.acknowledged_limits
  posture_exceptions             = var.posture_exceptions
  workstation_hunting            = var.workstation_hunting
  exposure                       = var.exposure
  terraform_managed_identity_ids = { for name, pipeline in module.pipeline_identity : name => pipeline.identity_id }
  teams_webhook_secret_name      = var.teams_webhook_secret_name
  webhook                        = var.webhook
  messages                       = var.messages
  console_url                    = var.console_url
  settings                       = var.offboarding_settings

  entra_events_mode = var.entra_events_mode
  hr_queue_mode     = var.hr_queue_mode
  sweep_mode        = var.sweep_mode

  lifecycle_workflows_mode   = var.lifecycle_workflows_mode
  lifecycle_workflows_app_id = var.lifecycle_workflows_app_id

  operators               = var.operators
  hr_sender_object_ids    = var.hr_sender_object_ids
  key_importer_object_ids = var.key_importer_object_ids
  api_client_ids          = var.api_client_ids

  node_version               = var.node_version
  maximum_instances          = var.scale.maximum_instances
  instance_memory_mb         = var.scale.instance_memory_mb
  always_ready_orchestrators = var.scale.always_ready_orchestrators
  offboarding_subnet_id      = local.network.offboarding_subnet_id
  private_endpoint_subnet_id = local.network.private_endpoint_subnet_id
  private_dns_zone_ids       = local.network.private_dns_zone_ids
  app_private_dns_zone_id    = var.app_private_dns_zone_id
  operator_address_prefixes  = var.operator_address_prefixes
  deployer_address_prefixes  = var.deployer_address_prefixes

  access_token_lifetime_minutes = var.access_token_lifetime_minutes
  partner_authorisation_days    = var.partner_authorisation_days
  work_retention_days           = var.work_retention_days

  evidence_retention_days   = var.evidence_retention_days
  evidence_locked           = var.evidence_locked
  storage_replication       = var.storage_replication
  entra_partner_topic_name  = var.entra_partner_topic_name
  entra_partner_topic_ready = var.entra_partner_topic_ready
  monthly_budget            = var.monthly_budget
  alerts_enabled            = var.alerts_enabled
}
