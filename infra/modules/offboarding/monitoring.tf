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

  dynamic "action" {
    for_each = var.action_group_ids

    content {
      action_group_id = action.value
    }
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
    contact_groups = var.action_group_ids
  }

  notification {
    operator       = "GreaterThan"
    threshold      = 100
    threshold_type = "Forecasted"
    contact_groups = var.action_group_ids
  }

  lifecycle {
    # The budget began when it was made; another start would replace it every month.
    ignore_changes = [time_period]
  }
}
