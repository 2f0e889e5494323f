output "function_app_id" {
  description = "Resource id of the function app."
  value       = azapi_resource.app.id
}

output "function_app_name" {
  description = "Name of the function app, to which the package is deployed."
  value       = local.app_name
}

output "hostname" {
  description = "Host name of the HTTP API."
  value       = local.hostname
}

output "reader" {
  description = "The identity that discovers."
  value       = { client_id = azurerm_user_assigned_identity.this["reader"].client_id, principal_id = azurerm_user_assigned_identity.this["reader"].principal_id }
}

output "remover" {
  description = "The identity that cuts."
  value       = { client_id = azurerm_user_assigned_identity.this["remover"].client_id, principal_id = azurerm_user_assigned_identity.this["remover"].principal_id }
}

output "ingestor" {
  description = "The identity that writes the audit rows."
  value       = { client_id = azurerm_user_assigned_identity.this["ingestor"].client_id, principal_id = azurerm_user_assigned_identity.this["ingestor"].principal_id }
}

output "assessor" {
  description = "The identity that assesses the checklist, and changes nothing."
  value       = { client_id = azurerm_user_assigned_identity.this["assessor"].client_id, principal_id = azurerm_user_assigned_identity.this["assessor"].principal_id }
}

output "canary_principal_id" {
  description = "Object id of the identity as which the canary calls; null where there is none."
  value       = one([for key, identity in azurerm_user_assigned_identity.this : identity.principal_id if key == "canary"])
}

output "host" {
  description = "The identity of the Functions runtime: its storage, its package, its telemetry."
  value       = { client_id = azurerm_user_assigned_identity.this["host"].client_id, principal_id = azurerm_user_assigned_identity.this["host"].principal_id }
}

output "storage_account_name" {
  description = "Storage account of evidence, intermediate results, case rows and HR's queue."
  value       = azurerm_storage_account.data.name
}

output "host_storage_account_name" {
  description = "Storage account of the Functions runtime."
  value       = azurerm_storage_account.host.name
}

output "evidence_container_name" {
  description = "Container that is under the immutability policy."
  value       = azurerm_storage_container.evidence.name
}

output "hr_queue_url" {
  description = "Queue into which HR's system puts leavers."
  value       = "https://${local.data_account}.queue.core.windows.net/hr-leavers"
}

output "key_vault_id" {
  description = "Resource id of the vault."
  value       = azurerm_key_vault.this.id
}

output "key_vault_name" {
  description = "Name of the vault into which the GitHub App's key is imported."
  value       = local.vault_name
}

output "github_app_key_id" {
  description = "Id of the key that signs for the GitHub App, without its version before that is known."
  value       = local.github_app_key_id
}

output "app_settings" {
  description = "App settings of the function app. None of them is a secret."
  value       = local.app_settings
}

output "api_client_id" {
  description = "Client id and audience of the HTTP API; tokens are asked for api://<this>/.default."
  value       = azuread_application.api.client_id
}

output "api_service_principal_object_id" {
  description = "Object id of the API's service principal, to which further app roles are assigned."
  value       = azuread_service_principal.api.object_id
}

output "partner_topic_name" {
  description = "Partner topic that Graph makes when the deployed app subscribes to changes of users."
  value       = local.partner_topic_name
}
