locals {
  identity_client_ids = { for key, identity in azurerm_user_assigned_identity.this : key => identity.client_id }

  # Every name is explained in docs/configuration.md. No value is a secret.
  app_settings = merge(
    {
      # The host. Never AzureWebJobsStorage itself: even an empty one keeps the host from its identity.
      AzureWebJobsStorage__accountName = azurerm_storage_account.host.name
      AzureWebJobsStorage__credential  = "managedidentity"
      AzureWebJobsStorage__clientId    = local.identity_client_ids["host"]
      TASK_HUB_NAME                    = "offboarding${var.environment}"
      # Otherwise the host shows its own page at the app's bare address, where the app leads to the console.
      AzureWebJobsDisableHomepage = "true"
      # The provider calls it sensitive; with local authentication disabled it only says where to.
      APPLICATIONINSIGHTS_CONNECTION_STRING     = nonsensitive(azurerm_application_insights.this.connection_string)
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING = "Authorization=AAD;ClientId=${local.identity_client_ids["host"]}"

      LeaverQueue__queueServiceUri = "https://${local.data_account}.queue.core.windows.net"
      LeaverQueue__credential      = "managedidentity"
      LeaverQueue__clientId        = local.identity_client_ids["remover"]

      # The app
      TENANT_ID         = var.tenant_id
      READER_CLIENT_ID  = local.identity_client_ids["reader"]
      REMOVER_CLIENT_ID = local.identity_client_ids["remover"]
      # The audience of a v2.0 token is the client id, whatever URI the client asked for.
      API_AUDIENCE = azuread_application.api.client_id
      # Said to whoever wants to sign in.
      SIGN_IN_CLIENT_ID = azuread_application.sign_in.client_id
      PROTECTED_OIDS = join(",", concat(
        values(var.protected_object_ids),
        [for identity in azurerm_user_assigned_identity.this : identity.principal_id],
      ))
      PROTECTED_GROUPS       = join(",", values(var.protected_group_ids))
      BUSINESS_TIME_ZONE     = var.business_time_zone
      ENTRA_NOTIFICATION_URL = local.notification_url

      # Where messages and reports send people to look at a case.
      CONSOLE_URL = var.console_url == null ? "https://${local.hostname}/console" : var.console_url

      # Plan, unless somebody decided otherwise: no machine cuts anybody off before a person has read what it would do.
      ENTRA_EVENTS_MODE = var.entra_events_mode
      HR_QUEUE_MODE     = var.hr_queue_mode
      SWEEP_MODE        = var.sweep_mode

      LIFECYCLE_WORKFLOWS_MODE   = var.lifecycle_workflows_mode
      LIFECYCLE_WORKFLOWS_APP_ID = var.lifecycle_workflows_app_id == null ? "" : var.lifecycle_workflows_app_id

      GATEWAY_APP_ID                = var.gateway_app_id
      APPLICATION_ONLY_SERVERS      = join(",", [for server, client_id in var.app_only_servers : "${server}=${client_id}"])
      WRITING_CLIENT_IDS            = join(",", var.writing_client_ids)
      ACCESS_TOKEN_LIFETIME_MINUTES = tostring(var.access_token_lifetime_minutes)
      AUDIT_WORKSPACE_ID            = var.workspace_customer_id
      AUDIT_WORKSPACE_RESOURCE_ID   = var.workspace_id

      SUBSCRIPTION_IDS     = join(",", var.subscription_ids)
      APPROVED_SUBNET_IDS  = join(",", var.approved_subnet_ids)
      TERRAFORM_MANAGED    = join(",", values(var.terraform_managed_identity_ids))
      GITHUB_ORGANISATIONS = join(",", var.github_organisations)
      MACHINES_OWNER_IDS   = join(",", var.machines_owner_ids)
      MACHINES_AUDIENCE    = var.machines_audience
      GITHUB_APP_ID        = var.github_app_id
      GITHUB_APP_KEY_ID    = local.github_app_key_id
      EVIDENCE_KEY_ID      = local.evidence_key_id
      SECURITY_REPOSITORY  = var.security_repository
      DEVOPS_ORGANISATIONS = join(",", var.devops_organisations)
      TRUSTED_OWNERS       = join(",", var.trusted_owners)
      EXEMPT_SOURCES       = jsonencode(var.exempt_sources)
      ACKNOWLEDGED_LIMITS  = jsonencode(var.acknowledged_limits)
      POSTURE_EXCEPTIONS   = jsonencode(var.posture_exceptions)
      EXPOSURE             = join(",", var.exposure)

      WORKSTATION_HUNTING         = var.workstation_hunting.enabled ? "on" : "off"
      SHARED_HOSTS                = join(",", var.workstation_hunting.shared_hosts)
      ALLOWED_WORKSTATION_SERVERS = join(",", var.workstation_hunting.allowed_servers)

      ASSESSOR_CLIENT_ID = local.identity_client_ids["assessor"]

      BLOB_ENDPOINT  = "https://${local.data_account}.blob.core.windows.net"
      TABLE_ENDPOINT = "https://${local.data_account}.table.core.windows.net"
    },
    !local.has_gateway ? {} : {
      GATEWAY_APIM_ID        = var.gateway_apim_id
      GATEWAY_AUDIENCES      = join(",", var.gateway_audiences)
      DENY_LIST_NAMED_VALUES = join(",", var.deny_list_named_values)
    },
    var.gateway_url == null ? {} : { GATEWAY_URL = var.gateway_url },
    # Without a second App, which only reads, nothing of GitHub is read for the checklist.
    !local.assessor_github_app ? {} : {
      ASSESSOR_GITHUB_APP_ID     = var.assessor_github_app_id
      ASSESSOR_GITHUB_APP_KEY_ID = local.assessor_github_app_key_id
    },
    var.canary == null ? {} : {
      CANARY_CLIENT_ID = local.identity_client_ids["canary"]
      CANARY_URL       = var.canary.url
      CANARY_RULE_ID   = var.canary.rule_id
    },
    # Without a hub the app has no function that would listen to it.
    !local.has_eventhub ? {} : {
      ToolCalls__fullyQualifiedNamespace = var.eventhub_namespace_fqdn
      ToolCalls__credential              = "managedidentity"
      ToolCalls__clientId                = local.identity_client_ids["ingestor"]
      TOOL_CALLS_EVENT_HUB               = var.eventhub_name
      TOOL_CALLS_CONSUMER_GROUP          = var.eventhub_consumer_group

      INGESTOR_CLIENT_ID      = local.identity_client_ids["ingestor"]
      LOGS_INGESTION_ENDPOINT = var.logs_ingestion_endpoint
      AUDIT_RULE_ID           = var.dcr_immutable_id
      AUDIT_STREAM            = var.dcr_stream_name
    },
    # Rows about cases and posture go through the same rule, as the same identity.
    !local.has_eventhub || var.cases_stream_name == null ? {} : { CASES_STREAM = var.cases_stream_name },
    !local.has_eventhub || var.posture_stream_name == null ? {} : { POSTURE_STREAM = var.posture_stream_name },
    {
      for name, moments in {
        ISSUE_MOMENTS   = var.messages.issue
        TEAMS_MOMENTS   = var.messages.teams
        WEBHOOK_MOMENTS = var.messages.webhook
        LOG_MOMENTS     = var.messages.log
      } : name => length(moments) == 0 ? "none" : join(",", moments) if moments != null
    },
    length(var.messages.plans) == 0 ? {} : { PLANS_TOLD_TO = join(",", var.messages.plans) },
    # The secret that signs is in the vault; the address is none.
    var.webhook == null ? {} : {
      WEBHOOK_URL    = var.webhook.url
      WEBHOOK_SECRET = "@Microsoft.KeyVault(VaultName=${local.vault_name};SecretName=${var.webhook.secret_name})"
    },
    # The address of a Teams workflow holds its key: the app reads it from the vault.
    var.teams_webhook_secret_name == null ? {} : {
      TEAMS_WEBHOOK_URL = "@Microsoft.KeyVault(VaultName=${local.vault_name};SecretName=${var.teams_webhook_secret_name})"
    },
    var.settings,
  )
}
