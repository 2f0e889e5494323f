output "workspace_id" {
  description = "Resource id of the Log Analytics workspace."
  value       = local.workspace.id
}

output "workspace_customer_id" {
  description = "The workspace's own id, by which the query API knows it."
  value       = local.workspace.customer_id
}

output "workspace_name" {
  description = "Name of the workspace."
  value       = local.workspace.name
}

output "table_name" {
  description = "Name of the audit table."
  value       = azurerm_log_analytics_workspace_table_custom_log.tool_calls.name
}

output "eventhub_namespace_id" {
  description = "Resource id of the Event Hubs namespace."
  value       = one(azurerm_eventhub_namespace.audit[*].id)
}

output "eventhub_namespace_fqdn" {
  description = "Host name of the Event Hubs namespace."
  value       = one([for namespace in azurerm_eventhub_namespace.audit : "${namespace.name}.servicebus.windows.net"])
  # The name resolves to the private address before anybody uses it.
  depends_on = [azurerm_private_endpoint.event_hub]
}

output "eventhub_id" {
  description = "Resource id of the hub: the scope of the gateway's right to send and the app's to receive."
  value       = one(azurerm_eventhub.tool_calls[*].id)
}

output "eventhub_name" {
  description = "Name of the hub to which the gateway writes tool calls."
  value       = one(azurerm_eventhub.tool_calls[*].name)
}

output "eventhub_consumer_group" {
  description = "Consumer group of the app's ingestion."
  value       = one(azurerm_eventhub_consumer_group.offboarding[*].name)
}

output "dce_id" {
  description = "Resource id of the data collection endpoint."
  value       = azurerm_monitor_data_collection_endpoint.audit.id
}

output "logs_ingestion_endpoint" {
  description = "URL to which the app uploads rows."
  value       = azurerm_monitor_data_collection_endpoint.audit.logs_ingestion_endpoint
}

output "dcr_id" {
  description = "Resource id of the data collection rule: the scope of the app's right to upload."
  value       = azurerm_monitor_data_collection_rule.tool_calls.id
}

output "dcr_immutable_id" {
  description = "Immutable id of the data collection rule, which an upload names."
  value       = azurerm_monitor_data_collection_rule.tool_calls.immutable_id
}

output "dcr_stream_name" {
  description = "Stream of the data collection rule, which an upload names."
  value       = local.stream
}

output "cases_stream_name" {
  description = "Stream of the rule for the table of cases."
  value       = local.cases_stream
}

output "posture_stream_name" {
  description = "Stream of the rule for the table of posture."
  value       = local.posture_stream
}

output "action_group_id" {
  description = "Resource id of the action group that alerts run; other modules' alerts may run it too."
  value       = azurerm_monitor_action_group.audit.id
}

output "alert_rule_ids" {
  description = "Resource ids of the alert rules, by the name of their query."
  value       = { for name, rule in azurerm_monitor_scheduled_query_rules_alert_v2.detection : name => rule.id }
}

output "canary_rule_id" {
  description = "Resource id of the rule that sees the canary alone; the app's setting CANARY_RULE_ID. Null without one."
  value       = one([for rule in azurerm_monitor_scheduled_query_rules_alert_v2.canary : rule.id])
}
