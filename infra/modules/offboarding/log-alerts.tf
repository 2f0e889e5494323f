# Who else than the app wrote to its tables and files, or read its evidence.
locals {
  edits          = { "edits-of-tables" = "tables", "edits-of-files" = "files" }
  own_object_ids = jsonencode([for identity in azurerm_user_assigned_identity.this : identity.principal_id])
  access_queries = {
    for name, query in {
      "edits-of-tables" = { file = "edits-by-others", lookback = "3h", head = "let logs = StorageTableLogs;" }
      "edits-of-files"  = { file = "edits-by-others", lookback = "3h", head = "let logs = StorageBlobLogs;" }
      "evidence-reads"  = { file = "evidence-reads", lookback = "90d", head = "" }
      } : name => join("\n", compact([
        query.head,
        "let lookback = ${query.lookback};",
        "let account = \"${local.data_account}\";",
        "let ours = dynamic(${local.own_object_ids});",
        file("${path.module}/../../../kql/app/${query.file}.kql"),
    ]))
  }
}

resource "azurerm_log_analytics_saved_search" "access" {
  for_each = local.access_queries

  name                       = "offboarding-${each.key}"
  log_analytics_workspace_id = var.workspace_id
  category                   = "MCP offboarding"
  display_name               = "MCP offboarding: ${replace(each.key, "-", " ")}"
  query                      = each.value
}

locals {
  log_alerts = merge(
    # An alert of its own for each caller and hour, told once.
    {
      for key, what in local.edits : key => {
        title       = "MCP offboarding: somebody else changed its ${what}"
        description = "Somebody who is not mcp-offboarding wrote or deleted in its ${what}: who is denied, which cases there are, what was filed. Ask whom the alert names; until then trust neither GET /api/denied nor a report."
        query       = local.access_queries[key]
        severity    = 1
        frequency   = "PT15M"
        window      = "PT3H"
        dimensions  = ["caller", "hour"]
      }
    },
    {
      # Metrics say nothing about an app that says nothing.
      silence = {
        title       = "MCP offboarding is silent"
        description = "The sweep of mcp-offboarding, due at every full hour, did not run for three hours: the app is stopped or does not start, and nobody who leaves is noticed. GET /api/health, then its log."
        query       = "let lookback = 3h;\n${local.of_this_app}\n${file("${path.module}/../../../kql/app/sweep-silence.kql")}"
        severity    = 1
        frequency   = "PT30M"
        window      = "PT3H"
        dimensions  = []
      }
      # The same for the checklist, of which a run is filed every night.
      posture-silence = {
        title       = "MCP offboarding: the checklist was not assessed"
        description = "No nightly run of the checklist was filed for 26 hours: what gets worse is seen by nobody. Look into the log of the app for the last run, then ask for one: POST /api/posture, docs/operations/posture.md."
        query       = "let lookback = 26h;\n${local.of_this_app}\n${file("${path.module}/../../../kql/app/posture-silence.kql")}"
        severity    = 2
        frequency   = "PT1H"
        window      = "P2D"
        dimensions  = []
      }
      # What waits in rows for its time is done by one timer: its silence, a case that it finds lost or stuck, work of it that failed.
      due-work-silence = {
        title       = "MCP offboarding: nothing that falls due is done"
        description = "dueWork, due every minute, did not end for ten minutes: the app is stopped or hangs, and no message, schedule or stuck case is looked at. GET /api/health, then the app's log."
        query       = "let lookback = 10m;\n${local.of_this_app}\n${file("${path.module}/../../../kql/app/due-work-silence.kql")}"
        severity    = 1
        frequency   = "PT5M"
        window      = "PT10M"
        dimensions  = []
      }
      failed-work = {
        title       = "MCP offboarding: a case or due work failed"
        description = "A case was lost, stuck or broken, and has failed: whom it contained stays denied, the rest is not done. The log says which and why; ask for it again with POST /api/cases. Or work that was due failed; it comes again by itself, and the log says what it waits for."
        query       = "let lookback = 15m;\n${local.of_this_app}\n${file("${path.module}/../../../kql/app/failed-work.kql")}"
        severity    = 1
        frequency   = "PT5M"
        window      = "PT15M"
        dimensions  = []
      }
    },
    # What a SOC hears of cases: an incident, a leaver whom the gateway may still let in, a case that broke. An alert of its
    # own for each case and moment, told once.
    var.cases_stream_name == null ? {} : {
      incidents = {
        title       = "MCP offboarding: an incident, or a leaver who is not contained"
        description = "A case of mcp-offboarding found that something acted as the leaver after the departure, could not get the gateway to refuse the leaver, or broke without a report. The alert names the case and where to look: docs/operations/messages.md."
        query       = "let lookback = 2d;\n${file("${path.module}/../../../kql/app/incidents.kql")}"
        severity    = 0
        frequency   = "PT5M"
        window      = "P2D"
        dimensions  = ["caseId", "moment", "link"]
      }
    },
  )
  of_this_app = "let app = \"${local.app_name}\";"
}

# Every query answers with the rows to report, and with none when all is well.
resource "azurerm_monitor_scheduled_query_rules_alert_v2" "log" {
  for_each = local.log_alerts

  name                    = "alert-offboarding-${each.key}-${var.environment}"
  display_name            = "${each.value.title} (${var.environment})"
  location                = var.location
  resource_group_name     = var.resource_group_name
  description             = each.value.description
  scopes                  = [var.workspace_id]
  severity                = each.value.severity
  evaluation_frequency    = each.value.frequency
  window_duration         = each.value.window
  auto_mitigation_enabled = true
  enabled                 = var.alerts_enabled
  # The tables, and columns of them, come with the first row.
  skip_query_validation = true
  tags                  = var.tags

  criteria {
    query                   = each.value.query
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
      number_of_evaluation_periods             = 1
      minimum_failing_periods_to_trigger_alert = 1
    }
  }

  action {
    action_groups = var.action_group_ids
  }
}

# Each was a resource of its own.
moved {
  from = azurerm_monitor_scheduled_query_rules_alert_v2.edits_by_others["edits-of-tables"]
  to   = azurerm_monitor_scheduled_query_rules_alert_v2.log["edits-of-tables"]
}

moved {
  from = azurerm_monitor_scheduled_query_rules_alert_v2.edits_by_others["edits-of-files"]
  to   = azurerm_monitor_scheduled_query_rules_alert_v2.log["edits-of-files"]
}

moved {
  from = azurerm_monitor_scheduled_query_rules_alert_v2.silence
  to   = azurerm_monitor_scheduled_query_rules_alert_v2.log["silence"]
}

moved {
  from = azurerm_monitor_scheduled_query_rules_alert_v2.posture_silence
  to   = azurerm_monitor_scheduled_query_rules_alert_v2.log["posture-silence"]
}

moved {
  from = azurerm_monitor_scheduled_query_rules_alert_v2.due_work["due-work-silence"]
  to   = azurerm_monitor_scheduled_query_rules_alert_v2.log["due-work-silence"]
}

moved {
  from = azurerm_monitor_scheduled_query_rules_alert_v2.due_work["failed-work"]
  to   = azurerm_monitor_scheduled_query_rules_alert_v2.log["failed-work"]
}

moved {
  from = azurerm_monitor_scheduled_query_rules_alert_v2.incidents[0]
  to   = azurerm_monitor_scheduled_query_rules_alert_v2.log["incidents"]
}
