output "client_id" {
  description = "Client id of the gateway application; the audience of its v2.0 tokens, and the app's setting GATEWAY_APP_ID."
  value       = azuread_application.gateway.client_id
}

output "identifier_uri" {
  description = "Identifier URI of the gateway application; pipelines ask for a token for it."
  value       = var.identifier_uri
}

output "identifier_uris" {
  description = "All identifier URIs of the gateway application: what a client may name as the resource that it wants a token for."
  value       = azuread_application.gateway.identifier_uris
}

output "application_object_id" {
  description = "Object id of the gateway's application registration."
  value       = azuread_application.gateway.object_id
}

output "service_principal_object_id" {
  description = "Object id of the gateway's service principal: the resource of every consent and assignment."
  value       = azuread_service_principal.gateway.object_id
}

output "app_role_ids" {
  description = "Ids of the gateway application's roles, by value."
  value       = local.role_ids
}

output "scope_ids" {
  description = "Ids of the gateway application's scopes, by value."
  value       = local.scope_ids
}

output "audiences" {
  description = "Audiences that the gateway accepts: the client id, which v2.0 tokens carry, and the identifier URI."
  value       = [azuread_application.gateway.client_id, var.identifier_uri]
}

output "secrets_client_id" {
  description = "Client id of the secrets application; the audience of tokens for the secrets server."
  value       = azuread_application.secrets.client_id
}

output "secrets_identifier_uri" {
  description = "Identifier URI of the secrets application."
  value       = var.secrets_identifier_uri
}

output "secrets_service_principal_object_id" {
  description = "Object id of the secrets application's service principal."
  value       = azuread_service_principal.secrets.object_id
}

output "secrets_app_role_ids" {
  description = "Ids of the secrets application's roles, by value."
  value       = local.secrets_role_ids
}

output "write_role" {
  description = "Role that the gateway asks of a person who writes: mcp.writer where groups hold it, null where the scope decides."
  value       = length(var.writer_group_ids) == 0 ? null : "mcp.writer"
}

output "allowed_client_ids" {
  description = "Client ids of the allowed client applications."
  value       = values(var.allowed_clients)
}
