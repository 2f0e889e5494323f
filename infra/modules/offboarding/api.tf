locals {
  api_roles = {
    "Offboarding.Read"       = "Sees cases and reports."
    "Offboarding.Operate"    = "Opens cases, and sees them and their reports."
    "Offboarding.Approve"    = "Sees cases and reports, and approves or rejects remedies that wait for a person, of cases that somebody else asked for."
    "Offboarding.Workflow"   = "Passes on tasks of Entra's lifecycle workflows, for the Logic App that lifecycle_workflows_app_id names, and nothing else."
    "Offboarding.Inventory"  = "Sends what lies on machines of CI, for managed identities of such machines, and nothing else."
    "Offboarding.Administer" = "Does what operators do, and looks after the app."
  }

  # Ids of roles and scopes have to be GUIDs of our choosing that never change.
  api_role_ids = { for value in keys(local.api_roles) : value => uuidv5("url", "https://mcp-offboarding/roles/${value}") }
  api_scope_id = uuidv5("url", "https://mcp-offboarding/scopes/access_as_user")
}

# The HTTP API as Entra knows it. It signs nobody in itself and so has neither secret nor redirect address.
resource "azuread_application" "api" {
  display_name            = "MCP offboarding (${var.environment})"
  sign_in_audience        = "AzureADMyOrg"
  prevent_duplicate_names = true

  api {
    requested_access_token_version = 2

    oauth2_permission_scope {
      id                         = local.api_scope_id
      value                      = "access_as_user"
      type                       = "Admin"
      enabled                    = true
      admin_consent_display_name = "Use MCP offboarding"
      admin_consent_description  = "Lets a client call the API in the name of the person who signed in; the person's app roles decide what they may do."
    }
  }

  dynamic "app_role" {
    for_each = local.api_roles

    content {
      id                   = local.api_role_ids[app_role.key]
      value                = app_role.key
      display_name         = app_role.key
      description          = app_role.value
      allowed_member_types = ["Application", "User"]
      enabled              = true
    }
  }

  lifecycle {
    # It holds the client id, which exists only afterwards: azuread_application_identifier_uri sets it.
    ignore_changes = [identifier_uris]
  }
}

resource "azuread_application_identifier_uri" "api" {
  application_id = azuread_application.api.id
  identifier_uri = "api://${azuread_application.api.client_id}"
}

resource "azuread_service_principal" "api" {
  client_id                    = azuread_application.api.client_id
  app_role_assignment_required = true
}

resource "azuread_application_pre_authorized" "client" {
  for_each = var.api_client_ids

  application_id       = azuread_application.api.id
  authorized_client_id = each.value
  permission_ids       = [local.api_scope_id]
}

resource "azuread_app_role_assignment" "operator" {
  for_each = var.operators

  app_role_id         = local.api_role_ids[each.value.role]
  principal_object_id = each.value.object_id
  resource_object_id  = azuread_service_principal.api.object_id
}
