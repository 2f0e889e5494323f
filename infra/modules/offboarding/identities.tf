# One cuts, one discovers, one writes the audit rows, one assesses the platform, and the runtime has its own: nothing holds
# two of these powers. The canary has none of them: it calls the gateway so that the detection has something to see.
resource "azurerm_user_assigned_identity" "this" {
  for_each = toset(concat(["assessor", "host", "ingestor", "reader", "remover"], var.canary == null ? [] : ["canary"]))

  name                = "id-offboarding-${each.key}-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

data "azuread_service_principal" "graph" {
  client_id = "00000003-0000-0000-c000-000000000000"
}

locals {
  # What the firm has to turn on is granted where it is on, and taken away again.
  graph_opted_in = var.workstation_hunting.enabled ? local.permissions.graphOptIn.WORKSTATION_HUNTING : {}
  graph_grants = merge([
    for granted in [local.permissions.graph, local.graph_opted_in] : merge([
      for identity, names in granted : {
        for name in names : "${identity}/${name}" => { identity = identity, permission = name }
      }
    ]...)
  ]...)
}

resource "azuread_app_role_assignment" "graph" {
  for_each = local.graph_grants

  # A permission that Graph does not have stays its name, which the provider refuses, and so says which one it is.
  app_role_id         = lookup(data.azuread_service_principal.graph.app_role_ids, each.value.permission, each.value.permission)
  principal_object_id = azurerm_user_assigned_identity.this[each.value.identity].principal_id
  resource_object_id  = data.azuread_service_principal.graph.object_id
}

# The one right that it has: to read with MCP tools, as a pipeline does.
resource "azuread_app_role_assignment" "canary" {
  for_each = var.canary == null ? {} : { canary = var.canary }

  app_role_id         = each.value.gateway_app_role_id
  principal_object_id = azurerm_user_assigned_identity.this["canary"].principal_id
  resource_object_id  = each.value.gateway_service_principal_object_id
}

locals {
  roles = { for role in local.permissions.azureRoles : role.key => role }

  # Scopes by a name that is known before anything exists, so that the plan is.
  scopes = {
    subscriptions = { for id in var.subscription_ids : id => "/subscriptions/${id}" }
    gateway       = local.has_gateway ? { gateway = var.gateway_apim_id } : {}
    # Named value by named value: the remover writes these, and no other value that policies paste into their code.
    deny-list = { for name in var.deny_list_named_values : name => "${var.gateway_apim_id}/namedValues/${name}" }
    workspace = { workspace = var.workspace_id }
    key       = var.github_app_key_version == null ? {} : { key = "${azurerm_key_vault.this.id}/keys/${var.github_app_key_name}" }
    # Its own key and no other: whoever signs with the one above is the App that cuts.
    assessor-key = local.assessor_github_app && var.assessor_github_app_key_version != null ? { assessor-key = "${azurerm_key_vault.this.id}/keys/${var.assessor_github_app_key_name}" } : {}
    # By what makes it: nobody can be given a role on a key that is not there.
    evidence-key         = { evidence-key = azapi_resource_action.evidence_key.resource_id }
    event-hub            = local.has_eventhub ? { event-hub = var.eventhub_id } : {}
    data-collection-rule = local.has_eventhub ? { data-collection-rule = var.dcr_id } : {}
    storage              = { storage = azurerm_storage_account.data.id }
    application-insights = { application-insights = azurerm_application_insights.this.id }
    webhook-secret = {
      for key, name in { webhook-secret = var.teams_webhook_secret_name, signing-secret = try(var.webhook.secret_name, null) } :
      key => "${azurerm_key_vault.this.id}/secrets/${name}" if name != null
    }
    # The runtime's locks, keys, packages and histories are in an account of their own.
    host-storage = { storage = azurerm_storage_account.host.id }
  }

  assignments = merge([
    for key, role in local.roles : {
      for name, scope in local.scopes[role.scope == "storage" && role.identity == "host" ? "host-storage" : role.scope] :
      "${key}/${name}" => { role = key, scope = scope, subscription = role.scope == "subscriptions" ? scope : local.subscription }
    }
  ]...)
}

resource "azurerm_role_definition" "this" {
  for_each = { for key, role in local.roles : key => role if role.builtIn == null }

  # Names of roles are unique in the tenant.
  name              = "MCP offboarding ${each.key} (${var.environment})"
  description       = substr(each.value.why, 0, 1024)
  scope             = local.subscription
  assignable_scopes = each.value.scope == "subscriptions" ? distinct(concat([local.subscription], [for id in var.subscription_ids : "/subscriptions/${id}"])) : [local.subscription]

  permissions {
    actions      = each.value.actions
    data_actions = each.value.dataActions
  }
}

resource "azurerm_role_assignment" "this" {
  for_each = local.assignments

  scope                = each.value.scope
  role_definition_name = local.roles[each.value.role].builtIn
  # By its id in the subscription where it is assigned: Azure answers with that one, and another would have the assignment
  # replaced by every apply (github.com/hashicorp/terraform-provider-azurerm/issues/8558).
  role_definition_id = (
    local.roles[each.value.role].builtIn != null ? null :
    "${each.value.subscription}/providers/Microsoft.Authorization/roleDefinitions/${azurerm_role_definition.this[each.value.role].role_definition_id}"
  )
  principal_id   = azurerm_user_assigned_identity.this[local.roles[each.value.role].identity].principal_id
  principal_type = "ServicePrincipal"
  description    = substr(local.roles[each.value.role].why, 0, 512)
}
