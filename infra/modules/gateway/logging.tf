resource "azurerm_role_assignment" "event_hub_sender" {
  scope                = var.eventhub_id
  role_definition_name = "Azure Event Hubs Data Sender"
  principal_id         = azurerm_api_management.this.identity[0].principal_id
  principal_type       = "ServicePrincipal"
  description          = "The gateway ${local.name} sends one event for each tool call."
}

# Named by every policy: infra/policies/gateway. Without a client id the service's own identity signs in.
resource "azurerm_api_management_logger" "audit" {
  name                = "mcp-audit-logger"
  api_management_name = azurerm_api_management.this.name
  resource_group_name = var.resource_group_name
  description         = "Tool calls, for the audit log."
  resource_id         = var.eventhub_namespace_id

  eventhub {
    name         = var.eventhub_name
    endpoint_uri = var.eventhub_namespace_fqdn
  }

  # Nothing above refers to the role: without this the first events would be refused.
  depends_on = [azurerm_role_assignment.event_hub_sender]
}

# Not one byte of a body, in no direction: to log a response is to buffer it, which ends streaming, and to log a request
# is to put secrets in the log.
locals {
  no_content  = { headers = [], body = { bytes = 0 } }
  no_contents = { request = local.no_content, response = local.no_content }
}

# Through azapi, because Azure makes this logger and its diagnostic itself, in some services from the start and in others
# when diagnostic settings are made: azurerm refuses to create what is there, and a diagnostic whose logger is not. A PUT
# does what is meant in every case, and both go with the service.
resource "azapi_resource_action" "azure_monitor_logger" {
  type        = "Microsoft.ApiManagement/service/loggers@2022-08-01"
  resource_id = "${azurerm_api_management.this.id}/loggers/azuremonitor"
  method      = "PUT"
  body        = { properties = { loggerType = "azureMonitor", isBuffered = true } }
}

resource "azapi_resource_action" "azure_monitor_diagnostic" {
  type        = "Microsoft.ApiManagement/service/diagnostics@2022-08-01"
  resource_id = "${azurerm_api_management.this.id}/diagnostics/azuremonitor"
  method      = "PUT"

  body = {
    properties = {
      loggerId    = "${azurerm_api_management.this.id}/loggers/azuremonitor"
      alwaysLog   = "allErrors"
      sampling    = { samplingType = "fixed", percentage = 100 }
      logClientIp = true
      verbosity   = "information"
      frontend    = local.no_contents
      backend     = local.no_contents
    }
  }

  depends_on = [azapi_resource_action.azure_monitor_logger, azurerm_monitor_diagnostic_setting.this]
}

resource "azurerm_monitor_diagnostic_setting" "this" {
  count = var.gateway_logs == null ? 0 : 1

  name                           = "gateway-logs"
  target_resource_id             = azurerm_api_management.this.id
  log_analytics_workspace_id     = var.gateway_logs.workspace_id
  log_analytics_destination_type = "Dedicated"

  enabled_log {
    category = "GatewayLogs"
  }
}
