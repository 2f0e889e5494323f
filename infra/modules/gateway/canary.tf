# An API of the app's canary, which calls as nobody does by hand so that the detection has something to see. It has the guards
# of every MCP server, lets in one identity, and answers by itself: no document is behind it.
locals {
  canary_url = "${local.gateway_url}/mcp/canary"
  canary = var.canary == null ? {} : {
    canary = {
      server         = "canary-others"
      backend        = ""
      canary         = lower(var.canary.principal_id)
      backend_url    = ""
      path           = "/"
      tasks          = false
      resources      = false
      prompts        = false
      client_answers = false
      allowed_roots  = []
      secrets        = false
      audiences      = var.audiences
      identifier_uri = local.identifier_uri
      url            = local.canary_url
      metadata_url   = "${local.gateway_url}/.well-known/oauth-protected-resource"
    }
  }
}

resource "azurerm_api_management_api" "canary" {
  for_each = local.canary

  # Not mcp-canary: no MCP server is behind it, and its calls are no tool calls that anything is compared with.
  name                  = "canary"
  display_name          = "Canary"
  description           = "Answers the offboarding app's canary, and nobody else. No server is behind it."
  api_management_name   = azurerm_api_management.this.name
  resource_group_name   = var.resource_group_name
  path                  = "mcp/canary"
  protocols             = ["https"]
  revision              = "1"
  subscription_required = false
}

resource "azurerm_api_management_api_operation" "canary" {
  for_each = local.canary

  operation_id        = "post"
  display_name        = "Send a message"
  api_name            = azurerm_api_management_api.canary[each.key].name
  api_management_name = azurerm_api_management.this.name
  resource_group_name = var.resource_group_name
  method              = "POST"
  url_template        = "/"
}

resource "azurerm_api_management_api_policy" "canary" {
  for_each = local.canary

  api_name            = azurerm_api_management_api.canary[each.key].name
  api_management_name = azurerm_api_management.this.name
  resource_group_name = var.resource_group_name
  xml_content         = local.policies[each.key]

  # Named in the policy's text, where Terraform does not see it.
  depends_on = [
    azurerm_api_management_named_value.denied,
    azurerm_api_management_policy_fragment.log_tool_call,
  ]
}
