resource "azurerm_eventhub_namespace" "audit" {
  count = var.eventhub_enabled ? 1 : 0

  name                          = join("-", compact(["evhns-mcp", var.environment, var.name_suffix]))
  location                      = var.location
  resource_group_name           = var.resource_group_name
  sku                           = "Standard"
  capacity                      = var.eventhub_capacity
  auto_inflate_enabled          = var.eventhub_maximum_capacity > var.eventhub_capacity
  maximum_throughput_units      = var.eventhub_maximum_capacity > var.eventhub_capacity ? var.eventhub_maximum_capacity : null
  local_authentication_enabled  = false
  minimum_tls_version           = "1.2"
  public_network_access_enabled = var.private_endpoint == null
  tags                          = var.tags
}

resource "azurerm_eventhub" "tool_calls" {
  count = var.eventhub_enabled ? 1 : 0

  name              = "mcp-tool-calls"
  namespace_id      = azurerm_eventhub_namespace.audit[0].id
  partition_count   = var.eventhub_partitions
  message_retention = var.eventhub_message_retention_days
}

resource "azurerm_eventhub_consumer_group" "offboarding" {
  count = var.eventhub_enabled ? 1 : 0

  name                = "offboarding"
  namespace_name      = azurerm_eventhub_namespace.audit[0].name
  eventhub_name       = azurerm_eventhub.tool_calls[0].name
  resource_group_name = var.resource_group_name
  user_metadata       = "The app's ingestion into ${local.schema.table}"
}

resource "azurerm_private_endpoint" "event_hub" {
  count = var.eventhub_enabled && var.private_endpoint != null ? 1 : 0

  name                = "pe-${azurerm_eventhub_namespace.audit[0].name}"
  location            = var.location
  resource_group_name = var.resource_group_name
  subnet_id           = var.private_endpoint.subnet_id
  tags                = var.tags

  private_service_connection {
    name                           = "event-hub"
    private_connection_resource_id = azurerm_eventhub_namespace.audit[0].id
    is_manual_connection           = false
    subresource_names              = ["namespace"]
  }

  private_dns_zone_group {
    name                 = "event-hub"
    private_dns_zone_ids = [var.private_endpoint.private_dns_zone_id]
  }
}
