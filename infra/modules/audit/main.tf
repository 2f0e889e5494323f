locals {
  # One source for the table, the collection rule, the app, the simulated workspace and the tests.
  schema = jsondecode(file("${path.module}/../../../kql/mcp-audit-log.schema.json"))
  stream = "Custom-${local.schema.table}"

  # The table of cases: what the app tells of its offboardings, for a SOC.
  cases_schema = jsondecode(file("${path.module}/../../../kql/mcp-offboarding-cases.schema.json"))
  cases_stream = "Custom-${local.cases_schema.table}"

  # The table of posture: what the app measures and judges of the checklist, for the workbook.
  posture_schema = jsondecode(file("${path.module}/../../../kql/mcp-posture.schema.json"))
  posture_stream = "Custom-${local.posture_schema.table}"

  streams = {
    (local.stream)         = local.schema.columns
    (local.cases_stream)   = local.cases_schema.columns
    (local.posture_stream) = local.posture_schema.columns
  }

  # The schema names types as KQL does. Tables and collection rules each call some of them differently; the provider's
  # page of the table has the wrong case (azurerm 4.73 takes the service's own values only).
  table_types  = { bool = "boolean", datetime = "dateTime" }
  stream_types = { bool = "boolean" }
}

locals {
  workspace = {
    id          = var.existing_workspace != null ? var.existing_workspace.id : azurerm_log_analytics_workspace.audit[0].id
    customer_id = var.existing_workspace != null ? var.existing_workspace.customer_id : azurerm_log_analytics_workspace.audit[0].workspace_id
    name        = var.existing_workspace != null ? element(split("/", var.existing_workspace.id), 8) : azurerm_log_analytics_workspace.audit[0].name
  }
}

resource "azurerm_log_analytics_workspace" "audit" {
  count = var.existing_workspace == null ? 1 : 0

  name                = "log-mcp-audit-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  sku                 = "PerGB2018"

  # Of every table without a retention of its own, such as the record of who queried what.
  retention_in_days = var.retention_days

  # Keys of the workspace would let anybody who has them write rows in another's name.
  local_authentication_enabled    = false
  allow_resource_only_permissions = false

  # No daily quota: what exceeds one is dropped, and an audit log that drops rows proves nothing.
  tags = var.tags
}

resource "azurerm_log_analytics_workspace_table_custom_log" "tool_calls" {
  name                    = local.schema.table
  workspace_id            = local.workspace.id
  display_name            = local.schema.table
  description             = local.schema.description
  plan                    = "Analytics"
  retention_in_days       = var.retention_days
  total_retention_in_days = var.total_retention_days

  dynamic "column" {
    for_each = local.schema.columns

    content {
      name        = column.value.name
      type        = lookup(local.table_types, column.value.type, column.value.type)
      description = column.value.description
    }
  }
}

resource "azurerm_log_analytics_workspace_table_custom_log" "cases" {
  name                    = local.cases_schema.table
  workspace_id            = local.workspace.id
  display_name            = local.cases_schema.table
  description             = local.cases_schema.description
  plan                    = "Analytics"
  retention_in_days       = var.retention_days
  total_retention_in_days = var.total_retention_days

  dynamic "column" {
    for_each = local.cases_schema.columns

    content {
      name        = column.value.name
      type        = lookup(local.table_types, column.value.type, column.value.type)
      description = column.value.description
    }
  }
}

resource "azurerm_log_analytics_workspace_table_custom_log" "posture" {
  name                    = local.posture_schema.table
  workspace_id            = local.workspace.id
  display_name            = local.posture_schema.table
  description             = local.posture_schema.description
  plan                    = "Analytics"
  retention_in_days       = var.retention_days
  total_retention_in_days = var.total_retention_days

  dynamic "column" {
    for_each = local.posture_schema.columns

    content {
      name        = column.value.name
      type        = lookup(local.table_types, column.value.type, column.value.type)
      description = column.value.description
    }
  }
}

# Who asked the audit log what: the log holds names, and reading it is an access to personal data.
resource "azurerm_monitor_diagnostic_setting" "queries" {
  count = var.existing_workspace == null ? 1 : 0

  name                       = "who-queried"
  target_resource_id         = local.workspace.id
  log_analytics_workspace_id = local.workspace.id

  enabled_log {
    category = "Audit"
  }
}
