locals {
  metadata = merge(
    {
      for type, server in local.servers : type => {
        url_template = "/mcp/${type}"
        document = {
          resource              = server.url
          resource_name         = "MCP server ${type}"
          authorization_servers = ["${local.authority}/v2.0"]
          # Entra knows an API's scope by its full name alone; an application asks for all of its roles at once. Clients ask
          # for every scope that stands here: the right to write is asked for when a call needs it.
          scopes_supported         = [server.secrets ? "${server.identifier_uri}/.default" : "${server.identifier_uri}/${local.least_scope}"]
          bearer_methods_supported = ["header"]
        }
      }
    },
    {
      # Where a client looks that does not insert the server's path.
      root = {
        url_template = "/"
        document = {
          resource                 = local.gateway_url
          resource_name            = "MCP gateway"
          authorization_servers    = ["${local.authority}/v2.0"]
          scopes_supported         = ["${local.identifier_uri}/${local.least_scope}"]
          bearer_methods_supported = ["header"]
        }
      }
    },
  )
}

resource "azurerm_api_management_api" "metadata" {
  name                  = "mcp-protected-resource-metadata"
  display_name          = "Protected resource metadata"
  description           = "RFC 9728: which authorization server issues tokens for which MCP server."
  api_management_name   = azurerm_api_management.this.name
  resource_group_name   = var.resource_group_name
  path                  = ".well-known/oauth-protected-resource"
  protocols             = ["https"]
  revision              = "1"
  subscription_required = false
}

resource "azurerm_api_management_api_operation" "metadata" {
  for_each = local.metadata

  operation_id        = each.key
  display_name        = each.value.document.resource_name
  api_name            = azurerm_api_management_api.metadata.name
  api_management_name = azurerm_api_management.this.name
  resource_group_name = var.resource_group_name
  method              = "GET"
  url_template        = each.value.url_template
}

resource "azurerm_api_management_api_operation_policy" "metadata" {
  for_each = local.metadata

  operation_id        = azurerm_api_management_api_operation.metadata[each.key].operation_id
  api_name            = azurerm_api_management_api.metadata.name
  api_management_name = azurerm_api_management.this.name
  resource_group_name = var.resource_group_name
  xml_content = templatefile("${path.module}/../../policies/gateway/protected-resource-metadata.xml", {
    document = jsonencode(each.value.document)
  })
}
