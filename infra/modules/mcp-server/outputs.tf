output "server_type" {
  description = "What the server serves; the key under which the gateway publishes it."
  value       = var.server_type
}

output "container_group_id" {
  description = "Resource id of the container group."
  value       = azurerm_container_group.this.id
}

output "ip_address" {
  description = "Private address of the server. It changes when the group is replaced; the next apply carries it to the gateway."
  value       = azurerm_container_group.this.ip_address
}

output "identity_id" {
  description = "Resource id of the server's user-assigned identity."
  value       = azurerm_user_assigned_identity.this.id
}

output "identity_principal_id" {
  description = "Object id of the server's identity, for role assignments on what the server serves."
  value       = azurerm_user_assigned_identity.this.principal_id
}

output "identity_client_id" {
  description = "Client id of the server's identity."
  value       = azurerm_user_assigned_identity.this.client_id
}

output "backend_url" {
  description = "Where the gateway reaches the server, without a path."
  value       = "http://${azurerm_container_group.this.ip_address}:${var.port}"
}
