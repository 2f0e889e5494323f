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
# is to put secrets in the log. The logger of Azure Monitor exists in every service.
resource "azurerm_api_management_diagnostic" "this" {
  identifier               = "azuremonitor"
  api_management_name      = azurerm_api_management.this.name
  resource_group_name      = var.resource_group_name
  api_management_logger_id = "${azurerm_api_management.this.id}/loggers/azuremonitor"
  always_log_errors        = true
  sampling_percentage      = 100
  log_client_ip            = true
  verbosity                = "information"

  frontend_request {
    body_bytes     = 0
    headers_to_log = []
  }

  frontend_response {
    body_bytes     = 0
    headers_to_log = []
  }

  backend_request {
    body_bytes     = 0
    headers_to_log = []
  }

  backend_response {
    body_bytes     = 0
    headers_to_log = []
  }
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
