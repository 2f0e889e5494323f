variable "display_name" {
  type        = string
  description = "Name of the gateway's application registration, for example MCP gateway dev."

  validation {
    condition     = length(trimspace(var.display_name)) > 0 && length(var.display_name) <= 100
    error_message = "display_name must have 1 to 100 characters."
  }
}

variable "identifier_uri" {
  type        = string
  description = "Identifier URI of the gateway application, for example api://mcp-gateway-dev; scopes are asked for below it."

  validation {
    condition     = can(regex("^(api|https)://[A-Za-z0-9._/-]*[A-Za-z0-9]$", var.identifier_uri))
    error_message = "identifier_uri must begin with api:// or https:// and not end in a slash."
  }
}

variable "secrets_identifier_uri" {
  type        = string
  description = "Identifier URI of the application of the secrets tools, for example api://mcp-secrets-dev."

  validation {
    condition     = can(regex("^(api|https)://[A-Za-z0-9._/-]*[A-Za-z0-9]$", var.secrets_identifier_uri)) && var.secrets_identifier_uri != var.identifier_uri
    error_message = "secrets_identifier_uri must begin with api:// or https://, not end in a slash, and differ from identifier_uri."
  }
}

variable "additional_identifier_uris" {
  type        = list(string)
  description = "Further identifier URIs of the gateway application: the addresses of MCP servers at the gateway, for clients that name them as resource. Entra wants a verified domain for them."
  default     = []

  validation {
    condition     = alltrue([for uri in var.additional_identifier_uris : can(regex("^(api|https)://[A-Za-z0-9._/-]*[A-Za-z0-9]$", uri))])
    error_message = "additional_identifier_uris must begin with api:// or https:// and not end in a slash."
  }
}

variable "owner_object_ids" {
  type        = list(string)
  description = "Object ids of the applications' owners. An owner can add credentials and roles: keep it to the platform team, or empty."
  default     = []
}

variable "allowed_clients" {
  type        = map(string)
  description = "Client applications that developers may use, by a name of your own: their client ids. They get mcp.tools.read without asking each user."
  default     = {}

  validation {
    condition     = alltrue([for id in values(var.allowed_clients) : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", id))])
    error_message = "allowed_clients must map names to client ids, which are GUIDs."
  }
}

variable "writing_clients" {
  type        = set(string)
  description = "Which of allowed_clients also get mcp.tools.write."
  default     = []

  validation {
    condition     = length(setsubtract(var.writing_clients, keys(var.allowed_clients))) == 0
    error_message = "writing_clients must be names that allowed_clients holds."
  }
}

variable "developer_group_ids" {
  type        = set(string)
  description = "Groups whose direct members may sign in to the gateway."
  default     = []
}

variable "writer_group_ids" {
  type        = set(string)
  description = "Groups whose direct members may sign in and hold the role mcp.writer."
  default     = []
}

variable "administrator_service_principal_ids" {
  type        = map(string)
  description = "Service principals that may use administrative tools, by a name of your own: their object ids."
  default     = {}
}

variable "pipeline_service_principal_ids" {
  type        = map(string)
  description = "Service principals of pipelines that may read, by a name of your own: their object ids."
  default     = {}
}

variable "writing_pipeline_service_principal_ids" {
  type        = map(string)
  description = "Service principals of pipelines that may write, by a name of your own: their object ids."
  default     = {}
}

variable "secrets_pipeline_service_principal_ids" {
  type        = map(string)
  description = "Service principals of pipelines that may read secrets, by a name of your own: their object ids."
  default     = {}
}

variable "conditional_access_state" {
  type        = string
  description = "State of the policy that blocks people on the secrets application."
  default     = "enabled"

  validation {
    condition     = contains(["enabled", "disabled", "enabledForReportingButNotEnforced"], var.conditional_access_state)
    error_message = "conditional_access_state must be enabled, disabled or enabledForReportingButNotEnforced."
  }
}
