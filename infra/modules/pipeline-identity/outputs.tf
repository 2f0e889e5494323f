output "identity_id" {
  description = "Resource id of the pipeline's identity."
  value       = azurerm_user_assigned_identity.pipeline.id
}

output "client_id" {
  description = "Client id that the workflow gives to azure/login."
  value       = azurerm_user_assigned_identity.pipeline.client_id
}

output "principal_id" {
  description = "Object id of the identity: caller_oid of its tool calls."
  value       = azurerm_user_assigned_identity.pipeline.principal_id
}

output "subject" {
  description = "The one OIDC subject that may use the identity."
  value       = local.subject
}

output "federated_credential_id" {
  description = "Resource id of the federated credential."
  value       = azurerm_federated_identity_credential.github.id
}
