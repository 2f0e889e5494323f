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
  virtual_network_type = local.virtual_network_types[var.networking]
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
  records             = azurerm_api_management.this.private_ip_addresses
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
