output "function_app_name" {
  description = "Name of the function app, to which the package is deployed."
  value       = module.offboarding.function_app_name
}

output "function_app_hostname" {
  description = "Host name of the offboarding API."
  value       = module.offboarding.hostname
}

output "offboarding_resource_group_name" {
  description = "Resource group of the app."
  value       = azurerm_resource_group.offboarding.name
}

output "platform_resource_group_name" {
  description = "Resource group of network, servers, gateway and audit pipeline."
  value       = azurerm_resource_group.platform.name
}

output "api_client_id" {
  description = "Client id of the offboarding API: az account get-access-token --resource api://<this>."
  value       = module.offboarding.api_client_id
}

output "app_settings" {
  description = "App settings of the function app. None of them is a secret."
  value       = module.offboarding.app_settings
}

output "identities" {
  description = "The app's identities: client ids and object ids, for Azure DevOps and for whoever reviews rights."
  value = {
    assessor = module.offboarding.assessor
    host     = module.offboarding.host
    ingestor = module.offboarding.ingestor
    reader   = module.offboarding.reader
    remover  = module.offboarding.remover
  }
}

output "key_vault_name" {
  description = "Vault into which the GitHub App's key is imported."
  value       = module.offboarding.key_vault_name
}

output "evidence" {
  description = "Storage account and container of the evidence."
  value       = { account = module.offboarding.storage_account_name, container = module.offboarding.evidence_container_name }
}

output "hr_queue_url" {
  description = "Queue into which HR's system puts leavers."
  value       = module.offboarding.hr_queue_url
}

output "gateway_url" {
  description = "Address of the gateway; null in a trial."
  value       = one(module.gateway[*].gateway_url)
}

output "mcp_server_urls" {
  description = "Address of each MCP server at the gateway, by type."
  value       = try(module.gateway[0].server_urls, {})
}

output "gateway_client_id" {
  description = "Client id of the gateway application."
  value       = module.gateway_app.client_id
}

output "gateway_identifier_uri" {
  description = "What a pipeline asks its token for: az account get-access-token --resource <this>."
  value       = module.gateway_app.identifier_uri
}

output "pipelines" {
  description = "By pipeline: client id for azure/login, and the one subject that may use it."
  value       = { for name, pipeline in module.pipeline_identity : name => { client_id = pipeline.client_id, subject = pipeline.subject } }
}

output "mcp_subnet_id" {
  description = "Subnet of the MCP servers, for additional_approved_subnet_ids of the environment that assigns the subscription's policies."
  value       = local.network.mcp_subnet_id
}

output "registry_login_server" {
  description = "Registry to which the servers' images are pushed; null in a trial."
  value       = local.registry.login_server
}

output "workspace" {
  description = "Log Analytics workspace with the tool calls: name, customer id and table."
  value = {
    name        = module.audit.workspace_name
    customer_id = module.audit.workspace_customer_id
    table       = module.audit.table_name
  }
}

output "next_steps" {
  description = "What Terraform cannot do, as commands, in the order of docs/operations/deploy.md, which explains each."
  value = compact([
    !local.has_gateway || length(var.mcp_servers) > 0 ? "" : join(" ", [
      "az acr import --name ${split(".", local.registry.login_server)[0]} --source <image> --image <repository>:<tag>",
      "# where the registry does not have it yet; then add the server to mcp_servers and apply again",
    ]),
    !local.has_gateway || length(var.mcp_servers) == 0 ? "" : join(" ", [
      "curl --silent --output /dev/null --write-out '%%{http_code}' --request POST ${values(module.gateway[0].server_urls)[0]} --header 'Content-Type: application/json' --data '{}'",
      "# 401, from a machine that reaches the gateway",
    ]),
    !local.has_gateway || var.gateway_host_name != null ? "" : "# for people, set gateway_host_name, gateway_certificate, allowed_clients and developer_group_ids, and apply again",
    var.github_app_key_version != null ? "" : join(" ", [
      "az keyvault key import --vault-name ${module.offboarding.key_vault_name} --name ${var.github_app_key_name} --pem-file <private-key.pem> --ops sign --query key.kid --output tsv",
      "# then delete the file, set github_app_key_version to the last segment of what it printed, and apply again",
    ]),
    var.assessor_github_app_id == null || var.assessor_github_app_key_version != null ? "" : join(" ", [
      "az keyvault key import --vault-name ${module.offboarding.key_vault_name} --name ${var.assessor_github_app_key_name} --pem-file <private-key-of-the-second-app.pem> --ops sign --query key.kid --output tsv",
      "# then delete the file, set assessor_github_app_key_version to the last segment of what it printed, and apply again",
    ]),
    "az functionapp deployment source config-zip --resource-group ${azurerm_resource_group.offboarding.name} --name ${module.offboarding.function_app_name} --src mcp-offboarding.zip # built or downloaded",
    "curl --fail https://${module.offboarding.hostname}/api/health",
    var.entra_partner_topic_ready ? "" : join(" ", [
      "az eventgrid partner topic list --resource-group ${azurerm_resource_group.offboarding.name} --query '[].{name: name, state: activationState}'",
      "# the app makes ${module.offboarding.partner_topic_name} within a quarter of an hour; then set entra_partner_topic_ready = true and apply again",
    ]),
    join(" ", [
      "curl --fail --header @.token https://${module.offboarding.hostname}/api/doctor",
      "# once GitHub, Azure DevOps and HR are connected; docs/operations/first-cases.md makes the token, and goes on with the first plan",
    ]),
  ])
}
