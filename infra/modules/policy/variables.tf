variable "subscription_id" {
  type        = string
  description = "Id (GUID) of the subscription to govern. Definitions and assignments are made there."

  validation {
    condition     = can(regex("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$", var.subscription_id))
    error_message = "subscription_id must be the subscription's GUID, without /subscriptions/."
  }
}

variable "approved_subnet_ids" {
  type        = list(string)
  description = "Resource ids of every subnet in which MCP servers may run, of every environment in the subscription: assignments add up, and one that knows half of the subnets refuses the other half."

  validation {
    condition     = length(var.approved_subnet_ids) > 0
    error_message = "approved_subnet_ids must name at least one subnet: with none, every MCP server is refused."
  }

  validation {
    condition     = alltrue([for id in var.approved_subnet_ids : can(regex("(?i)/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$", id))])
    error_message = "approved_subnet_ids must hold resource ids of subnets."
  }
}

variable "effect" {
  type        = string
  description = "Effect of the policies on identity and subnet: Deny, Audit or Disabled. Start with Audit where MCP servers run already."
  default     = "Deny"

  validation {
    condition     = contains(["Deny", "Audit", "Disabled"], var.effect)
    error_message = "effect must be Deny, Audit or Disabled."
  }
}

variable "untagged_effect" {
  type        = string
  description = "Effect of the policy on untagged groups that run an MCP image: Audit, Deny or Disabled."
  default     = "Audit"

  validation {
    condition     = contains(["Audit", "Deny", "Disabled"], var.untagged_effect)
    error_message = "untagged_effect must be Audit, Deny or Disabled."
  }
}

variable "tag_value_effect" {
  type        = string
  description = "Effect of the policy on MCPServer tags that say neither true nor false: Audit, Deny or Disabled."
  default     = "Audit"

  validation {
    condition     = contains(["Audit", "Deny", "Disabled"], var.tag_value_effect)
    error_message = "tag_value_effect must be Audit, Deny or Disabled."
  }
}

variable "other_compute_effect" {
  type        = string
  description = "Effect of the policy on MCP servers outside container groups: Audit, Deny or Disabled."
  default     = "Audit"

  validation {
    condition     = contains(["Audit", "Deny", "Disabled"], var.other_compute_effect)
    error_message = "other_compute_effect must be Audit, Deny or Disabled."
  }
}

variable "plain_credentials_effect" {
  type        = string
  description = "Effect of the policy on plain environment variables and app settings that are named like credentials: Audit, Deny or Disabled. It looks at every workload of the subscription, MCP server or not: read the compliance view before you deny."
  default     = "Audit"

  validation {
    condition     = contains(["Audit", "Deny", "Disabled"], var.plain_credentials_effect)
    error_message = "plain_credentials_effect must be Audit, Deny or Disabled."
  }
}

variable "harmless_variable_names" {
  type        = list(string)
  description = "Names of environment variables that are no credential, whatever they are called."
  default     = ["APPLICATIONINSIGHTS_CONNECTION_STRING"]
}

variable "enforce" {
  type        = bool
  description = "Whether Deny denies. With false the policies report what they would have refused."
  default     = true
}
