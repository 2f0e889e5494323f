locals {
  suffix = coalesce(var.name_suffix, substr(sha256("${var.subscription_id}/${var.environment}"), 0, 6))
  tags   = merge({ application = "mcp", environment = var.environment }, var.tags)

  # A trial is the app and its audit log: nothing that would have to be paid for before anybody knows what is found.
  has_gateway = var.profile != "trial"
  # Without a gateway there is nothing to call.
  has_canary = var.canary && local.has_gateway

  registry_name = "acrmcp${var.environment}${local.suffix}"
  registry = {
    id           = var.registry == null ? one(azurerm_container_registry.this[*].id) : var.registry.id
    login_server = var.registry != null ? var.registry.login_server : local.has_gateway ? "${local.registry_name}.azurecr.io" : null
  }

  network = {
    id                         = var.existing_network != null ? var.existing_network.id : module.network[0].vnet_id
    mcp_subnet_id              = var.existing_network != null ? var.existing_network.mcp_subnet_id : module.network[0].mcp_subnet_id
    gateway_subnet_id          = var.existing_network != null ? var.existing_network.gateway_subnet_id : module.network[0].gateway_subnet_id
    offboarding_subnet_id      = var.existing_network != null ? var.existing_network.offboarding_subnet_id : module.network[0].offboarding_subnet_id
    private_endpoint_subnet_id = var.existing_network != null ? var.existing_network.private_endpoint_subnet_id : module.network[0].private_endpoint_subnet_id
    private_dns_zone_ids       = var.existing_network != null ? var.private_dns_zone_ids : module.network[0].private_dns_zone_ids
  }
  approved_subnet_ids  = concat([local.network.mcp_subnet_id], var.additional_approved_subnet_ids)
  private_dns_services = local.has_gateway ? ["blob", "queue", "table", "vault", "servicebus", "acr"] : ["blob", "queue", "table", "vault"]

  # Entra gives a token for a resource that a client names only where that is an identifier URI, and takes only those of a
  # verified domain. Nobody signs in at a secrets server.
  server_uris = var.gateway_host_name == null ? [] : [
    for type, server in var.mcp_servers : "https://${var.gateway_host_name}/mcp/${type}" if !server.secrets
  ]

  # What hands out secrets, by its name: a monkey is no key, and a secretary no secret.
  secrets_pattern = "secret([^a]|a[^r]|$)|credential|passw(or)?d|passphrase|vault|bitwarden|keepass|lastpass|(^|[^a-z0-9])((api|access|account|ssh|pgp|gpg|pass|private|master|signing|encryption)?keys?(chains?|rings?|stores?)?|kv|creds)[0-9]*([^a-z0-9]|$)"

  # API Management's v2 tiers are not in the network but reach into it, through a subnet delegated to them.
  gateway_sku = coalesce(var.gateway_sku, var.profile == "production" ? "Premium_1" : "Developer_1")
  gateway_v2  = startswith(local.gateway_sku, "StandardV2_")
}

resource "azurerm_resource_group" "platform" {
  name     = "rg-mcp-${var.environment}"
  location = var.location
  tags     = local.tags
}

resource "azurerm_resource_group" "offboarding" {
  name     = "rg-offboarding-${var.environment}"
  location = var.location
  tags     = local.tags
}

resource "azurerm_container_registry" "this" {
  count = local.has_gateway && var.registry == null ? 1 : 0

  name                   = local.registry_name
  location               = var.location
  resource_group_name    = azurerm_resource_group.platform.name
  sku                    = "Premium"
  admin_enabled          = false
  anonymous_pull_enabled = false
  tags                   = local.tags
}

# Image layers come from *.blob.core.windows.net unless a private endpoint (Premium) serves them, and MCP servers
# may not reach Storage at large: its service tag covers everybody's accounts.
resource "azurerm_private_endpoint" "registry" {
  count = local.has_gateway && try(var.registry.private_endpoint, true) ? 1 : 0

  name                = "pe-${local.registry_name}"
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  subnet_id           = local.network.private_endpoint_subnet_id
  tags                = local.tags

  private_service_connection {
    name                           = "registry"
    private_connection_resource_id = local.registry.id
    subresource_names              = ["registry"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [local.network.private_dns_zone_ids["acr"]]
  }
}

module "network" {
  source = "./modules/network"
  count  = var.existing_network == null ? 1 : 0

  environment         = var.environment
  location            = var.location
  resource_group_name = azurerm_resource_group.platform.name
  tags                = local.tags

  address_space                    = var.network.address_space
  mcp_subnet_prefix                = var.network.mcp_subnet_prefix
  gateway_subnet_prefix            = var.network.gateway_subnet_prefix
  offboarding_subnet_prefix        = var.network.offboarding_subnet_prefix
  private_endpoint_subnet_prefix   = var.network.private_endpoint_subnet_prefix
  runner_subnet_cidr               = var.network.runner_subnet_cidr
  runners_may_bypass_gateway       = var.network.runners_may_bypass_gateway
  gateway_client_prefixes          = var.network.gateway_client_prefixes
  gateway_accepts_internet         = var.gateway_networking == "external"
  private_endpoint_client_prefixes = var.network.private_endpoint_client_prefixes
  outbound_destinations            = var.network.outbound_destinations
  outbound_service_tags            = var.network.outbound_service_tags
  mcp_port                         = var.network.mcp_port
  nat_gateway_enabled              = var.network.nat_gateway_enabled
  gateway_integration              = local.gateway_v2
  private_dns_services             = local.private_dns_services
  existing_private_dns_zone_ids    = var.private_dns_zone_ids
}

moved {
  from = module.network
  to   = module.network[0]
}

# Definitions and assignments are the subscription's: a second environment there would find their names taken.
module "policy" {
  source = "./modules/policy"
  count  = var.policies_assigned_elsewhere ? 0 : 1

  tag_value_effect         = var.tag_value_policy_effect
  other_compute_effect     = var.other_compute_policy_effect
  plain_credentials_effect = var.plain_credentials_policy_effect
  harmless_variable_names  = var.harmless_variable_names

  subscription_id     = var.subscription_id
  approved_subnet_ids = local.approved_subnet_ids
  effect              = coalesce(var.policy_effect, local.has_gateway ? "Deny" : "Audit")
  untagged_effect     = var.untagged_policy_effect
  enforce             = var.policies_enforced
}
