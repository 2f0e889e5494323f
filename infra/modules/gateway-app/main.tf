locals {
  # Scopes and roles are one namespace in Entra: no value twice. Ids are made from the values, so that they stay the same
  # wherever the module is applied again; what was assigned before stays assigned.
  scopes = {
    "mcp.tools.read"  = { name = "Read with MCP tools", description = "Read files, repositories and search results in the signed-in user's name." }
    "mcp.tools.write" = { name = "Write with MCP tools", description = "Write files, pull requests and issues in the signed-in user's name." }
  }

  application_roles = {
    "mcp.tools.read.app"  = { name = "Read with MCP tools, as an application", description = "Pipelines that read files, repositories and search results." }
    "mcp.tools.write.app" = { name = "Write with MCP tools, as an application", description = "Pipelines that write files, pull requests and issues." }
    "mcp.tools.admin"     = { name = "Administer with MCP tools", description = "DevOps automation that changes repository settings and webhooks." }
  }

  # Who may have a token at all, and who may besides use a writing tool. No tool is opened by them alone.
  user_roles = {
    "mcp.developer" = { name = "MCP developer", description = "May sign in to the MCP gateway." }
    "mcp.writer"    = { name = "MCP writer", description = "May sign in to the MCP gateway and use writing tools, where the client has the scope." }
  }

  role_ids  = { for value in keys(merge(local.application_roles, local.user_roles)) : value => uuidv5("url", "${var.identifier_uri}/roles/${value}") }
  scope_ids = { for value in keys(local.scopes) : value => uuidv5("url", "${var.identifier_uri}/scopes/${value}") }
}

resource "azuread_application" "gateway" {
  display_name            = var.display_name
  description             = "What clients ask tokens for to call MCP servers through the gateway."
  identifier_uris         = concat([var.identifier_uri], var.additional_identifier_uris)
  sign_in_audience        = "AzureADMyOrg"
  prevent_duplicate_names = true
  owners                  = var.owner_object_ids

  api {
    # v2.0 tokens: one issuer, and the client id as audience, which nobody else can claim.
    requested_access_token_version = 2

    dynamic "oauth2_permission_scope" {
      for_each = local.scopes

      content {
        id                         = local.scope_ids[oauth2_permission_scope.key]
        value                      = oauth2_permission_scope.key
        type                       = "Admin"
        enabled                    = true
        admin_consent_display_name = oauth2_permission_scope.value.name
        admin_consent_description  = oauth2_permission_scope.value.description
      }
    }
  }

  dynamic "app_role" {
    for_each = local.application_roles

    content {
      id                   = local.role_ids[app_role.key]
      value                = app_role.key
      display_name         = app_role.value.name
      description          = app_role.value.description
      allowed_member_types = ["Application"]
      enabled              = true
    }
  }

  dynamic "app_role" {
    for_each = local.user_roles

    content {
      id                   = local.role_ids[app_role.key]
      value                = app_role.key
      display_name         = app_role.value.name
      description          = app_role.value.description
      allowed_member_types = ["User"]
      enabled              = true
    }
  }

  optional_claims {
    # The gateway tells an application's token by this claim, and by nothing else. Only such a token gets it: that a
    # user's has it too is a property which the provider does not accept.
    access_token {
      name = "idtyp"
    }

    # For the audit log; nothing is decided by it.
    access_token {
      name = "upn"
    }
  }
}

resource "azuread_service_principal" "gateway" {
  client_id = azuread_application.gateway.client_id
  # No assignment, no token: neither for a person nor for an application.
  app_role_assignment_required = true
  owners                       = var.owner_object_ids
}

resource "azuread_application_pre_authorized" "this" {
  for_each = var.allowed_clients

  application_id       = azuread_application.gateway.id
  authorized_client_id = each.value
  permission_ids = [
    for value in sort(keys(local.scopes)) : local.scope_ids[value]
    if value == "mcp.tools.read" || contains(var.writing_clients, each.key)
  ]
}
