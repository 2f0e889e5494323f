locals {
  # Names are Azure's own: learn.microsoft.com/azure/private-link/private-endpoint-dns. Event Hubs share Service Bus's zone.
  private_dns_zone_names = {
    blob       = "privatelink.blob.core.windows.net"
    queue      = "privatelink.queue.core.windows.net"
    table      = "privatelink.table.core.windows.net"
    vault      = "privatelink.vaultcore.azure.net"
    servicebus = "privatelink.servicebus.windows.net"
    acr        = "privatelink.azurecr.io"
  }
}

locals {
  # A zone that is there already is linked to this network by whoever owns it: two links of one zone would be refused.
  private_dns_zones = {
    for service, name in local.private_dns_zone_names : service => name
    if contains(var.private_dns_services, service) && !contains(keys(var.existing_private_dns_zone_ids), service)
  }
}

resource "azurerm_private_dns_zone" "this" {
  for_each = local.private_dns_zones

  name                = each.value
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "this" {
  for_each = local.private_dns_zones

  name                  = "link-${azurerm_virtual_network.this.name}"
  resource_group_name   = var.resource_group_name
  private_dns_zone_name = azurerm_private_dns_zone.this[each.key].name
  virtual_network_id    = azurerm_virtual_network.this.id
  registration_enabled  = false
  tags                  = var.tags
}
