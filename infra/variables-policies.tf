variable "tag_value_policy_effect" {
  type        = string
  default     = "Audit"
  description = "Effect of the policy on MCPServer tags that say neither true nor false: Audit, Deny or Disabled."

  validation {
    condition     = contains(["Audit", "Deny", "Disabled"], var.tag_value_policy_effect)
    error_message = "tag_value_policy_effect must be Audit, Deny or Disabled."
  }

  validation {
    condition     = var.profile != "trial" || var.tag_value_policy_effect != "Deny"
    error_message = "tag_value_policy_effect cannot be Deny in a trial, which refuses nobody anything: Audit or Disabled."
  }
}

variable "other_compute_policy_effect" {
  type        = string
  default     = "Audit"
  description = "Effect of the policy on MCP servers outside container groups (Container Apps, Kubernetes, App Service, virtual machines): Audit, Deny or Disabled."

  validation {
    condition     = contains(["Audit", "Deny", "Disabled"], var.other_compute_policy_effect)
    error_message = "other_compute_policy_effect must be Audit, Deny or Disabled."
  }

  validation {
    condition     = var.profile != "trial" || var.other_compute_policy_effect != "Deny"
    error_message = "other_compute_policy_effect cannot be Deny in a trial, which refuses nobody anything: Audit or Disabled."
  }
}

variable "plain_credentials_policy_effect" {
  type        = string
  default     = "Audit"
  description = "Effect of the policy on plain environment variables and app settings that are named like credentials, on every workload of the subscription: Audit, Deny or Disabled."

  validation {
    condition     = contains(["Audit", "Deny", "Disabled"], var.plain_credentials_policy_effect)
    error_message = "plain_credentials_policy_effect must be Audit, Deny or Disabled."
  }

  validation {
    condition     = var.profile != "trial" || var.plain_credentials_policy_effect != "Deny"
    error_message = "plain_credentials_policy_effect cannot be Deny in a trial, which refuses nobody anything: Audit or Disabled."
  }
}

variable "harmless_variable_names" {
  type        = list(string)
  default     = ["APPLICATIONINSIGHTS_CONNECTION_STRING"]
  description = "Names of environment variables that are no credential, whatever they are called."
}
