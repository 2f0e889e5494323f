provider "azurerm" {
  features {}
}

variables {
  environment             = "dev"
  location                = "westeurope"
  resource_group_name     = "rg-mcp-dev"
  publisher_name          = "Contoso"
  publisher_email         = "platform@contoso.example"
  subnet_id               = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-mcp-dev/providers/Microsoft.Network/virtualNetworks/vnet-mcp-dev/subnets/snet-gateway"
  virtual_network_ids     = { mcp = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-mcp-dev/providers/Microsoft.Network/virtualNetworks/vnet-mcp-dev" }
  tenant_id               = "11111111-1111-4111-8111-111111111111"
  audiences               = ["22222222-2222-4222-8222-222222222222", "api://mcp-gateway-dev"]
  identifier_uri          = "api://mcp-gateway-dev"
  secrets_audience        = "33333333-3333-4333-8333-333333333333"
  allowed_client_ids      = ["44444444-4444-4444-8444-444444444444"]
  eventhub_namespace_fqdn = "evhns-mcp-dev.servicebus.windows.net"
  eventhub_namespace_id   = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-mcp-dev/providers/Microsoft.EventHub/namespaces/evhns-mcp-dev"
  eventhub_name           = "mcp-tool-calls"
  eventhub_id             = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-mcp-dev/providers/Microsoft.EventHub/namespaces/evhns-mcp-dev/eventhubs/mcp-tool-calls"
  mcp_servers = {
    filesystem = { backend_url = "http://10.50.1.4:3000" }
    github     = { backend_url = "http://10.50.1.5:3000", path = "/" }
    secrets    = { backend_url = "http://10.50.1.6:3000", secrets = true }
  }
}

run "the_tier_follows_the_network_outside_production" {
  command = plan

  assert {
    condition     = azurerm_api_management.this.name == "apim-mcp-dev" && azurerm_api_management.this.sku_name == "Developer_1"
    error_message = "Outside production the gateway is apim-mcp-<env>, Developer_1."
  }

  assert {
    condition     = azurerm_api_management.this.virtual_network_type == "Internal" && azurerm_api_management.this.virtual_network_configuration[0].subnet_id == var.subnet_id
    error_message = "The gateway listens in its subnet only."
  }

  assert {
    condition     = azurerm_api_management.this.identity[0].type == "SystemAssigned"
    error_message = "The gateway has an identity of its own."
  }

  assert {
    condition     = output.gateway_url == "https://apim-mcp-dev.azure-api.net"
    error_message = "The address is known before the service is."
  }

  assert {
    condition     = azurerm_private_dns_zone.this[0].name == "apim-mcp-dev.azure-api.net" && keys(azurerm_private_dns_zone_virtual_network_link.this) == ["mcp"]
    error_message = "The name resolves in the linked networks, and no other gateway's is hidden."
  }
}

run "the_tier_follows_the_network_in_production" {
  command = plan

  variables {
    environment = "prod"
    name_suffix = "contoso"
    production  = true
  }

  assert {
    condition     = azurerm_api_management.this.name == "apim-mcp-prod-contoso" && azurerm_api_management.this.sku_name == "Premium_1"
    error_message = "In production and in a network only Premium will do."
  }
}

run "without_a_network_the_standard_tier_will_do" {
  command = plan

  variables {
    production = true
    networking = "none"
    subnet_id  = null
    host_name  = "mcp.contoso.example"
  }

  assert {
    condition     = azurerm_api_management.this.sku_name == "Standard_1" && azurerm_api_management.this.virtual_network_type == "None"
    error_message = "Without a network the case study's Standard_1 is possible."
  }

  assert {
    condition     = length(azurerm_api_management.this.virtual_network_configuration) == 0 && length(azurerm_private_dns_zone.this) == 0
    error_message = "Without a network there is nothing to put in one."
  }

  assert {
    condition     = output.server_urls["github"] == "https://mcp.contoso.example/mcp/github"
    error_message = "Clients are told the name that they use."
  }
}

run "external_mode_needs_no_private_name" {
  command = plan

  variables {
    networking = "external"
    sku_name   = "Premium_2"
  }

  assert {
    condition     = azurerm_api_management.this.virtual_network_type == "External" && length(azurerm_private_dns_zone.this) == 0
    error_message = "In external mode the name is in public DNS."
  }
}

run "the_standard_tier_cannot_be_put_in_a_network" {
  command = plan

  variables {
    sku_name = "Standard_1"
  }

  expect_failures = [var.sku_name]
}

run "the_other_newer_tiers_are_refused" {
  command = plan

  variables {
    networking = "external"
    sku_name   = "BasicV2_1"
  }

  expect_failures = [var.sku_name]
}

run "standard_v2_reaches_out_through_its_subnet_and_is_reached_at_a_private_endpoint" {
  command = plan

  variables {
    production = true
    sku_name   = "StandardV2_1"
    tags       = { application = "mcp" }
    private_endpoint = {
      subnet_id = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg-mcp-dev/providers/Microsoft.Network/virtualNetworks/vnet-mcp-dev/subnets/snet-mcp-private-endpoints"
      address   = "10.50.4.62"
    }
  }

  assert {
    condition     = azurerm_api_management.this.virtual_network_type == "External" && length(azurerm_api_management.this.virtual_network_configuration) == 1
    error_message = "The tier calls servers through the network."
  }

  assert {
    condition     = azurerm_private_endpoint.gateway[0].private_service_connection[0].subresource_names == tolist(["Gateway"]) && azurerm_private_endpoint.gateway[0].ip_configuration[0].private_ip_address == "10.50.4.62"
    error_message = "Clients come to the one address that the security group admits them to."
  }

  # The complete example has a tier in the network: its snapshot does not show these.
  assert {
    condition = (
      azurerm_private_endpoint.gateway[0].name == "pe-${azurerm_api_management.this.name}" &&
      azurerm_private_endpoint.gateway[0].location == var.location &&
      azurerm_private_endpoint.gateway[0].resource_group_name == var.resource_group_name &&
      azurerm_private_endpoint.gateway[0].subnet_id == var.private_endpoint.subnet_id &&
      !azurerm_private_endpoint.gateway[0].private_service_connection[0].is_manual_connection &&
      azurerm_private_endpoint.gateway[0].ip_configuration[0].subresource_name == "Gateway" &&
      azurerm_private_endpoint.gateway[0].ip_configuration[0].member_name == "Gateway"
    )
    error_message = "The endpoint is named after the gateway, beside it, and needs nobody's approval."
  }

  assert {
    condition     = azurerm_private_endpoint.gateway[0].tags == azurerm_api_management.this.tags
    error_message = "Whoever asks what the gateway costs finds its endpoint too."
  }

  assert {
    condition     = startswith(azapi_update_resource.no_public_access[0].type, "Microsoft.ApiManagement/service@") && azapi_update_resource.no_public_access[0].body.properties.publicNetworkAccess == "Disabled"
    error_message = "What is internal has no public address."
  }

  assert {
    condition     = length(azurerm_private_dns_zone.this) == 1
    error_message = "The name resolves to the private endpoint in the network."
  }
}

run "an_external_standard_v2_has_a_public_address_and_no_endpoint" {
  command = plan

  variables {
    networking = "external"
    sku_name   = "StandardV2_1"
  }

  assert {
    condition     = length(azurerm_private_endpoint.gateway) == 0 && length(azapi_update_resource.no_public_access) == 0 && length(azurerm_private_dns_zone.this) == 0
    error_message = "It is reached from the Internet."
  }
}

run "an_internal_standard_v2_without_an_endpoint_would_be_reached_by_nobody" {
  command = plan

  variables {
    sku_name = "StandardV2_1"
  }

  expect_failures = [var.private_endpoint]
}

run "what_is_in_the_network_has_no_endpoint_beside_it" {
  command = plan

  assert {
    condition     = length(azurerm_private_endpoint.gateway) == 0 && length(azapi_update_resource.no_public_access) == 0
    error_message = "Developer and Premium have addresses of their own in the network."
  }
}

run "a_server_whose_name_speaks_of_secrets_is_marked" {
  command = plan

  variables {
    mcp_servers = { vault = { backend_url = "http://10.50.1.6:3000" } }
  }

  expect_failures = [var.mcp_servers]
}

run "a_marked_server_takes_tokens_of_the_secrets_application_whatever_its_name" {
  command = plan

  variables {
    mcp_servers = { prod-store = { backend_url = "http://10.50.1.6:3000", secrets = true } }
  }

  assert {
    condition     = strcontains(azurerm_api_management_api_policy.this["prod-store"].xml_content, "<audiences><audience>33333333-3333-4333-8333-333333333333</audience></audiences>")
    error_message = "The attribute decides, not the name."
  }
}

run "the_developer_tier_is_not_for_production" {
  command = plan

  variables {
    production = true
    sku_name   = "Developer_1"
  }

  expect_failures = [var.sku_name]
}

run "consumption_cannot_count_by_key" {
  command = plan

  variables {
    networking = "none"
    sku_name   = "Consumption_0"
  }

  expect_failures = [var.sku_name]
}

run "a_gateway_in_a_network_has_a_subnet" {
  command = plan

  variables {
    subnet_id = null
  }

  expect_failures = [var.subnet_id]
}

run "the_deny_list_begins_with_nobody" {
  command = plan

  assert {
    condition     = toset(keys(azurerm_api_management_named_value.denied)) == toset(["mcp-denied-oids", "mcp-denied-oids-2"])
    error_message = "The list has two shards."
  }

  assert {
    condition     = alltrue([for value in values(azurerm_api_management_named_value.denied) : value.value == ",none," && value.secret != true])
    error_message = "A named value may not be empty: the list begins as ,none,."
  }

  assert {
    condition     = join(",", output.deny_list_named_values) == "mcp-denied-oids,mcp-denied-oids-2"
    error_message = "The app is told the shards in the order in which to fill them."
  }
}

run "tool_calls_go_to_the_event_hub" {
  command = plan

  assert {
    condition     = azurerm_api_management_logger.audit.name == "mcp-audit-logger" && azurerm_api_management_logger.audit.eventhub[0].name == "mcp-tool-calls"
    error_message = "The policies name the logger mcp-audit-logger."
  }

  assert {
    condition     = azurerm_role_assignment.event_hub_sender.scope == var.eventhub_id && azurerm_role_assignment.event_hub_sender.role_definition_name == "Azure Event Hubs Data Sender"
    error_message = "The gateway may send to this hub and do nothing else."
  }
}

run "each_server_is_an_api_of_its_own" {
  command = plan

  variables {
    mcp_servers = {
      filesystem = { backend_url = "http://10.50.1.4:3000", resources = true }
      github     = { backend_url = "http://10.50.1.5:3000", path = "/", tasks = true, prompts = true }
      secrets    = { backend_url = "http://10.50.1.6:3000", secrets = true }
    }
  }

  assert {
    condition = { for type, policy in azurerm_api_management_api_policy.this : type => [
      for method in ["tasks/get", "tasks/result", "tasks/list"] : method
      if length(regexall("\\b${method}\\b", policy.xml_content)) > 0
      ] } == {
      filesystem = []
      github     = ["tasks/get", "tasks/result", "tasks/list"]
      secrets    = []
    }
    error_message = "A server with tasks is asked about them, and no other."
  }

  assert {
    condition = { for type, policy in azurerm_api_management_api_policy.this : type => [
      for method in split(",", regex("\"([^\"]+)\"[.]Split\\(','\\)[.]Contains\\(method\\)", policy.xml_content)[0]) : method
      if startswith(method, "resources/") || startswith(method, "prompts/") || startswith(method, "completion/")
      ] } == {
      filesystem = ["resources/list", "resources/templates/list", "resources/read", "resources/subscribe", "resources/unsubscribe", "completion/complete"]
      github     = ["prompts/list", "prompts/get", "completion/complete"]
      secrets    = []
    }
    error_message = "A server with resources is asked for them, one with prompts for those, and no other."
  }

  assert {
    condition     = { for type, api in azurerm_api_management_api.this : type => api.path } == { filesystem = "mcp/filesystem", github = "mcp/github", secrets = "mcp/secrets" }
    error_message = "A server is at mcp/<type>."
  }

  assert {
    condition     = length(azurerm_api_management_api_operation.this) == 9 && azurerm_api_management_backend.this["github"].url == "http://10.50.1.5:3000"
    error_message = "Each server takes POST, GET and DELETE, and has its backend."
  }

  assert {
    condition     = alltrue([for api in values(azurerm_api_management_api.this) : api.subscription_required == false && api.protocols == toset(["https"])])
    error_message = "The token is the key; it travels encrypted."
  }

  assert {
    condition     = strcontains(azurerm_api_management_api_policy.this["secrets"].xml_content, "<audiences><audience>33333333-3333-4333-8333-333333333333</audience></audiences>")
    error_message = "The secrets server takes tokens of the secrets application alone."
  }

  assert {
    condition     = !strcontains(azurerm_api_management_api_policy.this["filesystem"].xml_content, "33333333-3333-4333-8333-333333333333")
    error_message = "A token for secrets opens no other server."
  }
}

run "a_secrets_server_needs_the_secrets_application" {
  command = plan

  variables {
    secrets_audience = null
  }

  expect_failures = [var.secrets_audience]
}

run "users_and_secrets_do_not_share_an_audience" {
  command = plan

  variables {
    secrets_audience = "22222222-2222-4222-8222-222222222222"
  }

  expect_failures = [var.secrets_audience]
}

run "no_prefix_makes_every_tool_a_reading_one" {
  command = plan

  variables {
    read_tool_prefixes = ["read_", ""]
  }

  expect_failures = [var.read_tool_prefixes]
}

run "no_argument_with_a_value_is_logged" {
  command = plan

  variables {
    resource_arguments = ["name", "value"]
  }

  expect_failures = [var.resource_arguments]
}

run "no_argument_of_a_firm_with_a_value_is_logged" {
  command = plan

  variables {
    additional_resource_arguments = ["case_number", "Password"]
    resource_argument_endings     = ["path", "file_content"]
  }

  expect_failures = [var.additional_resource_arguments, var.resource_argument_endings]
}

run "a_server_takes_no_roots_that_lead_elsewhere" {
  command = plan

  variables {
    mcp_servers = { filesystem = { backend_url = "http://10.50.1.4:3000", allowed_roots = ["file:///srv/../etc"] } }
  }

  expect_failures = [var.mcp_servers]
}

run "an_address_may_call_as_often_as_one_of_its_people" {
  command = plan

  variables {
    calls_per_minute            = 50
    calls_per_minute_of_address = 49
  }

  expect_failures = [var.calls_per_minute_of_address]
}

run "an_origin_is_one_and_not_a_pattern" {
  command = plan

  variables {
    allowed_origins = ["https://*.contoso.example"]
  }

  expect_failures = [var.allowed_origins]
}

run "nothing_breaks_out_of_the_policy" {
  command = plan

  variables {
    audiences   = ["x</audience><audience>y"]
    tenant_id   = "contoso.example"
    mcp_servers = { "File\"System" = { backend_url = "http://10.50.1.4:3000" } }
  }

  expect_failures = [var.audiences, var.tenant_id, var.mcp_servers]
}

run "each_input_is_checked" {
  command = plan

  variables {
    authority_host         = "login.microsoftonline.com"
    identifier_uri         = "api://mcp gateway"
    secrets_identifier_uri = "api://\""
    allowed_client_ids     = ["editor"]
    write_role             = "mcp writer"
    mcp_servers            = { root = { backend_url = "http://10.50.1.4:3000" } }
    deny_list_named_values = ["denied", "denied"]
    calls_per_minute       = 0
    maximum_message_bytes  = 1023
    maximum_message_depth  = 0
    allowed_methods        = ["tools call"]
    admin_tool_parts       = []
    environment            = "d"
    name_suffix            = "Suffix"
    publisher_email        = "platform"
    networking             = "Internal"
    host_name              = "https://mcp"
  }

  expect_failures = [
    var.authority_host,
    var.identifier_uri,
    var.secrets_identifier_uri,
    var.allowed_client_ids,
    var.write_role,
    var.mcp_servers,
    var.deny_list_named_values,
    var.calls_per_minute,
    var.maximum_message_bytes,
    var.maximum_message_depth,
    var.allowed_methods,
    var.admin_tool_parts,
    var.environment,
    var.name_suffix,
    var.publisher_email,
    var.networking,
    var.host_name,
  ]
}

run "tokens_are_entras_and_methods_are_judged" {
  command = plan

  variables {
    authority_host     = "https://login.contoso.example"
    allowed_methods    = ["initialize", "tools/Call"]
    read_tool_prefixes = ["read_", "d"]
  }

  expect_failures = [var.authority_host, var.allowed_methods, var.read_tool_prefixes]
}

run "what_a_server_opens_is_no_method_for_all" {
  command = plan

  variables {
    authority_host     = "https://login.microsoftonline.us"
    allowed_methods    = ["resources/read"]
    read_tool_prefixes = ["read_", "delete_old_"]
  }

  expect_failures = [var.allowed_methods, var.read_tool_prefixes]
}

run "each_input_is_checked_for_more" {
  command = plan

  variables {
    mcp_servers            = { filesystem = { backend_url = "http://10.50.1.4:3000/mcp" } }
    deny_list_named_values = []
    calls_per_minute       = 1.5
    maximum_message_bytes  = 2097153
    admin_tool_parts       = ["A"]
  }

  expect_failures = [
    var.mcp_servers,
    var.deny_list_named_values,
    var.calls_per_minute,
    var.maximum_message_bytes,
    var.admin_tool_parts,
  ]
}

run "a_host_name_of_yours_is_bound_with_its_certificate" {
  command = plan

  variables {
    host_name = "mcp.contoso.example"
    certificate = {
      key_vault_id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-tls/providers/Microsoft.KeyVault/vaults/kv-tls"
      secret_id    = "https://kv-tls.vault.azure.net/secrets/mcp-contoso"
    }
  }

  assert {
    condition     = azurerm_api_management_custom_domain.gateway[0].gateway[0].host_name == "mcp.contoso.example" && azurerm_api_management_custom_domain.gateway[0].gateway[0].key_vault_certificate_id == var.certificate.secret_id && azurerm_api_management_custom_domain.gateway[0].gateway[0].default_ssl_binding
    error_message = "Clients of any kind meet the certificate of the name that they call."
  }

  assert {
    condition     = azurerm_role_assignment.certificate[0].scope == "${var.certificate.key_vault_id}/secrets/mcp-contoso" && azurerm_role_assignment.certificate[0].role_definition_name == "Key Vault Secrets User"
    error_message = "The gateway reads that certificate, and nothing else in the vault."
  }
}

run "a_certificate_needs_its_host_name" {
  command = plan

  variables {
    certificate = {
      key_vault_id = "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg-tls/providers/Microsoft.KeyVault/vaults/kv-tls"
      secret_id    = "https://kv-tls.vault.azure.net/secrets/mcp-contoso"
    }
  }

  expect_failures = [var.certificate]
}

run "a_certificate_is_taken_up_when_it_is_renewed" {
  command = plan

  variables {
    host_name = "mcp.contoso.com"
    certificate = {
      key_vault_id = "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg-tls/providers/Microsoft.KeyVault/vaults/kv-tls"
      secret_id    = "https://kv-tls.vault.azure.net/secrets/mcp-contoso/0123456789abcdef0123456789abcdef"
    }
  }

  expect_failures = [var.certificate]
}

run "a_certificate_is_in_a_vault" {
  command = plan

  variables {
    host_name = "mcp.contoso.com"
    certificate = {
      key_vault_id = "kv-tls"
      secret_id    = "https://kv-tls.vault.azure.net/secrets/mcp-contoso"
    }
  }

  expect_failures = [var.certificate]
}

run "a_server_is_not_reached_beside_its_path" {
  command = plan

  variables {
    mcp_servers = { filesystem = { backend_url = "http://10.50.1.4:3000", path = "/../admin" } }
  }

  expect_failures = [var.mcp_servers]
}

run "every_call_says_what_it_is_about" {
  command = plan

  variables {
    resource_arguments = []
  }

  expect_failures = [var.resource_arguments]
}

run "without_a_certificate_nothing_is_bound" {
  command = plan

  assert {
    condition     = length(azurerm_api_management_custom_domain.gateway) == 0 && length(azurerm_role_assignment.certificate) == 0
    error_message = "The service's own name needs neither."
  }
}

run "without_a_canary_there_is_no_door_for_one" {
  command = plan

  assert {
    condition     = length(azurerm_api_management_api.canary) == 0 && !strcontains(azurerm_api_management_api_policy.this["filesystem"].xml_content, "Only the canary may use this API")
    error_message = "Nothing asks for a canary."
  }
}

run "a_canary_has_the_guards_of_a_server_and_no_server" {
  command = plan

  variables {
    canary = { principal_id = "CA0A0000-0001-4000-8000-000000000001" }
  }

  assert {
    condition = (
      azurerm_api_management_api.canary["canary"].name == "canary" && azurerm_api_management_api.canary["canary"].path == "mcp/canary" &&
      azurerm_api_management_api.canary["canary"].protocols == toset(["https"]) && length(azurerm_api_management_api_operation.canary) == 1
    )
    error_message = "The canary's API takes messages at mcp/canary, encrypted."
  }

  assert {
    condition = (
      !strcontains(azurerm_api_management_api_policy.canary["canary"].xml_content, "<forward-request") &&
      !strcontains(azurerm_api_management_api_policy.canary["canary"].xml_content, "<set-backend-service") &&
      strcontains(azurerm_api_management_api_policy.canary["canary"].xml_content, "oid != \"ca0a0000-0001-4000-8000-000000000001\"")
    )
    error_message = "Nothing is behind the canary's API, and one identity gets an answer."
  }

  assert {
    condition = alltrue([
      for guard in ["<validate-jwt ", "<rate-limit-by-key calls=\"50\"", "{{mcp-denied-oids}}", "<include-fragment fragment-id=\"log-tool-call\" />"] :
      strcontains(azurerm_api_management_api_policy.canary["canary"].xml_content, guard)
    ])
    error_message = "The canary's API has the guards of a server."
  }
}

run "a_canary_is_an_identity" {
  command = plan

  variables {
    canary = { principal_id = "canary" }
  }

  expect_failures = [var.canary]
}

run "a_server_does_not_have_the_canary_s_name" {
  command = plan

  variables {
    mcp_servers = { canary = { backend_url = "http://10.50.1.4:3000" } }
  }

  expect_failures = [var.mcp_servers]
}
