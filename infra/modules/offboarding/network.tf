locals {
  private_endpoints = {
    host-blob  = { resource_id = azurerm_storage_account.host.id, service = "blob" }
    host-queue = { resource_id = azurerm_storage_account.host.id, service = "queue" }
    host-table = { resource_id = azurerm_storage_account.host.id, service = "table" }
    data-blob  = { resource_id = azurerm_storage_account.data.id, service = "blob" }
    data-queue = { resource_id = azurerm_storage_account.data.id, service = "queue" }
    data-table = { resource_id = azurerm_storage_account.data.id, service = "table" }
    vault      = { resource_id = azurerm_key_vault.this.id, service = "vault" }
  }
}

# Apart from the others: those must be there before the app, this one cannot.
resource "azurerm_private_endpoint" "app" {
  count = var.app_private_dns_zone_id == null ? 0 : 1

  name                = "pe-offboarding-app-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  subnet_id           = var.private_endpoint_subnet_id
  tags                = var.tags

  private_service_connection {
    name                           = "app"
    private_connection_resource_id = azapi_resource.app.id
    subresource_names              = ["sites"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [var.app_private_dns_zone_id]
  }
}

resource "azurerm_private_endpoint" "this" {
  for_each = local.private_endpoints

  name                = "pe-offboarding-${each.key}-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  subnet_id           = var.private_endpoint_subnet_id
  tags                = var.tags

  private_service_connection {
    name                           = each.key
    private_connection_resource_id = each.value.resource_id
    subresource_names              = [each.value.service]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [var.private_dns_zone_ids[each.value.service]]
  }
}
