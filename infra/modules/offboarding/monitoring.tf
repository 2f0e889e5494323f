resource "azurerm_application_insights" "this" {
  name                          = "appi-offboarding-${var.environment}"
  location                      = var.location
  resource_group_name           = var.resource_group_name
  workspace_id                  = var.workspace_id
  application_type              = "web"
  local_authentication_disabled = true
  tags                          = var.tags
}

locals {
  diagnostics = {
    vault    = { resource_id = azurerm_key_vault.this.id, categories = ["AuditEvent"] }
    evidence = { resource_id = "${azurerm_storage_account.data.id}/blobServices/default", categories = ["StorageDelete", "StorageRead", "StorageWrite"] }
    tables   = { resource_id = "${azurerm_storage_account.data.id}/tableServices/default", categories = ["StorageDelete", "StorageRead", "StorageWrite"] }
    hr       = { resource_id = "${azurerm_storage_account.data.id}/queueServices/default", categories = ["StorageRead", "StorageWrite"] }
  }
}

resource "azurerm_monitor_diagnostic_setting" "this" {
  for_each = local.diagnostics

  name                       = "to-workspace"
  target_resource_id         = each.value.resource_id
  log_analytics_workspace_id = var.workspace_id

  dynamic "enabled_log" {
    for_each = each.value.categories

    content {
      category = enabled_log.value
    }
  }
}

locals {
  metric_alerts = merge(
    {
      # A trigger or an activity that threw is repeated, so that one exception is none; many are a fault that lasts.
      exceptions = {
        description = "mcp-offboarding threw exceptions. Its log says which delivery or step; what is repeated for too long is lost or ends in the report as a gap."
        scope       = azurerm_application_insights.this.id
        namespace   = "microsoft.insights/components"
        metric      = "exceptions/count"
        aggregation = "Count"
        threshold   = 5
        window      = "PT15M"
        severity    = 3
        dimensions  = {}
      }
      # Rejected messages are kept by the app and logged as errors; the app takes what lies in the poison queue, so it stays empty.
      errors = {
        description = "mcp-offboarding logged an error: an event or a message from HR that became no case, a directory that cannot be read, a sweep that could not read all of its sources, or a message about a case that nobody could be given for hours. GET /api/rejections lists what was kept; the log names the code of the error."
        scope       = azurerm_application_insights.this.id
        namespace   = "microsoft.insights/components"
        metric      = "traces/count"
        aggregation = "Count"
        threshold   = 0
        window      = "PT15M"
        severity    = 1
        dimensions  = { "trace/severityLevel" = ["3", "4"] }
      }
      failed-requests = {
        description = "Requests to mcp-offboarding fail."
        scope       = azurerm_application_insights.this.id
        namespace   = "microsoft.insights/components"
        metric      = "requests/failed"
        aggregation = "Count"
        threshold   = 5
        window      = "PT15M"
        severity    = 2
        dimensions  = {}
      }
      # Storage counts once an hour and over all queues of the account; only HR's queue and its poison queue are there,
      # and both are emptied within seconds: the first message that waits is one too many.
      hr-queue = {
        description = "A message about a leaver waits in hr-leavers or hr-leavers-poison: nobody takes it out. Look at it there, and open its case with POST /api/cases."
        scope       = "${azurerm_storage_account.data.id}/queueServices/default"
        namespace   = "Microsoft.Storage/storageAccounts/queueServices"
        metric      = "QueueMessageCount"
        aggregation = "Average"
        threshold   = 0
        window      = "PT1H"
        severity    = 1
        dimensions  = {}
      }
    },
    {
      for key, id in local.partner_topic_id : "${key}-events-dropped" => {
        description = "Event Grid gave up on events from Entra after a day of retries: open the cases of that time with POST /api/cases."
        scope       = id
        namespace   = "Microsoft.EventGrid/partnerTopics"
        metric      = "DroppedEventCount"
        aggregation = "Total"
        threshold   = 0
        window      = "PT15M"
        severity    = 1
        dimensions  = {}
      }
    },
  )
}

resource "azurerm_monitor_metric_alert" "this" {
  for_each = local.metric_alerts

  name                = "alert-offboarding-${each.key}-${var.environment}"
  resource_group_name = var.resource_group_name
  scopes              = [each.value.scope]
  description         = each.value.description
  severity            = each.value.severity
  frequency           = "PT5M"
  window_size         = each.value.window
  enabled             = var.alerts_enabled
  tags                = var.tags

  criteria {
    metric_namespace = each.value.namespace
    metric_name      = each.value.metric
    aggregation      = each.value.aggregation
    operator         = "GreaterThan"
    threshold        = each.value.threshold
    # A component that has not sent anything yet has no such metric.
    skip_metric_validation = true

    dynamic "dimension" {
      for_each = each.value.dimensions

      content {
        name     = dimension.key
        operator = "Include"
        values   = dimension.value
      }
    }
  }

  action {
    action_group_id = var.action_group_id
  }
}

# Who else than the app wrote to its tables and files, or read its evidence.
locals {
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

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "edits_by_others" {
  for_each = { "edits-of-tables" = "tables", "edits-of-files" = "files" }

  name                    = "alert-offboarding-${each.key}-${var.environment}"
  display_name            = "MCP offboarding: somebody else changed its ${each.value} (${var.environment})"
  location                = var.location
  resource_group_name     = var.resource_group_name
  description             = "Somebody who is not mcp-offboarding wrote or deleted in its ${each.value}: who is denied, which cases there are, what was filed. Ask whom the alert names; until then trust neither GET /api/denied nor a report."
  scopes                  = [var.workspace_id]
  severity                = 1
  evaluation_frequency    = "PT15M"
  window_duration         = "PT3H"
  auto_mitigation_enabled = true
  enabled                 = var.alerts_enabled
  # The tables come with the first row of the storage account's log.
  skip_query_validation = true
  tags                  = var.tags

  criteria {
    query                   = local.access_queries[each.key]
    time_aggregation_method = "Count"
    operator                = "GreaterThan"
    threshold               = 0

    # An alert of its own for each caller and hour, told once.
    dynamic "dimension" {
      for_each = ["caller", "hour"]

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
    action_groups = [var.action_group_id]
  }
}

# Metrics say nothing about an app that says nothing.
resource "azurerm_monitor_scheduled_query_rules_alert_v2" "silence" {
  name                    = "alert-offboarding-silence-${var.environment}"
  display_name            = "MCP offboarding is silent (${var.environment})"
  location                = var.location
  resource_group_name     = var.resource_group_name
  description             = "The sweep of mcp-offboarding, due at every full hour, did not run for three hours: the app is stopped or does not start, and nobody who leaves is noticed. GET /api/health, then its log."
  scopes                  = [var.workspace_id]
  severity                = 1
  evaluation_frequency    = "PT30M"
  window_duration         = "PT3H"
  auto_mitigation_enabled = true
  enabled                 = var.alerts_enabled
  # The table has no such columns before the first row.
  skip_query_validation = true
  tags                  = var.tags

  criteria {
    query                   = "let lookback = 3h;\nlet app = \"${local.app_name}\";\n${file("${path.module}/../../../kql/app/sweep-silence.kql")}"
    time_aggregation_method = "Count"
    operator                = "GreaterThan"
    threshold               = 0

    failing_periods {
      number_of_evaluation_periods             = 1
      minimum_failing_periods_to_trigger_alert = 1
    }
  }

  action {
    action_groups = [var.action_group_id]
  }
}

# The same for the checklist, of which a run is filed every night.
resource "azurerm_monitor_scheduled_query_rules_alert_v2" "posture_silence" {
  name                    = "alert-offboarding-posture-silence-${var.environment}"
  display_name            = "MCP offboarding: the checklist was not assessed (${var.environment})"
  location                = var.location
  resource_group_name     = var.resource_group_name
  description             = "No nightly run of the checklist was filed for 26 hours: what gets worse is seen by nobody. Look into the log of the app for the last run, then ask for one: POST /api/posture, docs/operations/posture.md."
  scopes                  = [var.workspace_id]
  severity                = 2
  evaluation_frequency    = "PT1H"
  window_duration         = "P2D"
  auto_mitigation_enabled = true
  enabled                 = var.alerts_enabled
  # The table has no such columns before the first row.
  skip_query_validation = true
  tags                  = var.tags

  criteria {
    query                   = "let lookback = 26h;\nlet app = \"${local.app_name}\";\n${file("${path.module}/../../../kql/app/posture-silence.kql")}"
    time_aggregation_method = "Count"
    operator                = "GreaterThan"
    threshold               = 0

    failing_periods {
      number_of_evaluation_periods             = 1
      minimum_failing_periods_to_trigger_alert = 1
    }
  }

  action {
    action_groups = [var.action_group_id]
  }
}

# What a SOC hears of cases: an incident, a leaver whom the gateway may still let in, a case that broke.
resource "azurerm_monitor_scheduled_query_rules_alert_v2" "incidents" {
  count = var.cases_stream_name == null ? 0 : 1

  name                    = "alert-offboarding-incidents-${var.environment}"
  display_name            = "MCP offboarding: an incident, or a leaver who is not contained (${var.environment})"
  location                = var.location
  resource_group_name     = var.resource_group_name
  description             = "A case of mcp-offboarding found that something acted as the leaver after the departure, could not get the gateway to refuse the leaver, or broke without a report. The alert names the case and where to look: docs/operations/messages.md."
  scopes                  = [var.workspace_id]
  severity                = 0
  evaluation_frequency    = "PT5M"
  window_duration         = "P2D"
  auto_mitigation_enabled = true
  enabled                 = var.alerts_enabled
  # The table may be a minute old.
  skip_query_validation = true
  tags                  = var.tags

  criteria {
    query                   = "let lookback = 2d;\n${file("${path.module}/../../../kql/app/incidents.kql")}"
    time_aggregation_method = "Count"
    operator                = "GreaterThan"
    threshold               = 0

    # An alert of its own for each case and moment, told once.
    dynamic "dimension" {
      for_each = ["caseId", "moment", "link"]

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
    action_groups = [var.action_group_id]
  }
}

resource "azurerm_consumption_budget_resource_group" "this" {
  name              = "budget-offboarding-${var.environment}"
  resource_group_id = local.group_id
  amount            = var.monthly_budget
  time_grain        = "Monthly"

  time_period {
    start_date = formatdate("YYYY-MM-01'T'00:00:00'Z'", plantimestamp())
  }

  notification {
    operator       = "GreaterThan"
    threshold      = 80
    threshold_type = "Actual"
    contact_groups = [var.action_group_id]
  }

  notification {
    operator       = "GreaterThan"
    threshold      = 100
    threshold_type = "Forecasted"
    contact_groups = [var.action_group_id]
  }

  lifecycle {
    # The budget began when it was made; another start would replace it every month.
    ignore_changes = [time_period]
  }
}

# What waits in rows for its time is done by one timer: its silence, a case that it finds lost or stuck, work of it that failed.
locals {
  due_work_alerts = {
    due-work-silence = {
      title       = "nothing that falls due is done"
      description = "dueWork, due every minute, did not end for ten minutes: the app is stopped or hangs, and no message, schedule or stuck case is looked at. GET /api/health, then the app's log."
      query       = "due-work-silence"
      lookback    = "10m"
      frequency   = "PT5M"
      window      = "PT10M"
      severity    = 1
    }
    failed-work = {
      title       = "a case or due work failed"
      description = "A case was lost, stuck or broken, and has failed: whom it contained stays denied, the rest is not done. The log says which and why; ask for it again with POST /api/cases. Or work that was due failed; it comes again by itself, and the log says what it waits for."
      query       = "failed-work"
      lookback    = "15m"
      frequency   = "PT5M"
      window      = "PT15M"
      severity    = 1
    }
  }
}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "due_work" {
  for_each = local.due_work_alerts

  name                    = "alert-offboarding-${each.key}-${var.environment}"
  display_name            = "MCP offboarding: ${each.value.title} (${var.environment})"
  location                = var.location
  resource_group_name     = var.resource_group_name
  description             = each.value.description
  scopes                  = [var.workspace_id]
  severity                = each.value.severity
  evaluation_frequency    = each.value.frequency
  window_duration         = each.value.window
  auto_mitigation_enabled = true
  enabled                 = var.alerts_enabled
  # The table has no such columns before the first row.
  skip_query_validation = true
  tags                  = var.tags

  criteria {
    query                   = "let lookback = ${each.value.lookback};\nlet app = \"${local.app_name}\";\n${file("${path.module}/../../../kql/app/${each.value.query}.kql")}"
    time_aggregation_method = "Count"
    operator                = "GreaterThan"
    threshold               = 0

    failing_periods {
      number_of_evaluation_periods             = 1
      minimum_failing_periods_to_trigger_alert = 1
    }
  }

  action {
    action_groups = [var.action_group_id]
  }
}
