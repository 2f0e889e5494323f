locals {
  definitions = {
    for key, name in local.names : key => jsondecode(file("${path.module}/../../policies/${name}.json"))
  }

  # Of the file, the definition and the assignment.
  names = {
    managed_identity  = "mcp-managed-identity"
    approved_subnet   = "mcp-approved-subnet"
    untagged_image    = "mcp-untagged-image"
    tag_value         = "mcp-tag-value"
    other_compute     = "mcp-other-compute"
    plain_credentials = "mcp-plain-credentials"
  }

  parameters = {
    managed_identity = { effect = { value = var.effect } }
    approved_subnet = {
      effect            = { value = var.effect }
      approvedSubnetIds = { value = var.approved_subnet_ids }
    }
    untagged_image = { effect = { value = var.untagged_effect } }
    tag_value      = { effect = { value = var.tag_value_effect } }
    other_compute  = { effect = { value = var.other_compute_effect } }
    plain_credentials = {
      effect        = { value = var.plain_credentials_effect }
      harmlessNames = { value = var.harmless_variable_names }
    }
  }

  # What a developer reads in the failed deployment. It says what to do, because nobody looks up a policy first.
  messages = {
    managed_identity  = "MCP servers run as a user-assigned managed identity. Give the container group identity type UserAssigned and grant that identity what the server needs; take personal tokens out of it. The Terraform module mcp-server does this. If the group is no MCP server, take the tag MCPServer off: false does not."
    approved_subnet   = "MCP servers run in the approved MCP subnet only. Set subnetIds to that one subnet (output mcp_subnet_id of the Terraform module network) and use neither a public IP address nor a network profile. If the group is no MCP server, take the tag MCPServer off: false does not."
    untagged_image    = "This container group runs an image of an MCP server without the tag MCPServer = true. If it is an MCP server, set the tag and let the module mcp-server deploy it; if it is not, rename the image's repository."
    tag_value         = "The tag MCPServer says neither true nor false. Set it to true on an MCP server; take it off everything else."
    other_compute     = "This looks like an MCP server outside a container group, where no policy holds it to its subnet and identity. Deploy it with the Terraform module mcp-server; if it is no MCP server, take the tag MCPServer off or rename the image's repository."
    plain_credentials = "An environment variable or app setting is named like a credential and holds a plain value, which everybody who may read the resource can read. Use a managed identity; where there is none, a secure value, a secret reference or a Key Vault reference. Then replace the credential: it has been read."
  }
}

resource "azurerm_policy_definition" "this" {
  for_each = local.definitions

  name         = local.names[each.key]
  policy_type  = "Custom"
  mode         = each.value.mode
  display_name = each.value.displayName
  description  = each.value.description
  metadata     = jsonencode(each.value.metadata)
  parameters   = jsonencode(each.value.parameters)
  policy_rule  = jsonencode(each.value.policyRule)
}

resource "azurerm_subscription_policy_assignment" "this" {
  for_each = local.names

  name                 = each.value
  display_name         = local.definitions[each.key].displayName
  description          = local.definitions[each.key].description
  subscription_id      = "/subscriptions/${var.subscription_id}"
  policy_definition_id = azurerm_policy_definition.this[each.key].id
  enforce              = var.enforce
  parameters           = jsonencode(local.parameters[each.key])

  non_compliance_message {
    content = local.messages[each.key]
  }
}
