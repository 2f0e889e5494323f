variable "publisher_name" {
  type        = string
  description = "Name of the organisation that publishes the gateway."
}

variable "publisher_email" {
  type        = string
  description = "Mail address that gets API Management's notices."

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+$", var.publisher_email))
    error_message = "publisher_email must be a mail address."
  }
}

variable "gateway_networking" {
  type        = string
  default     = "internal"
  description = "Where the gateway listens: internal or external. It must be in the network to reach the servers."

  validation {
    condition     = contains(["internal", "external"], var.gateway_networking)
    error_message = "gateway_networking must be internal or external: outside of the network, the gateway reaches no MCP server."
  }
}

variable "gateway_sku" {
  type        = string
  default     = null
  description = "API Management's tier and units. By default Developer_1, and Premium_1 in production: only these two tiers can be put in a network."
}

variable "gateway_identifier_uri" {
  type        = string
  default     = null
  description = "Identifier URI of the gateway application. By default api://<tenant>/mcp-gateway-<environment>, a form that every tenant accepts."
}

variable "secrets_identifier_uri" {
  type        = string
  default     = null
  description = "Identifier URI of the secrets application. By default api://<tenant>/mcp-secrets-<environment>."
}

variable "calls_per_minute" {
  type        = number
  default     = 50
  description = "Calls that one principal may make in 60 seconds."
}

variable "allowed_clients" {
  type        = map(string)
  default     = {}
  description = "Client applications that developers may use, by name: their client ids."
}

variable "writing_clients" {
  type        = set(string)
  default     = []
  description = "Which of allowed_clients may also write."
}

variable "developer_group_ids" {
  type        = set(string)
  default     = []
  description = "Groups whose direct members may use the gateway."
}

variable "writer_group_ids" {
  type        = set(string)
  default     = []
  description = "Groups whose direct members may also use writing tools."
}

variable "administrator_service_principal_ids" {
  type        = map(string)
  default     = {}
  description = "Service principals that may use administrative tools, by name: their object ids."
}

variable "conditional_access_state" {
  type        = string
  default     = "enabled"
  description = "State of the policy that blocks people on the secrets application. It needs Entra ID P1; report first with enabledForReportingButNotEnforced."
}

variable "pipelines" {
  type = map(object({
    github_organisation = string
    github_repository   = string
    branch              = optional(string, "main")
    environment_name    = optional(string)
    organisation_id     = optional(number)
    repository_id       = optional(number)
    role                = optional(string, "mcp.tools.read.app")
    secrets             = optional(bool, false)
  }))
  default     = {}
  description = "GitHub Actions pipelines that call the gateway, by name: each one repository, one branch or environment, one role; secrets lets it use the secrets server too. The one called default has the plain name id-mcp-pipeline-<environment>."

  validation {
    condition     = alltrue([for pipeline in values(var.pipelines) : contains(["mcp.tools.read.app", "mcp.tools.write.app", "mcp.tools.admin"], pipeline.role)])
    error_message = "pipelines: role must be mcp.tools.read.app, mcp.tools.write.app or mcp.tools.admin."
  }
}
