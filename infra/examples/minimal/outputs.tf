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

output "gateway_url" {
  description = "Address of the gateway."
  value       = module.platform.gateway_url
}

output "registry_login_server" {
  description = "Registry to which the servers' images are pushed."
  value       = module.platform.registry_login_server
}
