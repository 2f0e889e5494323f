output "policy_definition_ids" {
  description = "Policy definitions: managed_identity, approved_subnet, untagged_image, tag_value, other_compute, plain_credentials."
  value       = { for key, definition in azurerm_policy_definition.this : key => definition.id }
}

output "policy_assignment_ids" {
  description = "Policy assignments, by the same keys."
  value       = { for key, assignment in azurerm_subscription_policy_assignment.this : key => assignment.id }
}
