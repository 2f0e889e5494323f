locals {
  # The text of every query, by its name. What the alert rules deploy is these files and the values in front of them.
  queries = {
    for file in fileset("${path.module}/../../../kql", "*.kql") :
    trimsuffix(file, ".kql") => file("${path.module}/../../../kql/${file}")
  }

  zone  = "let zone = ${jsonencode(var.business_time_zone)};"
  hours = "let opens = ${var.business_hours.opens};\nlet closes = ${var.business_hours.closes};"

  # What each query says that it needs in front of it, but for how far it looks back. A query that is not listed fails
  # the plan.
  parameters = {
    # Values of one case; whoever opens the saved query writes them over.
    "activity-audit" = join("\n", [
      "let leaverOid = \"00000000-0000-0000-0000-000000000000\";",
      "let leaverUpn = \"\";",
      "let relatedOids = dynamic([]);",
      "let windowStart = ago(90d);",
      "let finalStart = ago(14d);",
      "let departure = now();",
      local.zone,
    ])
    "after-departure-watch" = "${local.zone}\nlet departed = dynamic(${jsonencode(var.departed_object_ids)});"
    "days-with-rows"        = "let windowStart = ago(90d);\n${local.zone}"
    "days-without-rows"     = "let windowStart = ago(90d);\n${local.zone}"
    "file-system-volume" = join("\n", [
      "let maximumCalls = ${var.file_system_limits.calls};",
      "let maximumDirectories = ${var.file_system_limits.directories};",
      "let servers = dynamic(${jsonencode(var.file_system_limits.servers)});",
      "let tools = dynamic(${jsonencode(var.file_system_limits.tools)});",
    ])
    "ingestion-health"    = "let windowStart = ago(90d);\n${local.zone}"
    "out-of-hours-writes" = "${local.zone}\n${local.hours}\nlet writeVerbs = dynamic(${jsonencode(var.write_verbs)});"
    "pipeline-silence" = join("\n", [
      "let silence = ${var.silence.hours}h;",
      "let aroundTheClock = ${var.silence.around_the_clock};",
      local.zone,
      local.hours,
    ])
    # Values of one case, like those of activity-audit.
    "rows-by-hour" = join("\n", [
      "let leaverOid = \"00000000-0000-0000-0000-000000000000\";",
      "let leaverUpn = \"\";",
      "let windowStart = ago(90d);",
      local.zone,
    ])
    "repeated-403" = join("\n", [
      "let maximumRefusals = ${var.refusal_limits.refusals};",
      "let privilegedScopes = dynamic(${jsonencode(var.refusal_limits.privileged_scopes)});",
      "let privilegedWeight = ${var.refusal_limits.privileged_weight};",
    ])
  }

  # How far back the detections look each time they run.
  look_backs = {
    "after-departure-watch" = "24h"
    "file-system-volume"    = "3h"
    "out-of-hours-writes"   = "24h"
    "repeated-403"          = "1h"
  }

  # As the alert rules run them.
  alert_queries = {
    for name in keys(local.alerts) : name => join("\n", compact([
      try("let lookback = ${local.look_backs[name]};", ""), local.parameters[name], local.queries[name],
    ]))
  }

  # As people run them, over as much as the table holds.
  reader_queries = {
    for name, query in local.queries : name => join("\n", compact([
      contains(keys(local.look_backs), name) ? "let lookback = ${var.retention_days}d;" : "", local.parameters[name], query,
    ]))
  }
}

resource "azurerm_log_analytics_saved_search" "query" {
  for_each = local.reader_queries

  name                       = "mcp-${each.key}"
  log_analytics_workspace_id = local.workspace.id
  category                   = "MCP audit"
  display_name               = "MCP: ${replace(each.key, "-", " ")}"
  query                      = each.value

  depends_on = [azurerm_log_analytics_workspace_table_custom_log.tool_calls]
}
