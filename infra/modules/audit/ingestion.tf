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
  description                 = "Tool calls of the MCP gateway into ${local.schema.table}, offboardings into ${local.cases_schema.table}, posture into ${local.posture_schema.table}, as they are"
  data_collection_endpoint_id = azurerm_monitor_data_collection_endpoint.audit.id
  tags                        = var.tags

  dynamic "stream_declaration" {
    for_each = local.streams

    content {
      stream_name = stream_declaration.key

      dynamic "column" {
        for_each = stream_declaration.value

        content {
          name = column.value.name
          type = lookup(local.stream_types, column.value.type, column.value.type)
        }
      }
    }
  }

  destinations {
    log_analytics {
      name                  = "audit"
      workspace_resource_id = local.workspace.id
    }
  }

  dynamic "data_flow" {
    for_each = keys(local.streams)

    content {
      streams       = [data_flow.value]
      destinations  = ["audit"]
      output_stream = data_flow.value
      transform_kql = "source"
    }
  }

  # The service refuses a rule whose output stream has no table yet.
  depends_on = [
    azurerm_log_analytics_workspace_table_custom_log.tool_calls,
    azurerm_log_analytics_workspace_table_custom_log.cases,
    azurerm_log_analytics_workspace_table_custom_log.posture,
  ]
}
