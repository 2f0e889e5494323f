output "next_steps" {
  description = "What Terraform cannot do, as commands, in order."
  value       = module.platform.next_steps
}

output "function_app_name" {
  description = "Name of the function app."
  value       = module.platform.function_app_name
}

output "function_app_hostname" {
  description = "Host name of the offboarding API."
  value       = module.platform.function_app_hostname
}

output "app_settings" {
  description = "App settings of the function app."
  value       = module.platform.app_settings
}

output "identities" {
  description = "Client ids and object ids of the app's identities."
  value       = module.platform.identities
}

output "mcp_server_urls" {
  description = "Address of each MCP server at the gateway."
  value       = module.platform.mcp_server_urls
}

output "pipelines" {
  description = "Client id and subject of each pipeline."
  value       = module.platform.pipelines
}
