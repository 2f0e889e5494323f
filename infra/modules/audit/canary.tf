# Proves that the detection of bulk reading sees: its text, with its limits, over the rows of the app's canary alone. Nobody
# is told: the app looks for the alert itself.
resource "azurerm_monitor_action_group" "canary" {
  count = var.canary ? 1 : 0

  name                = "ag-mcp-canary-${var.environment}"
  resource_group_name = var.resource_group_name
  short_name          = "mcp-canary"
  tags                = var.tags
}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "canary" {
  for_each = var.canary ? toset(["canary"]) : []

  name                = "alert-mcp-canary-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  display_name        = "MCP: the canary (${var.environment})"
  description         = "The offboarding app read in bulk, in an API without documents, to see whether the detection sees it. Nothing is to be done."
  enabled             = var.alerts_enabled
  severity            = 4
  scopes              = [local.workspace.id]
  tags                = var.tags

  evaluation_frequency    = local.alerts["file-system-volume"].frequency
  window_duration         = "P2D"
  auto_mitigation_enabled = true
  skip_query_validation   = true

  criteria {
    query = join("\n", [
      "let lookback = ${local.look_backs["file-system-volume"]};",
      local.volume["limits"],
      "let servers = dynamic(${jsonencode(["canary"])});",
      local.volume["rest"],
      local.expected["file-system-volume"],
      local.queries["file-system-volume"],
    ])
    time_aggregation_method = "Count"
    operator                = "GreaterThan"
    threshold               = 0

    dynamic "dimension" {
      for_each = local.alerts["file-system-volume"].dimensions

      content {
        name     = dimension.value
        operator = "Include"
        values   = ["*"]
      }
    }

    failing_periods {
      minimum_failing_periods_to_trigger_alert = 1
      number_of_evaluation_periods             = 1
    }
  }

  action {
    action_groups = [azurerm_monitor_action_group.canary[0].id]
  }

  depends_on = [azurerm_log_analytics_workspace_table_custom_log.tool_calls]
}
