output "apim_id" {
  description = "Resource id of the API Management service; the app's setting GATEWAY_APIM_ID."
  value       = azurerm_api_management.this.id
}

output "apim_name" {
  description = "Name of the API Management service."
  value       = azurerm_api_management.this.name
}

output "gateway_url" {
  description = "Address under which clients reach the gateway; a server is at /mcp/<type> below it."
  value       = local.gateway_url
}

output "server_urls" {
  description = "Address of each MCP server at the gateway, by server type."
  value       = { for type, server in local.servers : type => server.url }
}

output "canary_url" {
  description = "Address of the canary's API, where there is one; the app's setting CANARY_URL."
  # Not by way of the API: whoever is told it makes the identity that the API lets in.
  value = local.canary_url
}

output "principal_id" {
  description = "Object id of the service's own identity."
  value       = azurerm_api_management.this.identity[0].principal_id
}

output "deny_list_named_values" {
  description = "Named values that hold the deny list; the app's setting DENY_LIST_NAMED_VALUES."
  value       = [for name in var.deny_list_named_values : azurerm_api_management_named_value.denied[name].name]
}

output "logger_id" {
  description = "Resource id of the logger that sends tool calls to the Event Hub."
  value       = azurerm_api_management_logger.audit.id
}

output "private_ip_addresses" {
  description = "Addresses of the service in its network; empty without one."
  value       = azurerm_api_management.this.private_ip_addresses
}
