resource "azurerm_monitor_data_collection_endpoint" "audit" {
  name                = "dce-mcp-audit-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  description         = "Where the app uploads the gateway's tool calls"
  tags                = var.tags
}

resource "azurerm_monitor_data_collection_rule" "tool_calls" {
  name                        = "dcr-mcp-audit-${var.environment}"
  location                    = var.location
  resource_group_name         = var.resource_group_name
  description                 = "Tool calls of the MCP gateway, as they are, into ${local.schema.table}"
  data_collection_endpoint_id = azurerm_monitor_data_collection_endpoint.audit.id
  tags                        = var.tags

  stream_declaration {
    stream_name = local.stream

    dynamic "column" {
      for_each = local.schema.columns

      content {
        name = column.value.name
        type = lookup(local.stream_types, column.value.type, column.value.type)
      }
    }
  }

  destinations {
    log_analytics {
      name                  = "audit"
      workspace_resource_id = local.workspace.id
    }
  }

  data_flow {
    streams       = [local.stream]
    destinations  = ["audit"]
    output_stream = local.stream
    transform_kql = "source"
  }

  # The service refuses a rule whose output stream has no table yet.
  depends_on = [azurerm_log_analytics_workspace_table_custom_log.tool_calls]
}
