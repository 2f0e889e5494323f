variables {
  subscription_id       = "1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b"
  tenant_id             = "6b8f2c1d-0a4e-4f5b-9c7d-1e2f3a4b5c6d"
  environment           = "test"
  location              = "westeurope"
  business_time_zone    = "Europe/Berlin"
  publisher_name        = "Contoso"
  publisher_email       = "platform@contoso.com"
  alert_email_receivers = { security = "security@contoso.com" }
  github_organisations  = ["contoso"]
  github_app_id         = "123456"
  security_repository   = "contoso/security"
}

run "the_parts_fit_together" {
  command = plan

  variables {
    additional_action_group_ids = ["/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-soc/providers/Microsoft.Insights/actionGroups/ag-pager"]
    mcp_servers = {
      filesystem = { image = "mcp-filesystem:1.4.2", allowed_orgs = ["contoso"] }
    }
    pipelines = {
      default = { github_organisation = "contoso", github_repository = "payments" }
      release = { github_organisation = "contoso", github_repository = "releases", environment_name = "production", role = "mcp.tools.write.app", secrets = true }
    }
  }

  assert {
    condition     = output.pipelines["default"].subject == "repo:contoso/payments:ref:refs/heads/main"
    error_message = "A pipeline is pinned to the main branch of its repository."
  }

  assert {
    condition     = output.pipelines["release"].subject == "repo:contoso/releases:environment:production"
    error_message = "A pipeline can be pinned to an environment."
  }

  assert {
    condition     = join(",", keys(output.mcp_server_urls)) == "filesystem"
    error_message = "The gateway publishes every server."
  }

  assert {
    condition     = output.registry_login_server == "${azurerm_container_registry.this[0].name}.azurecr.io"
    error_message = "Without a registry of yours, one is made."
  }

  assert {
    condition     = !azurerm_container_registry.this[0].admin_enabled && !azurerm_container_registry.this[0].anonymous_pull_enabled
    error_message = "The registry has neither an administrator's password nor anonymous readers."
  }

  assert {
    condition     = azurerm_resource_group.platform.name == "rg-mcp-test" && azurerm_resource_group.offboarding.name == "rg-offboarding-test"
    error_message = "Platform and app have a resource group each."
  }

  assert {
    condition     = length(module.policy) == 1
    error_message = "The first environment of a subscription assigns its policies."
  }

  assert {
    condition     = [for name in ["ENTRA_EVENTS_MODE", "HR_QUEUE_MODE", "SWEEP_MODE"] : output.app_settings[name]] == ["plan", "plan", "plan"]
    error_message = "Whoever sets nothing gets plans from every automatic trigger."
  }

  assert {
    condition     = [for step in output.next_steps : regex("^\\S+ \\S+ \\w*", step)] == ["curl --silent ", "# for people", "az keyvault key", "az functionapp deployment", "curl --fail https", "az eventgrid partner", "curl --fail "]
    error_message = "Gateway, people, key, package, health, topic and doctor, in this order."
  }
}

run "a_client_that_names_a_server_as_its_resource_gets_a_token" {
  command = plan

  variables {
    gateway_host_name = "mcp.contoso.com"
    mcp_servers = {
      filesystem = { image = "mcp-filesystem:1.4.2", allowed_orgs = ["contoso"] }
      vault      = { image = "mcp-vault:1.0.0", allowed_orgs = ["contoso"], secrets = true }
    }
  }

  assert {
    condition     = output.mcp_server_urls["filesystem"] == "https://mcp.contoso.com/mcp/filesystem" && contains(module.gateway_app.identifier_uris, output.mcp_server_urls["filesystem"])
    error_message = "The address of a server is an identifier URI of the application, letter by letter."
  }

  assert {
    condition     = !contains(module.gateway_app.identifier_uris, output.mcp_server_urls["vault"])
    error_message = "Nobody signs in at a secrets server with the gateway's application."
  }
}

run "a_registry_of_yours_is_used" {
  command = plan

  variables {
    registry = {
      id           = "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-registry/providers/Microsoft.ContainerRegistry/registries/contosomcp"
      login_server = "contosomcp.azurecr.io"
    }
    github_app_key_version      = "5f2c1d0e9b8a47668f3e2d1c0b9a8776"
    entra_partner_topic_ready   = true
    policies_assigned_elsewhere = true
    entra_events_mode           = "apply"
    hr_queue_mode               = "plan"
    sweep_mode                  = "apply"
  }

  assert {
    condition     = [for name in ["ENTRA_EVENTS_MODE", "HR_QUEUE_MODE", "SWEEP_MODE"] : output.app_settings[name]] == ["apply", "plan", "apply"]
    error_message = "Each automatic trigger is turned on by its own input."
  }

  assert {
    condition     = length(azurerm_container_registry.this) == 0 && output.registry_login_server == "contosomcp.azurecr.io"
    error_message = "No second registry is made."
  }

  assert {
    condition     = length(output.next_steps) == 5
    error_message = "With key and topic in place, only servers, people, deploying and looking are left."
  }

  assert {
    condition     = length(module.policy) == 0
    error_message = "The subscription's policies are not made twice."
  }
}

run "what_cannot_work_is_refused" {
  command = plan

  variables {
    gateway_networking          = "none"
    tags                        = { mcpserver = "true" }
    alert_email_receivers       = {}
    additional_action_group_ids = [for n in range(5) : "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-soc/providers/Microsoft.Insights/actionGroups/ag-${n}"]
    mcp_servers = {
      filesystem = { image = "mcp-filesystem:latest", allowed_orgs = ["contoso"] }
    }
    tag_value_policy_effect         = "audit"
    other_compute_policy_effect     = "Modify"
    plain_credentials_policy_effect = "Append"
  }

  expect_failures = [
    var.gateway_networking, var.tags, var.alert_email_receivers, var.additional_action_group_ids, var.mcp_servers,
    var.tag_value_policy_effect, var.other_compute_policy_effect, var.plain_credentials_policy_effect,
  ]
}
