provider "azurerm" {
  features {}
}

variables {
  environment                = "test"
  location                   = "westeurope"
  resource_group_name        = "rg-offboarding-test"
  name_suffix                = "a1b2c3"
  tenant_id                  = "6b8f2c1d-0a4e-4f5b-9c7d-1e2f3a4b5c6d"
  subscription_id            = "1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b"
  subscription_ids           = ["1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b", "2d0b8f46-3c5e-4071-9bac-1d2e3f4a5b6c"]
  business_time_zone         = "Europe/Berlin"
  gateway_app_id             = "3e1c9057-4d6f-4182-8cbd-2e3f4a5b6c7d"
  gateway_apim_id            = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.ApiManagement/service/apim-mcp-test"
  deny_list_named_values     = ["mcp-denied-oids", "mcp-denied-oids-2"]
  workspace_id               = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.OperationalInsights/workspaces/log-mcp-test"
  workspace_customer_id      = "4f2da168-5e70-4293-9dce-3f4a5b6c7d8e"
  eventhub_namespace_fqdn    = "evhns-mcp-test.servicebus.windows.net"
  eventhub_id                = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.EventHub/namespaces/evhns-mcp-test/eventhubs/mcp-tool-calls"
  eventhub_name              = "mcp-tool-calls"
  eventhub_consumer_group    = "offboarding"
  logs_ingestion_endpoint    = "https://dce-mcp-test.westeurope-1.ingest.monitor.azure.com"
  dcr_id                     = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Insights/dataCollectionRules/dcr-mcp-test"
  dcr_immutable_id           = "dcr-0123456789abcdef0123456789abcdef"
  dcr_stream_name            = "Custom-MCPAuditLog_CL"
  cases_stream_name          = "Custom-MCPOffboardingCases_CL"
  posture_stream_name        = "Custom-MCPPosture_CL"
  action_group_ids           = ["/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Insights/actionGroups/ag-mcp-test", "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-soc/providers/Microsoft.Insights/actionGroups/ag-pager"]
  github_organisations       = ["contoso"]
  github_app_id              = "123456"
  security_repository        = "contoso/security"
  approved_subnet_ids        = ["/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Network/virtualNetworks/vnet-mcp-test/subnets/snet-mcp-servers"]
  offboarding_subnet_id      = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Network/virtualNetworks/vnet-mcp-test/subnets/snet-offboarding"
  private_endpoint_subnet_id = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Network/virtualNetworks/vnet-mcp-test/subnets/snet-private-endpoints"
  private_dns_zone_ids = {
    blob  = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net"
    queue = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Network/privateDnsZones/privatelink.queue.core.windows.net"
    table = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Network/privateDnsZones/privatelink.table.core.windows.net"
    vault = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net"
  }
}

run "closed_and_granted_what_the_table_says_before_key_and_topic_are_there" {
  command = plan

  assert {
    condition     = local.app_settings.GITHUB_APP_KEY_ID == "https://kv-offb-test-a1b2c3.vault.azure.net/keys/github-app"
    error_message = "The key's id has no version yet."
  }

  assert {
    condition     = !anytrue([for assignment in keys(azurerm_role_assignment.this) : endswith(assignment, "/key")])
    error_message = "Nobody may sign with a key that is not there."
  }

  assert {
    condition     = length(azapi_resource.entra_events) == 0 && length(azapi_resource_action.activate_partner_topic) == 0
    error_message = "A topic that Graph has not made yet cannot be subscribed to."
  }

  assert {
    condition     = !contains(keys(local.app_settings), "AzureWebJobsStorage") && local.app_settings.AzureWebJobsStorage__credential == "managedidentity"
    error_message = "The host signs in to its storage as its identity, without any connection string."
  }

  assert {
    condition     = tolist(azuread_application.sign_in.public_client[0].redirect_uris) == tolist(["http://localhost"]) && length(azuread_application.sign_in.required_resource_access) == 1
    error_message = "People sign in with a public client, which answers to their own machine and asks for this API alone."
  }

  assert {
    condition     = tolist(azuread_application.sign_in.single_page_application[0].redirect_uris) == tolist(["https://${local.hostname}/console/signed-in.html"])
    error_message = "The console signs people in at its own address and at no other."
  }

  assert {
    condition     = !contains(azapi_update_resource.authentication.body.properties.globalValidation.excludedPaths, "/") && contains(azapi_update_resource.authentication.body.properties.globalValidation.excludedPaths, "/console/app.js")
    error_message = "Whoever has no token yet gets the console's files, and nothing else of the app."
  }

  assert {
    condition     = local.app_settings.CONSOLE_URL == "https://${local.hostname}/console" && local.app_settings.AzureWebJobsDisableHomepage == "true"
    error_message = "Messages lead to the console, and so does the app's bare address."
  }

  assert {
    condition     = [for name in ["ENTRA_EVENTS_MODE", "HR_QUEUE_MODE", "SWEEP_MODE"] : local.app_settings[name]] == ["plan", "plan", "plan"]
    error_message = "On a new installation no automatic trigger cuts anything."
  }

  assert {
    condition     = !contains(keys(local.app_settings), "TEAMS_WEBHOOK_URL")
    error_message = "Without a secret nobody is told by Teams."
  }

  assert {
    condition = alltrue([for account in [azurerm_storage_account.host, azurerm_storage_account.data] :
      !account.shared_access_key_enabled && !account.public_network_access_enabled && account.min_tls_version == "TLS1_2" && !account.allow_nested_items_to_be_public
    ])
    error_message = "Both accounts are closed."
  }

  assert {
    condition     = azurerm_storage_container_immutability_policy.evidence.immutability_period_in_days == 2555 && !azurerm_storage_container_immutability_policy.evidence.locked
    error_message = "Evidence is kept for seven years; the lock is the operator's decision."
  }

  assert {
    condition     = azurerm_storage_account.data.blob_properties[0].versioning_enabled
    error_message = "Versions are kept."
  }

  assert {
    condition     = length(azurerm_private_endpoint.this) == 7
    error_message = "Each service of both accounts, and the vault, has its private endpoint."
  }

  assert {
    condition     = azurerm_key_vault.this.purge_protection_enabled && azurerm_key_vault.this.rbac_authorization_enabled && !azurerm_key_vault.this.public_network_access_enabled
    error_message = "The vault cannot be purged, knows roles only, and is reached privately."
  }

  assert {
    condition     = local.app_settings.EVIDENCE_KEY_ID == "https://kv-offb-test-a1b2c3.vault.azure.net/keys/evidence-signing"
    error_message = "Evidence is signed with the newest version of the key that is made here."
  }

  assert {
    condition     = azapi_resource_action.evidence_key.body.properties.attributes.exportable == false && azapi_resource_action.evidence_key.body.properties.keyOps == ["sign", "verify"]
    error_message = "The key that signs evidence cannot leave the vault, and only signs."
  }

  assert {
    condition     = [for key in keys(azurerm_role_assignment.this) : key if endswith(key, "/evidence-key")] == ["remover-key-vault-crypto-user/evidence-key"]
    error_message = "Whoever files evidence signs it, and nobody else."
  }

  assert {
    condition     = toset(keys(azuread_app_role_assignment.graph)) == toset(flatten([for identity, names in local.permissions.graph : [for name in names : "${identity}/${name}"]]))
    error_message = "Graph permissions are exactly those of permissions.json."
  }

  assert {
    condition     = alltrue([for key, role in azurerm_role_definition.this : !anytrue([for action in role.permissions[0].actions : strcontains(action, "*")])])
    error_message = "No custom role has a wildcard."
  }

  assert {
    condition     = length([for key in keys(azurerm_role_assignment.this) : key if startswith(key, "reader-identities/")]) == 2
    error_message = "The reader looks into every subscription."
  }
}

run "whoever_works_with_the_app_is_told_where_it_is" {
  command = plan

  assert {
    condition = (
      alltrue([for alert in azurerm_monitor_metric_alert.this : toset(alert.action[*].action_group_id) == toset(var.action_group_ids)]) &&
      alltrue([for alert in azurerm_monitor_scheduled_query_rules_alert_v2.log : toset(flatten(alert.action[*].action_groups)) == toset(var.action_group_ids)]) &&
      alltrue([for notification in azurerm_consumption_budget_resource_group.this.notification : toset(notification.contact_groups) == toset(var.action_group_ids)])
    )
    error_message = "Every alert of the app, and its budget, must tell all of the action groups."
  }

  assert {
    condition     = output.function_app_name == azapi_resource.app.name && output.hostname == "${azapi_resource.app.name}.azurewebsites.net"
    error_message = "The package goes to the app that is made, and the API answers at the name that Azure gives it."
  }

  assert {
    condition     = output.hr_queue_url == "https://${azurerm_storage_account.data.name}.queue.core.windows.net/${azurerm_storage_queue.hr["hr-leavers"].name}"
    error_message = "HR's system writes to a queue that is there."
  }

  assert {
    condition     = output.storage_account_name == azurerm_storage_account.data.name && output.evidence_container_name == azurerm_storage_container.evidence.name && output.key_vault_name == azurerm_key_vault.this.name
    error_message = "Evidence and keys are where the outputs say."
  }
}

run "with_key_and_topic_signing_and_events_are_granted" {
  command = plan

  variables {
    assessor_github_app_id          = "123457"
    assessor_github_app_key_version = "fedcba9876543210fedcba9876543210"

    github_app_key_version    = "0123456789abcdef0123456789abcdef"
    teams_webhook_secret_name = "teams-webhook"
    webhook                   = { url = "https://tickets.contoso.example/hooks", secret_name = "webhook-signing" }
    messages                  = { teams = ["incident", "containment-failed"], log = [], plans = ["webhook"] }
    entra_partner_topic_ready = true
    entra_events_mode         = "apply"
    key_importer_object_ids   = { platform = "94a5b6c7-d8e9-4f00-9112-233445566778" }
    app_private_dns_zone_id   = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/privatelink.azurewebsites.net"
  }

  assert {
    condition     = local.app_settings.GITHUB_APP_KEY_ID == "https://kv-offb-test-a1b2c3.vault.azure.net/keys/github-app/0123456789abcdef0123456789abcdef"
    error_message = "The setting names the key with its version."
  }

  assert {
    condition     = toset([for key in keys(azurerm_role_assignment.this) : key if endswith(key, "/key")]) == toset(["reader-github-key/key", "remover-github-key/key"])
    error_message = "Reader and remover may sign, and nobody else."
  }

  assert {
    condition     = local.app_settings.ASSESSOR_GITHUB_APP_ID == "123457" && local.app_settings.ASSESSOR_GITHUB_APP_KEY_ID == "https://kv-offb-test-a1b2c3.vault.azure.net/keys/github-assessor/fedcba9876543210fedcba9876543210"
    error_message = "The settings name the second App and its key."
  }

  assert {
    condition     = [for key in keys(azurerm_role_assignment.this) : key if endswith(key, "/assessor-key")] == ["assessor-github-key/assessor-key"]
    error_message = "The assessor may sign as the App that only reads, and nobody else."
  }

  assert {
    condition = toset([for assignment in values(azurerm_role_assignment.key_importer) : "${assignment.principal_id}: ${assignment.role_definition_name}"]) == toset([
      "94a5b6c7-d8e9-4f00-9112-233445566778: Key Vault Crypto Officer",
      "94a5b6c7-d8e9-4f00-9112-233445566778: Key Vault Secrets Officer",
    ])
    error_message = "Whoever is named imports the key and the address of the Teams workflow."
  }

  assert {
    condition     = azurerm_private_endpoint.app[0].private_service_connection[0].subresource_names == tolist(["sites"])
    error_message = "With its zone, the app has a private endpoint."
  }

  assert {
    condition     = local.app_settings.TEAMS_WEBHOOK_URL == "@Microsoft.KeyVault(VaultName=kv-offb-test-a1b2c3;SecretName=teams-webhook)"
    error_message = "The address of the Teams workflow is a reference into the vault."
  }

  assert {
    condition = (
      local.app_settings.WEBHOOK_URL == "https://tickets.contoso.example/hooks" &&
      local.app_settings.WEBHOOK_SECRET == "@Microsoft.KeyVault(VaultName=kv-offb-test-a1b2c3;SecretName=webhook-signing)" &&
      toset([for key in keys(azurerm_role_assignment.this) : key if endswith(key, "-secret")]) == toset(["host-key-vault-secrets-user/signing-secret", "host-key-vault-secrets-user/webhook-secret"])
    )
    error_message = "The secret that signs is a reference into the vault, which the host may resolve."
  }

  assert {
    condition = (
      local.app_settings.TEAMS_MOMENTS == "containment-failed,incident" && local.app_settings.LOG_MOMENTS == "none" &&
      local.app_settings.PLANS_TOLD_TO == "webhook" && !contains(keys(local.app_settings), "ISSUE_MOMENTS")
    )
    error_message = "Each channel is told what was chosen for it, and otherwise the app's own choice."
  }

  assert {
    condition     = local.app_settings.CASES_STREAM == "Custom-MCPOffboardingCases_CL" && azurerm_monitor_scheduled_query_rules_alert_v2.log["incidents"].severity == 0
    error_message = "Rows about cases are written, and an incident among them wakes a SOC."
  }

  assert {
    condition     = local.app_settings.POSTURE_STREAM == "Custom-MCPPosture_CL"
    error_message = "Rows about posture are written."
  }

  assert {
    condition     = azapi_resource_action.activate_partner_topic["entra"].action == "activate"
    error_message = "A topic that is not activated delivers nothing."
  }

  assert {
    condition = toset(azapi_resource.entra_events["entra"].body.properties.filter.includedEventTypes) == toset([
      "Microsoft.Graph.UserUpdated", "Microsoft.Graph.UserDeleted", "Microsoft.Graph.SubscriptionReauthorizationRequired",
    ])
    error_message = "Soft and permanent deletions and the renewal are subscribed to."
  }

  assert {
    condition     = azapi_resource.entra_events["entra"].body.properties.eventDeliverySchema == "CloudEventSchemaV1_0"
    error_message = "The app reads CloudEvents."
  }

  assert {
    condition     = [for name in ["ENTRA_EVENTS_MODE", "HR_QUEUE_MODE", "SWEEP_MODE"] : local.app_settings[name]] == ["apply", "plan", "plan"]
    error_message = "Each trigger is turned on by itself, and no other with it."
  }

  assert {
    condition     = local.app_settings.ENTRA_NOTIFICATION_URL == "EventGrid:?azuresubscriptionid=1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b&resourcegroup=rg-offboarding-test&partnertopic=entra-users-test-a1b2c3&location=westeurope"
    error_message = "The app is told which topic to subscribe with."
  }
}

run "what_cannot_work_is_refused" {
  command = plan

  variables {
    acknowledged_limits       = [{ sources = ["mcp"], by = "Morgan Lee", on = "2026-11-23" }]
    exempt_sources            = [{ sources = ["github/deploy-keys"], reason = "By hand.", by = "Morgan Lee", until = "2027-13-01" }]
    entra_events_mode         = "Apply"
    evidence_retention_days   = 90
    hr_queue_mode             = ""
    location                  = "West Europe"
    node_version              = "20"
    operator_address_prefixes = ["0.0.0.0/0", "10.0.0.0/8"]
    operators                 = { ann = { object_id = "5b0b0d3e-5c0f-4a0e-9a53-7b3a7d4c2f10", role = "Offboarding.Owner" } }
    settings                  = { WINDOWS = "20" }
    subscription_ids          = []
    sweep_mode                = "off"
    teams_webhook_secret_name = "https://contoso.webhook.office.com/x"
    webhook                   = { url = "http://tickets.contoso.example", secret_name = "whsec_AAAA" }
    messages                  = { teams = ["end"], plans = ["mail"] }
    console_url               = "console"
    trusted_owners            = ["gitlab.com=acme*"]
    work_retention_days       = 89
  }

  expect_failures = [
    var.acknowledged_limits,
    var.exempt_sources,
    var.entra_events_mode,
    var.evidence_retention_days,
    var.hr_queue_mode,
    var.location,
    var.node_version,
    var.operator_address_prefixes,
    var.operators,
    var.settings,
    var.subscription_ids,
    var.sweep_mode,
    var.teams_webhook_secret_name,
    var.webhook,
    var.messages,
    var.console_url,
    var.trusted_owners,
    var.work_retention_days,
  ]
}

run "each_input_is_checked" {
  command = plan

  variables {
    assessor_github_app_key_version = "latest"

    operator_address_prefixes     = ["0.0.0.0/0"]
    deployer_address_prefixes     = ["203.0.113.7"]
    storage_replication           = "RAGRS"
    deny_list_named_values        = []
    access_token_lifetime_minutes = 4
    github_organisations          = ["contoso/payments"]
    github_app_id                 = "mcp-offboarding"
    github_app_key_name           = "github_app"
    github_app_key_version        = "latest"
    security_repository           = "security"
    devops_organisations          = ["dev.azure.com/contoso"]
    exempt_sources                = [{ sources = ["github"], reason = "By hand.", by = "Morgan Lee", until = "2027-06-30" }]
    acknowledged_limits           = [{ sources = ["github/*"], by = "Morgan Lee", on = "2026-11-23" }]
    entra_partner_topic_name      = "a topic"
    partner_authorisation_days    = 366
    environment                   = "Test"
    name_suffix                   = "ab"
    tenant_id                     = "contoso.com"
    subscription_id               = "production"
    subscription_ids              = ["production"]
    approved_subnet_ids           = ["/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Network/virtualNetworks/vnet-mcp-test"]
    protected_object_ids          = { break-glass = "admin@contoso.com" }
    business_time_zone            = "+01:00"
    maximum_instances             = 0
    instance_memory_mb            = 1024
    always_ready_orchestrators    = 21
    monthly_budget                = 0
  }

  expect_failures = [
    var.operator_address_prefixes,
    var.deployer_address_prefixes,
    var.storage_replication,
    var.deny_list_named_values,
    var.access_token_lifetime_minutes,
    var.github_organisations,
    var.github_app_id,
    var.github_app_key_name,
    var.github_app_key_version,
    var.assessor_github_app_key_version,
    var.security_repository,
    var.devops_organisations,
    var.exempt_sources,
    var.acknowledged_limits,
    var.entra_partner_topic_name,
    var.partner_authorisation_days,
    var.environment,
    var.name_suffix,
    var.tenant_id,
    var.subscription_id,
    var.subscription_ids,
    var.approved_subnet_ids,
    var.protected_object_ids,
    var.business_time_zone,
    var.maximum_instances,
    var.instance_memory_mb,
    var.always_ready_orchestrators,
    var.monthly_budget,
  ]
}

run "half_of_everybody_is_too_many_and_tokens_are_entras" {
  command = plan

  variables {
    operator_address_prefixes = ["0.0.0.0/1", "128.0.0.0/1"]
    settings                  = { LOGIN_ENDPOINT = "https://login.contoso.example" }
  }

  expect_failures = [var.operator_address_prefixes, var.settings]
}

run "each_input_is_checked_for_more" {
  command = plan

  variables {
    operator_address_prefixes     = ["10.0.0.0/8"]
    subscription_ids              = ["1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b", "1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b"]
    exempt_sources                = [{ sources = ["github/deploy-keys"], reason = " ", by = "Morgan Lee", until = "2027-06-30" }]
    acknowledged_limits           = [{ sources = ["github/enterprise"], by = "Morgan Lee", on = "23.11.2026" }]
    access_token_lifetime_minutes = 1441
    deny_list_named_values        = ["-denied"]
    workstation_hunting           = { shared_hosts = ["https://crm.contoso.com/"], allowed_servers = ["npx -y server"] }
    settings                      = { GRAPH_ENDPOINT = "http://graph.contoso.com" }
  }

  expect_failures = [
    var.operator_address_prefixes,
    var.subscription_ids,
    var.exempt_sources,
    var.acknowledged_limits,
    var.access_token_lifetime_minutes,
    var.deny_list_named_values,
    var.workstation_hunting,
    var.settings,
  ]
}

run "defender_is_asked_where_the_firm_says_so" {
  command = plan

  variables {
    workstation_hunting = { enabled = true, shared_hosts = ["crm.contoso.com", "10.2.0.9"] }
  }

  assert {
    condition     = alltrue([for name in ["ThreatHunting.Read.All", "Device.Read.All"] : contains(keys(azuread_app_role_assignment.graph), "assessor/${name}")])
    error_message = "What Defender knows is granted."
  }

  assert {
    condition     = local.app_settings.WORKSTATION_HUNTING == "on" && local.app_settings.SHARED_HOSTS == "10.2.0.9,crm.contoso.com"
    error_message = "The app asks, and knows what is shared."
  }
}

run "the_last_day_of_an_exemption_is_a_day" {
  command = plan

  variables {
    exempt_sources = [{ sources = ["github/deploy-keys"], reason = "By hand.", by = "Morgan Lee", until = "2027-02-31" }]
  }

  expect_failures = [var.exempt_sources]
}

run "what_another_module_hands_over_is_checked_and_what_the_app_would_refuse" {
  command = plan

  variables {
    gateway_app_id          = "api://mcp-gateway"
    action_group_ids        = []
    gateway_apim_id         = "apim-mcp-test"
    workspace_id            = "log-mcp-test"
    workspace_customer_id   = "log-mcp-test"
    logs_ingestion_endpoint = "http://dce-mcp-test"
    dcr_immutable_id        = "/subscriptions/dcr-mcp-test"
    dcr_stream_name         = "MCPAuditLog_CL"
    cases_stream_name       = "MCPOffboardingCases_CL"
    posture_stream_name     = "MCPPosture_CL"
    settings                = { MAX_CASES_PER_HOUR = "many" }
    business_time_zone      = "Europe/Nowhere"
    trusted_owners          = ["10.0.0.1=acme"]
  }

  expect_failures = [
    var.gateway_app_id,
    var.action_group_ids,
    var.gateway_apim_id,
    var.workspace_id,
    var.workspace_customer_id,
    var.logs_ingestion_endpoint,
    var.dcr_immutable_id,
    var.dcr_stream_name,
    var.cases_stream_name,
    var.posture_stream_name,
    var.settings,
    var.business_time_zone,
    var.trusted_owners,
  ]
}

run "nobody_trusts_everybody_at_an_issuer_that_many_share" {
  command = plan

  variables {
    trusted_owners = ["gitlab.com=*"]
  }

  expect_failures = [var.trusted_owners]
}

run "without_a_canary_there_is_no_identity_for_one" {
  command = plan

  assert {
    condition     = !contains(keys(azurerm_user_assigned_identity.this), "canary") && length(azuread_app_role_assignment.canary) == 0 && !contains(keys(local.app_settings), "CANARY_URL")
    error_message = "Nothing asks for a canary."
  }
}

run "a_canary_may_read_with_mcp_tools_and_nothing_else" {
  command = plan

  variables {
    canary = {
      url                                 = "https://apim-mcp-test.azure-api.net/mcp/canary"
      rule_id                             = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-mcp-test/providers/Microsoft.Insights/scheduledQueryRules/alert-mcp-canary-test"
      gateway_service_principal_object_id = "5a3eb279-6f81-43a4-8edf-4a5b6c7d8e9f"
      gateway_app_role_id                 = "6b4fc38a-7092-44b5-9fe0-5b6c7d8e9fa0"
    }
  }

  assert {
    condition     = contains(keys(azurerm_user_assigned_identity.this), "canary") && length([for key, role in local.roles : key if role.identity == "canary"]) == 0 && !contains(keys(local.permissions.graph), "canary")
    error_message = "The canary has an identity of its own, and none of the app's rights."
  }

  assert {
    condition     = azuread_app_role_assignment.canary["canary"].app_role_id == "6b4fc38a-7092-44b5-9fe0-5b6c7d8e9fa0" && azuread_app_role_assignment.canary["canary"].resource_object_id == "5a3eb279-6f81-43a4-8edf-4a5b6c7d8e9f"
    error_message = "The canary holds the one role on the gateway application."
  }

  assert {
    condition     = local.app_settings.CANARY_URL == "https://apim-mcp-test.azure-api.net/mcp/canary" && endswith(local.app_settings.CANARY_RULE_ID, "/alert-mcp-canary-test")
    error_message = "The app is told where to call, and which rule must see it."
  }
}

run "a_canary_calls_an_address_and_is_seen_by_a_rule" {
  command = plan

  variables {
    canary = {
      url                                 = "http://apim-mcp-test.azure-api.net/mcp/canary"
      rule_id                             = "alert-mcp-canary-test"
      gateway_service_principal_object_id = "5a3eb279-6f81-43a4-8edf-4a5b6c7d8e9f"
      gateway_app_role_id                 = "6b4fc38a-7092-44b5-9fe0-5b6c7d8e9fa0"
    }
  }

  expect_failures = [var.canary]
}
