locals {
  # Tag names ignore case in Azure, so that a caller's "mcpserver" would be the same tag.
  other_tags = { for name, value in var.tags : name => value if lower(name) != "mcpserver" }
  group_tags = merge(local.other_tags, { MCPServer = "true" })
}

resource "azurerm_user_assigned_identity" "this" {
  name                = "id-mcp-${var.server_type}-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = local.other_tags
}

resource "azurerm_role_assignment" "pull" {
  scope                = var.registry_id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_user_assigned_identity.this.principal_id
  # The identity was made seconds ago: without the type, Entra's replication lag fails the assignment.
  principal_type = "ServicePrincipal"
  description    = "MCP server ${var.server_type}-${var.environment} pulls its image."
}

resource "azurerm_container_group" "this" {
  name                = "aci-mcp-${var.server_type}-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  os_type             = "Linux"
  restart_policy      = "Always"
  ip_address_type     = "Private"
  subnet_ids          = [var.subnet_id]
  tags                = local.group_tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.this.id]
  }

  image_registry_credential {
    server                    = var.registry_login_server
    user_assigned_identity_id = azurerm_user_assigned_identity.this.id
  }

  container {
    name   = "mcp-${var.server_type}"
    image  = var.image
    cpu    = var.cpu
    memory = var.memory

    ports {
      port     = var.port
      protocol = "TCP"
    }

    environment_variables = merge(var.environment_variables, {
      LOG_ENDPOINT    = var.log_endpoint
      MCP_SERVER_NAME = var.server_type
      ALLOWED_ORGS    = join(",", var.allowed_orgs)
    })
  }

  dynamic "dns_config" {
    for_each = length(var.dns_servers) == 0 ? [] : [var.dns_servers]

    content {
      nameservers = dns_config.value
    }
  }

  # Nothing above refers to the role: without this the group would pull before it may.
  depends_on = [azurerm_role_assignment.pull]
}
