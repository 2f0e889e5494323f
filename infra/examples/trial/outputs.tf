output "next_steps" {
  description = "What Terraform cannot do, as commands, in order."
  value       = module.platform.next_steps
}

output "function_app_hostname" {
  description = "Host name of the offboarding API."
  value       = module.platform.function_app_hostname
}

output "gateway_url" {
  description = "Null: a trial has no gateway."
  value       = module.platform.gateway_url
}

output "registry_login_server" {
  description = "Null: a trial has no servers whose images would be kept."
  value       = module.platform.registry_login_server
}
