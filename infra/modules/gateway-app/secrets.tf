# The secrets tools are an application of their own, because Conditional Access can block a resource and not one of its
# scopes: learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-cloud-apps
# It has no scope, so that there is nothing that a user's token could be issued for, and no role for users.
locals {
  secrets_role_ids = { "mcp.tools.secrets" = uuidv5("url", "${var.secrets_identifier_uri}/roles/mcp.tools.secrets") }
}

resource "azuread_application" "secrets" {
  display_name            = "${var.display_name} secrets"
  description             = "What pipelines ask tokens for to call the MCP server of secrets. Applications only."
  identifier_uris         = [var.secrets_identifier_uri]
  sign_in_audience        = "AzureADMyOrg"
  prevent_duplicate_names = true
  owners                  = var.owner_object_ids

  api {
    requested_access_token_version = 2
  }

  app_role {
    id                   = local.secrets_role_ids["mcp.tools.secrets"]
    value                = "mcp.tools.secrets"
    display_name         = "Read secrets with MCP tools"
    description          = "Pipelines that read secrets. Cannot be assigned to people."
    allowed_member_types = ["Application"]
    enabled              = true
  }

  optional_claims {
    access_token {
      name = "idtyp"
    }
  }
}

resource "azuread_service_principal" "secrets" {
  client_id                    = azuread_application.secrets.client_id
  app_role_assignment_required = true
  owners                       = var.owner_object_ids
}

# Every user, without exception: nobody's work is on this application, so that nobody can be locked out of anything.
resource "azuread_conditional_access_policy" "no_people_at_secrets" {
  display_name = "Block people on ${azuread_application.secrets.display_name}"
  state        = var.conditional_access_state

  conditions {
    client_app_types = ["all"]

    applications {
      included_applications = [azuread_application.secrets.client_id]
    }

    users {
      included_users = ["All"]
    }
  }

  grant_controls {
    operator          = "OR"
    built_in_controls = ["block"]
  }

  # Conditional Access knows an application by its service principal.
  depends_on = [azuread_service_principal.secrets]
}
