locals {
  name = join("-", compact(["apim-mcp-${var.environment}", var.name_suffix]))

  # Injection into a network is a feature of the classic Developer and Premium tiers alone.
  default_sku_name = (
    var.production
    ? (var.networking == "none" ? "Standard_1" : "Premium_1")
    : "Developer_1"
  )
  sku_name = coalesce(var.sku_name, local.default_sku_name)

  virtual_network_types = {
    internal = "Internal"
    external = "External"
    none     = "None"
  }

  # Integrated with the network instead of being in it: calls to servers go through the subnet, and clients come to the
  # public address or to a private endpoint (learn.microsoft.com/azure/api-management/virtual-network-concepts).
  integrated   = startswith(local.sku_name, "StandardV2_")
  has_endpoint = local.integrated && var.networking == "internal"

  # Not the service's own attribute: that is known after the apply only, and the policies name this address.
  host_name   = coalesce(var.host_name, "${local.name}.azure-api.net")
  gateway_url = "https://${local.host_name}"
}

resource "azurerm_api_management" "this" {
  name                 = local.name
  location             = var.location
  resource_group_name  = var.resource_group_name
  publisher_name       = var.publisher_name
  publisher_email      = var.publisher_email
  sku_name             = local.sku_name
  virtual_network_type = local.integrated && var.networking != "none" ? "External" : local.virtual_network_types[var.networking]
  # Older versions of the management API hand out keys to readers.
  min_api_version = "2021-08-01"
  tags            = var.tags

  identity {
    type = "SystemAssigned"
  }

  dynamic "virtual_network_configuration" {
    for_each = var.networking == "none" ? [] : [var.subnet_id]

    content {
      subnet_id = virtual_network_configuration.value
    }
  }

  lifecycle {
    # Closed below, where it is: Azure wants it open until the private endpoint is there.
    ignore_changes = [public_network_access_enabled]
  }
}

resource "azurerm_private_endpoint" "gateway" {
  count = local.has_endpoint ? 1 : 0

  name                = "pe-${local.name}"
  location            = var.location
  resource_group_name = var.resource_group_name
  subnet_id           = var.private_endpoint.subnet_id
  tags                = var.tags

  private_service_connection {
    name                           = "gateway"
    private_connection_resource_id = azurerm_api_management.this.id
    subresource_names              = ["Gateway"]
    is_manual_connection           = false
  }

  dynamic "ip_configuration" {
    for_each = var.private_endpoint.address == null ? [] : [var.private_endpoint.address]

    content {
      name               = "gateway"
      private_ip_address = ip_configuration.value
      subresource_name   = "Gateway"
      member_name        = "Gateway"
    }
  }
}

resource "azapi_update_resource" "no_public_access" {
  count = local.has_endpoint ? 1 : 0

  type        = "Microsoft.ApiManagement/service@2024-05-01"
  resource_id = azurerm_api_management.this.id
  body        = { properties = { publicNetworkAccess = "Disabled" } }

  depends_on = [azurerm_private_endpoint.gateway]
}

# In internal mode the service's name is in no public DNS. A zone for this one name, because one for azure-api.net would
# hide every other gateway of Azure from the linked networks.
resource "azurerm_private_dns_zone" "this" {
  count = var.networking == "internal" ? 1 : 0

  name                = "${local.name}.azure-api.net"
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_private_dns_a_record" "this" {
  count = var.networking == "internal" ? 1 : 0

  name                = "@"
  zone_name           = azurerm_private_dns_zone.this[0].name
  resource_group_name = var.resource_group_name
  ttl                 = 300
  records             = local.has_endpoint ? [azurerm_private_endpoint.gateway[0].private_service_connection[0].private_ip_address] : azurerm_api_management.this.private_ip_addresses
  tags                = var.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "this" {
  for_each = var.networking == "internal" ? var.virtual_network_ids : {}

  name                  = "link-${each.key}"
  resource_group_name   = var.resource_group_name
  private_dns_zone_name = azurerm_private_dns_zone.this[0].name
  virtual_network_id    = each.value
  registration_enabled  = false
  tags                  = var.tags
}
