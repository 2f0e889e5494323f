locals {
  # Every query answers with the rows to report and with none when all is well, so that one condition fits all rules.
  # Dimensions make an alert of its own for each caller and time, told once: rules look back over each other's rows.
  alerts = {
    "after-departure-watch" = {
      query       = "after-departure-watch"
      title       = "A call by somebody who has left"
      description = "Somebody who has left, or who is on the gateway's deny list, called the gateway. Refused calls mean that something still runs with their credentials: find it. Allowed ones mean that the deny list does not hold: open a case."
      severity    = 0
      frequency   = "PT5M"
      dimensions  = ["caller", "upn", "day"]
    }
    "file-system-volume" = {
      query       = "file-system-volume"
      title       = "Documents read in bulk"
      description = "One caller made more than ${var.file_system_limits.calls} reading calls of a file system server, or read in more than ${var.file_system_limits.directories} directories, within sixty minutes; or all callers together more than ${var.file_system_limits.calls_over_callers} or ${var.file_system_limits.directories_over_callers}.${local.not_reported["file-system-volume"]}"
      severity    = 1
      frequency   = "PT5M"
      dimensions  = ["caller", "upn", "hour"]
    }
    "out-of-hours-writes" = {
      query       = "out-of-hours-writes"
      title       = "Changes outside of business hours"
      description = "A person changed something before ${var.business_hours.opens}:00 or from ${var.business_hours.closes}:00 on (${var.business_time_zone}).${local.not_reported["out-of-hours-writes"]}"
      severity    = 2
      frequency   = "PT15M"
      dimensions  = ["caller", "upn", "night"]
    }
    "pipeline-silence" = {
      query       = "pipeline-silence"
      title       = "No tool calls arrive"
      description = "The audit log has no call of the last ${var.silence.hours} hours. Until calls arrive again, no other detection sees anything."
      severity    = 1
      frequency   = "PT30M"
      dimensions  = []
    }
    "repeated-401" = {
      query       = "repeated-401"
      title       = "Calls without a valid token, again and again"
      description = "One server refused more than ${var.unauthenticated_limit} calls without a valid token (401) within sixty minutes, or all servers together more than ${var.unauthenticated_limit_over_servers}. Nobody is named in them: look for a runner whose credentials have run out, a leaver's for one, or somebody who tries the door."
      severity    = 2
      frequency   = "PT15M"
      dimensions  = ["server", "hour"]
    }
    "repeated-403" = {
      query       = "repeated-403"
      title       = "Refused again and again"
      description = "${local.refused}.${local.not_reported["repeated-403"]}"
      severity    = 2
      frequency   = "PT5M"
      dimensions  = ["caller", "upn", "server", "since"]
    }
    "repeated-403-privileged" = {
      query       = "repeated-403"
      title       = "Refused again and again, of what administers or hands out secrets"
      description = "${local.refused}; at least one of the refusals was of what administers or hands out secrets, and such a one counts ${var.refusal_limits.privileged_weight}.${local.not_reported["repeated-403-privileged"]}"
      severity    = 1
      frequency   = "PT5M"
      dimensions  = ["caller", "upn", "server", "since"]
    }
  }

  refused = "One caller was refused (403) by one server, whatever the tool, with a weight of more than ${var.refusal_limits.refusals} within ten minutes; or by all servers, of more than ${var.refusal_limits.over_servers}; or all callers together were, of more than ${var.refusal_limits.over_callers}"

  # Who reads the alert must know what it does not tell. The query decides whether an entry still counts.
  not_reported = {
    for detection in local.expectable : detection => length(local.entries_of[detection]) == 0 ? "" : join("", [
      " Not reported: ",
      join("; ", slice(local.entries_of[detection], 0, min(length(local.entries_of[detection]), 5))),
      length(local.entries_of[detection]) <= 5 ? "." : "; and ${length(local.entries_of[detection]) - 5} more, see the workbook.",
    ])
  }
  entries_of = {
    for detection in local.expectable : detection => [
      for entry in var.expected_callers : "${lower(entry.caller)} at ${entry.server} until ${entry.until} (${entry.reason})"
      if contains(entry.detections, detection)
    ]
  }
}

resource "azurerm_monitor_action_group" "audit" {
  name                = "ag-mcp-audit-${var.environment}"
  resource_group_name = var.resource_group_name
  short_name          = "mcp-audit"
  tags                = var.tags

  dynamic "email_receiver" {
    for_each = var.alert_email_receivers

    content {
      name                    = email_receiver.key
      email_address           = email_receiver.value
      use_common_alert_schema = true
    }
  }
}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "detection" {
  for_each = local.alerts

  name                = "alert-mcp-${each.key}-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  display_name        = "MCP: ${each.value.title} (${var.environment})"
  description         = each.value.description
  enabled             = var.alerts_enabled
  severity            = lookup(var.alert_severities, each.key, each.value.severity)
  scopes              = [local.workspace.id]
  tags                = var.tags

  evaluation_frequency = each.value.frequency
  # The longest there is. Rows keep the time of their call unless they are more than two days late, and get the time of
  # their arrival then: a row that is late is looked at when it arrives, however late it is.
  window_duration = "P2D"

  # An alert is told once and ends when its rows leave the look-back; ended is not handled.
  auto_mitigation_enabled = true

  # The service answers a query over a table that was declared a minute ago with an error. The queries are bound to the
  # declared columns and run over rows before they get here.
  skip_query_validation = true

  criteria {
    query                   = local.alert_queries[each.key]
    time_aggregation_method = "Count"
    operator                = "GreaterThan"
    threshold               = 0

    dynamic "dimension" {
      for_each = each.value.dimensions

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
    action_groups = concat([azurerm_monitor_action_group.audit.id], var.additional_action_group_ids)
  }

  depends_on = [azurerm_log_analytics_workspace_table_custom_log.tool_calls]
}
