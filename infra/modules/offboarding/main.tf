locals {
  # Generated from the one table in src/permissions; see docs/permissions.md for the reasons.
  permissions = jsondecode(file("${path.module}/permissions.json"))

  # By names, which the plan knows; the ids are known after the apply.
  has_gateway  = length(var.deny_list_named_values) > 0
  has_eventhub = var.eventhub_name != null

  app_name     = "func-offboarding-${var.environment}-${var.name_suffix}"
  host_account = "stobhost${var.environment}${var.name_suffix}"
  data_account = "stobdata${var.environment}${var.name_suffix}"
  vault_name   = "kv-offb-${var.environment}-${var.name_suffix}"
  hostname     = "${local.app_name}.azurewebsites.net"
  login        = lookup(var.settings, "LOGIN_ENDPOINT", "https://login.microsoftonline.com")
  subscription = "/subscriptions/${var.subscription_id}"
  group_id     = "${local.subscription}/resourceGroups/${var.resource_group_name}"

  # Without a version: after a rotation the app signs with the newest.
  evidence_key_name = "evidence-signing"
  evidence_key_id   = "https://${local.vault_name}.vault.azure.net/keys/${local.evidence_key_name}"

  # The version is the last segment of the key's id, once there is one.
  github_app_key_id          = join("/", compact(["https://${local.vault_name}.vault.azure.net/keys", var.github_app_key_name, var.github_app_key_version]))
  assessor_github_app_key_id = join("/", compact(["https://${local.vault_name}.vault.azure.net/keys", var.assessor_github_app_key_name, var.assessor_github_app_key_version]))
  assessor_github_app        = var.assessor_github_app_id != null
}

resource "azurerm_service_plan" "this" {
  name                = "asp-offboarding-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  os_type             = "Linux"
  sku_name            = "FC1"
  tags                = var.tags
}

# Through azapi, because azurerm_function_app_flex_consumption (4.x, and still 5.2) writes a connection string without
# a key into AzureWebJobsStorage whenever the app is created or updated, which the host prefers to its identity, and
# knows no keyVaultReferenceIdentity: github.com/hashicorp/terraform-provider-azurerm/issues/29693 and 30732.
resource "azapi_resource" "app" {
  type      = "Microsoft.Web/sites@2024-04-01"
  name      = local.app_name
  parent_id = local.group_id
  location  = var.location
  tags      = var.tags

  # Azure answers with "serverfarms" where the plan's id says "serverFarms": every plan would show a change.
  ignore_casing = true

  identity {
    type         = "UserAssigned"
    identity_ids = [for identity in azurerm_user_assigned_identity.this : identity.id]
  }

  body = {
    kind = "functionapp,linux"
    properties = {
      serverFarmId              = azurerm_service_plan.this.id
      httpsOnly                 = true
      publicNetworkAccess       = "Enabled"
      virtualNetworkSubnetId    = var.offboarding_subnet_id
      keyVaultReferenceIdentity = azurerm_user_assigned_identity.this["host"].id

      functionAppConfig = {
        deployment = {
          storage = {
            type  = "blobContainer"
            value = "https://${local.host_account}.blob.core.windows.net/${azurerm_storage_container.deployments.name}"
            authentication = {
              type                           = "UserAssignedIdentity"
              userAssignedIdentityResourceId = azurerm_user_assigned_identity.this["host"].id
            }
          }
        }
        runtime = {
          name    = "node"
          version = var.node_version
        }
        scaleAndConcurrency = {
          maximumInstanceCount = var.maximum_instances
          instanceMemoryMB     = var.instance_memory_mb
          alwaysReady          = var.always_ready_orchestrators == 0 ? [] : [{ name = "durable", instanceCount = var.always_ready_orchestrators }]
        }
      }

      siteConfig = {
        # Neither ftpsState nor vnetRouteAllEnabled: Flex Consumption has no FTP, sends everything through the network, and
        # refuses an app that says either (error 51021).
        appSettings      = [for name, value in local.app_settings : { name = name, value = value }]
        minTlsVersion    = "1.2"
        scmMinTlsVersion = "1.2"
        http20Enabled    = true

        # Open to Event Grid, which has no private way in, and to the operators' networks; to nobody else.
        ipSecurityRestrictionsDefaultAction    = "Deny"
        ipSecurityRestrictions                 = local.admitted
        scmIpSecurityRestrictionsUseMain       = false
        scmIpSecurityRestrictionsDefaultAction = "Deny"
        scmIpSecurityRestrictions              = local.deployers
      }
    }
  }

  # The host reads its storage the moment it starts, and the roles must be there.
  depends_on = [azurerm_role_assignment.this, azurerm_private_endpoint.this]
}

locals {
  admitted = concat(
    [{ name = "event-grid", priority = 100, action = "Allow", ipAddress = "AzureEventGrid", tag = "ServiceTag" }],
    [for index, cidr in var.operator_address_prefixes : { name = "operators-${index}", priority = 200 + index, action = "Allow", ipAddress = cidr, tag = "Default" }],
    # Whoever has deployed looks at /api/health next.
    [for index, cidr in var.deployer_address_prefixes : { name = "deployers-${index}", priority = 300 + index, action = "Allow", ipAddress = cidr, tag = "Default" }],
  )
  deployers = [for index, cidr in var.deployer_address_prefixes : { name = "deployers-${index}", priority = 100 + index, action = "Allow", ipAddress = cidr, tag = "Default" }]
}

# Deployments sign in with Entra; the publishing profile's password does not exist.
resource "azapi_update_resource" "no_basic_authentication" {
  for_each = toset(["ftp", "scm"])

  type        = "Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01"
  resource_id = "${azapi_resource.app.id}/basicPublishingCredentialsPolicies/${each.key}"
  body        = { properties = { allow = false } }

  # One change of a site at a time: Azure refuses a second one ("another operation is in progress").
  locks = [azapi_resource.app.id]
}

# Stands in front of the app's own check of every token, which stays: this one can be switched off by a click.
resource "azapi_update_resource" "authentication" {
  type        = "Microsoft.Web/sites/config@2024-04-01"
  resource_id = "${azapi_resource.app.id}/config/authsettingsV2"
  locks       = [azapi_resource.app.id]

  body = {
    properties = {
      platform     = { enabled = true, runtimeVersion = "~1" }
      httpSettings = { requireHttps = true }
      login        = { tokenStore = { enabled = false } }
      globalValidation = {
        requireAuthentication       = true
        unauthenticatedClientAction = "Return401"
        # Event Grid proves itself with the key of the extension, not with a token. It writes its name in capitals.
        # The console's files hold nothing of the firm's; whoever opened it signs in and then has a token. Each address
        # stands here for itself, because Azure does not document whether one stands for those below it; for the same
        # reason "/" does not stand here.
        excludedPaths = concat(
          ["/api/health", "/api/openapi.json", "/api/sign-in-settings"],
          ["/runtime/webhooks/eventgrid", "/runtime/webhooks/EventGrid"],
          ["/console", "/console/"],
          # Jobs come with a token of GitHub, which the app verifies and the platform cannot.
          length(var.machines_owner_ids) == 0 ? [] : ["/api/machines/reports"],
          [for file in ["index.html", "app.js", "style.css", "icon.svg", "signed-in.html", "signed-in.js"] : "/console/${file}"],
        )
      }
      identityProviders = {
        azureActiveDirectory = {
          enabled      = true
          registration = { clientId = azuread_application.api.client_id, openIdIssuer = "${local.login}/${var.tenant_id}/v2.0" }
          validation   = { allowedAudiences = [azuread_application.api.client_id] }
        }
      }
    }
  }
}
