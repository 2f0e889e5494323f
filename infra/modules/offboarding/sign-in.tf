# With what people sign in: in the console, in a browser from the command line, or with a code. A public client: it has no secret and no rights of
# its own; what somebody may do is up to their app role.
resource "azuread_application" "sign_in" {
  display_name            = "MCP offboarding, sign-in (${var.environment})"
  sign_in_audience        = "AzureADMyOrg"
  prevent_duplicate_names = true
  # For sign-in with a code.
  fallback_public_client_enabled = true

  public_client {
    redirect_uris = ["http://localhost"]
  }

  # The console: Entra answers with a code that only this page can redeem (PKCE), and only to this address.
  single_page_application {
    redirect_uris = ["https://${local.hostname}/console/signed-in.html"]
  }

  required_resource_access {
    resource_app_id = azuread_application.api.client_id

    resource_access {
      id   = local.api_scope_id
      type = "Scope"
    }
  }
}

resource "azuread_service_principal" "sign_in" {
  client_id = azuread_application.sign_in.client_id
}

# So that nobody is asked for consent.
resource "azuread_application_pre_authorized" "sign_in" {
  application_id       = azuread_application.api.id
  authorized_client_id = azuread_application.sign_in.client_id
  permission_ids       = [local.api_scope_id]
}
