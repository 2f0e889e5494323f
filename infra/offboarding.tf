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
  action_group_ids        = concat([module.audit.action_group_id], var.additional_action_group_ids)

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
