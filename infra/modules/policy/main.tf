locals {
  definitions = {
    managed_identity = jsondecode(file("${path.module}/../../policies/mcp-managed-identity.json"))
    approved_subnet  = jsondecode(file("${path.module}/../../policies/mcp-approved-subnet.json"))
    untagged_image   = jsondecode(file("${path.module}/../../policies/mcp-untagged-image.json"))
  }

  names = {
    managed_identity = "mcp-managed-identity"
    approved_subnet  = "mcp-approved-subnet"
    untagged_image   = "mcp-untagged-image"
  }

  parameters = {
    managed_identity = { effect = { value = var.effect } }
    approved_subnet = {
      effect            = { value = var.effect }
      approvedSubnetIds = { value = var.approved_subnet_ids }
    }
    untagged_image = { effect = { value = var.untagged_effect } }
  }

  # What a developer reads in the failed deployment. It says what to do, because nobody looks up a policy first.
  messages = {
    managed_identity = "MCP servers run as a user-assigned managed identity. Give the container group identity type UserAssigned and grant that identity what the server needs; take personal tokens out of it. The Terraform module mcp-server does this."
    approved_subnet  = "MCP servers run in the approved MCP subnet only. Set subnetIds to that one subnet (output mcp_subnet_id of the Terraform module network) and use no public IP address."
    untagged_image   = "This container group runs an image of an mcp- repository without the tag MCPServer = true. If it is an MCP server, set the tag and let the module mcp-server deploy it; if it is not, rename the image's repository."
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
