locals {
  name = var.name == null ? "id-mcp-pipeline-${var.environment}" : "id-mcp-pipeline-${var.name}-${var.environment}"

  # GitHub's grammar: docs.github.com/actions/reference/security/oidc. Repositories made, renamed or moved after
  # 2026-07-15 have the numeric ids in their subject unless they opted out; older ones must opt in.
  owner      = var.organisation_id == null ? var.github_organisation : "${var.github_organisation}@${var.organisation_id}"
  repository = var.repository_id == null ? var.github_repository : "${var.github_repository}@${var.repository_id}"
  context    = var.environment_name == null ? "ref:refs/heads/${var.branch}" : "environment:${var.environment_name}"
  subject    = "repo:${local.owner}/${local.repository}:${local.context}"
}

resource "azurerm_user_assigned_identity" "pipeline" {
  name                = local.name
  location            = var.location
  resource_group_name = var.resource_group_name

  # mcp-offboarding reads this tag: a federated credential that it removes here would come back with the next apply,
  # so that its report asks for a change of this code as well.
  tags = merge(var.tags, { managed-by = "terraform" })
}

resource "azurerm_federated_identity_credential" "github" {
  name                      = "github-${var.environment_name == null ? "branch" : "environment"}"
  user_assigned_identity_id = azurerm_user_assigned_identity.pipeline.id
  issuer                    = "https://token.actions.githubusercontent.com"
  audience                  = ["api://AzureADTokenExchange"]
  subject                   = local.subject

  lifecycle {
    # The inputs are checked one by one; this holds for whatever is put together from them.
    precondition {
      condition     = !can(regex("[*?]|:pull_request$", local.subject))
      error_message = "The subject ${local.subject} has a wildcard or admits pull requests."
    }
  }
}

resource "azuread_app_role_assignment" "gateway" {
  app_role_id         = var.gateway_app_role_id
  principal_object_id = azurerm_user_assigned_identity.pipeline.principal_id
  resource_object_id  = var.gateway_service_principal_object_id
}
