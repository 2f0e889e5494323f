provider "azurerm" {
  features {}
}

variables {
  environment           = "dev"
  location              = "westeurope"
  resource_group_name   = "rg-mcp-dev"
  server_type           = "filesystem"
  image                 = "contosomcp.azurecr.io/mcp-filesystem:1.2"
  registry_id           = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers/Microsoft.ContainerRegistry/registries/contosomcp"
  registry_login_server = "contosomcp.azurecr.io"
  subnet_id             = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-mcp-dev/providers/Microsoft.Network/virtualNetworks/vnet-mcp-dev/subnets/snet-mcp-servers"
  log_endpoint          = "https://mcp-logs.westeurope-1.ingest.monitor.azure.com"
  allowed_orgs          = ["contoso", "contoso-labs"]
}

run "a_server_is_the_documented_container_group" {
  command = plan

  assert {
    condition     = azurerm_container_group.this.name == "aci-mcp-filesystem-dev" && azurerm_user_assigned_identity.this.name == "id-mcp-filesystem-dev"
    error_message = "Names are aci-mcp-<type>-<env> and id-mcp-<type>-<env>."
  }

  assert {
    condition = (
      azurerm_container_group.this.ip_address_type == "Private" &&
      azurerm_container_group.this.os_type == "Linux" &&
      azurerm_container_group.this.restart_policy == "Always" &&
      contains(azurerm_container_group.this.subnet_ids, var.subnet_id)
    )
    error_message = "Linux, restarted always, on a private address in the MCP subnet."
  }

  assert {
    condition = (
      length(azurerm_container_group.this.container) == 1 &&
      azurerm_container_group.this.container[0].cpu == 0.5 &&
      azurerm_container_group.this.container[0].memory == 0.5 &&
      one(azurerm_container_group.this.container[0].ports).port == 3000 &&
      one(azurerm_container_group.this.container[0].ports).protocol == "TCP"
    )
    error_message = "Half a core, half a gigabyte, TCP 3000."
  }

  assert {
    condition = azurerm_container_group.this.container[0].environment_variables == tomap({
      LOG_ENDPOINT    = "https://mcp-logs.westeurope-1.ingest.monitor.azure.com"
      MCP_SERVER_NAME = "filesystem"
      ALLOWED_ORGS    = "contoso,contoso-labs"
    })
    error_message = "LOG_ENDPOINT, MCP_SERVER_NAME, ALLOWED_ORGS."
  }

  assert {
    condition     = output.server_type == "filesystem"
    error_message = "server_type passes through."
  }
}

run "the_server_runs_and_pulls_as_its_own_identity" {
  command = plan

  assert {
    condition     = azurerm_container_group.this.identity[0].type == "UserAssigned"
    error_message = "One user-assigned identity per server."
  }

  assert {
    condition = (
      azurerm_role_assignment.pull.role_definition_name == "AcrPull" &&
      azurerm_role_assignment.pull.scope == var.registry_id &&
      azurerm_role_assignment.pull.principal_type == "ServicePrincipal"
    )
    error_message = "AcrPull on the registry."
  }

  assert {
    condition = (
      azurerm_container_group.this.image_registry_credential[0].server == "contosomcp.azurecr.io" &&
      azurerm_container_group.this.image_registry_credential[0].username == null &&
      azurerm_container_group.this.image_registry_credential[0].password == null
    )
    error_message = "The pull uses the identity, no password."
  }
}

run "the_tag_that_policy_targets_cannot_be_taken_off" {
  command = plan

  variables {
    tags = {
      team      = "payments"
      MCPServer = "false"
      mcpserver = "no"
    }
  }

  assert {
    condition     = azurerm_container_group.this.tags == tomap({ team = "payments", MCPServer = "true" })
    error_message = "MCPServer is true, once, whatever the caller says."
  }
}

run "callers_add_variables_but_override_none" {
  command = plan

  variables {
    environment_variables = {
      LOG_LEVEL    = "debug"
      ALLOWED_ORGS = "*"
    }
  }

  assert {
    condition = (
      azurerm_container_group.this.container[0].environment_variables["LOG_LEVEL"] == "debug" &&
      azurerm_container_group.this.container[0].environment_variables["ALLOWED_ORGS"] == "contoso,contoso-labs"
    )
    error_message = "ALLOWED_ORGS is not for the caller's map to widen."
  }
}

run "name_servers_are_the_groups_own" {
  command = plan

  variables {
    dns_servers = ["10.50.4.10"]
  }

  assert {
    condition     = azurerm_container_group.this.dns_config[0].nameservers == tolist(["10.50.4.10"])
    error_message = "Container groups do not inherit the network's name servers."
  }
}

run "a_credential_in_the_environment_is_refused" {
  command = plan

  variables {
    environment_variables = { GITHUB_TOKEN = "anything" }
  }

  expect_failures = [var.environment_variables]
}

run "an_image_that_moves_is_refused" {
  command = plan

  variables {
    image = "contosomcp.azurecr.io/mcp-filesystem:latest"
  }

  expect_failures = [var.image]
}

run "an_image_of_another_registry_is_refused" {
  command = plan

  variables {
    image = "docker.example.com/mcp-filesystem:1.2"
  }

  expect_failures = [var.image]
}

run "servers_for_anybody_are_refused" {
  command = plan

  variables {
    allowed_orgs = ["*"]
    log_endpoint = "http://logs.example.com"
    server_type  = "File System"
  }

  expect_failures = [var.allowed_orgs, var.log_endpoint, var.server_type]
}

run "a_server_that_speaks_of_secrets_is_marked_vault" {
  command = plan

  variables {
    server_type = "vault"
    image       = "contosomcp.azurecr.io/mcp-store:1.2"
  }

  expect_failures = [var.secrets]
}

run "a_server_that_speaks_of_secrets_is_marked_secrets_prod" {
  command = plan

  variables {
    server_type = "secrets-prod"
    image       = "contosomcp.azurecr.io/mcp-store:1.2"
  }

  expect_failures = [var.secrets]
}

run "a_server_that_speaks_of_secrets_is_marked_api_keys" {
  command = plan

  variables {
    server_type = "api-keys"
    image       = "contosomcp.azurecr.io/mcp-store:1.2"
  }

  expect_failures = [var.secrets]
}

run "a_server_that_speaks_of_secrets_is_marked_an_image_of_credentials" {
  command = plan

  variables {
    server_type = "store"
    image       = "contosomcp.azurecr.io/tools/mcp-credential:1.2"
  }

  expect_failures = [var.secrets]
}

run "a_server_that_speaks_of_secrets_is_marked_key_vault" {
  command = plan

  variables {
    server_type = "store"
    image       = "contosomcp.azurecr.io/mcp_keyvault@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  }

  expect_failures = [var.secrets]
}

run "marked_it_is_planned_and_words_that_only_contain_such_words_are_none" {
  command = plan

  variables {
    server_type = "vault"
    secrets     = true
  }

  assert {
    condition     = azurerm_container_group.this.name == "aci-mcp-vault-dev"
    error_message = "With the attribute, the server is made."
  }
}

run "a_monkey_is_no_key" {
  command = plan

  variables {
    server_type = "monkey-secretary"
    image       = "contosomcp.azurecr.io/mcp-keyboard:secret-1"
  }

  assert {
    condition     = azurerm_container_group.this.name == "aci-mcp-monkey-secretary-dev"
    error_message = "Whole words of the name and the repository count; the tag does not."
  }
}

run "each_input_is_checked" {
  command = plan

  variables {
    environment           = "Dev"
    registry_id           = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/images"
    registry_login_server = "https://contosomcp.azurecr.io"
    cpu                   = 4.5
    memory                = 0
    port                  = 65536
  }

  expect_failures = [
    var.environment,
    var.registry_id,
    var.registry_login_server,
    var.cpu,
    var.memory,
    var.port,
  ]
}

run "variables_named_like_credentials_are_refused_however_they_are_written" {
  command = plan

  variables {
    environment_variables = { MAX_TOKENS = "5", githubToken = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "numbered_credentials_are_refused" {
  command = plan

  variables {
    environment_variables = { GITHUB_TOKEN_1 = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "numbers_of_tokens_and_names_of_secrets_are_no_credentials" {
  command = plan

  variables {
    environment_variables = { MAX_TOKENS = "5", SECRET_NAME = "x", KEYBOARD = "de" }
  }

  assert {
    condition     = azurerm_container_group.this.container[0].environment_variables["MAX_TOKENS"] == "5"
    error_message = "What is no credential reaches the server."
  }
}
