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
    "expected-callers" = join("\n", [
      local.zone,
      "let entries = dynamic(${jsonencode([for entry in var.expected_callers : merge(entry, { detections = join(", ", entry.detections) })])});",
    ])
    "file-system-volume" = join("\n", [
      local.volume["limits"],
      "let servers = dynamic(${jsonencode(var.file_system_limits.servers)});",
      local.volume["rest"],
      local.expected["file-system-volume"],
    ])
    "ingestion-health" = "let windowStart = ago(90d);\n${local.zone}"
    "out-of-hours-writes" = join("\n", [
      local.zone,
      local.hours,
      "let writeVerbs = dynamic(${jsonencode(var.write_verbs)});",
      local.expected["out-of-hours-writes"],
    ])
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
    "repeated-401" = join("\n", [
      "let maximumRefusals = ${var.unauthenticated_limit};",
      "let maximumOverServers = ${var.unauthenticated_limit_over_servers};",
    ])
    "repeated-403" = join("\n", [
      "let categories = dynamic([\"ordinary\", \"privileged\"]);", local.refusals, local.expected["repeated-403"],
    ])
  }

  volume = {
    limits = join("\n", [
      "let maximumCalls = ${var.file_system_limits.calls};",
      "let maximumDirectories = ${var.file_system_limits.directories};",
      "let maximumCallsOverCallers = ${var.file_system_limits.calls_over_callers};",
      "let maximumDirectoriesOverCallers = ${var.file_system_limits.directories_over_callers};",
    ])
    rest = "let tools = dynamic(${jsonencode(var.file_system_limits.tools)});\n${local.zone}"
  }

  refusals = join("\n", [
    "let maximumRefusals = ${var.refusal_limits.refusals};",
    "let maximumOverServers = ${var.refusal_limits.over_servers};",
    "let maximumOverCallers = ${var.refusal_limits.over_callers};",
    "let privilegedScopes = dynamic(${jsonencode(var.refusal_limits.privileged_scopes)});",
    "let privilegedWeight = ${var.refusal_limits.privileged_weight};",
    local.zone,
  ])

  # Of the one query for refusals there are two rules, as a rule has one severity.
  rule_parameters = merge(local.parameters, {
    "repeated-403" = join("\n", [
      "let categories = dynamic([\"ordinary\"]);", local.refusals, local.expected["repeated-403"],
    ])
    "repeated-403-privileged" = join("\n", [
      "let categories = dynamic([\"privileged\"]);", local.refusals, local.expected["repeated-403-privileged"],
    ])
  })

  # A property bag for each detection, which finds an entry by its key: whoever is expected to read in bulk is not
  # expected to try secrets.
  expected = {
    for detection in local.expectable : detection => "let expected = dynamic(${jsonencode({
      for entry in var.expected_callers : lower("${entry.caller}/${entry.server}") => entry.until
      if contains(entry.detections, detection)
    })});"
  }
  expectable = ["file-system-volume", "out-of-hours-writes", "repeated-403", "repeated-403-privileged"]

  # How far back the detections look each time they run.
  look_backs = {
    "after-departure-watch" = "24h"
    "file-system-volume"    = "3h"
    "out-of-hours-writes"   = "24h"
    "repeated-401"          = "3h"
    "repeated-403"          = "1h"
  }

  # As the alert rules run them.
  alert_queries = {
    for name, alert in local.alerts : name => join("\n", compact([
      try("let lookback = ${local.look_backs[alert.query]};", ""), local.rule_parameters[name], local.queries[alert.query],
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
