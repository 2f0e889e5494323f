variable "publisher_name" {
  type        = string
  default     = null
  description = "Name of the organisation that publishes the gateway; needed where there is one."

  validation {
    condition     = var.profile == "trial" || var.publisher_name != null
    error_message = "publisher_name is needed: the profile has a gateway."
  }
}

variable "publisher_email" {
  type        = string
  default     = null
  description = "Mail address that gets API Management's notices; needed where there is a gateway."

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+$", var.publisher_email)) || (var.profile == "trial" && var.publisher_email == null)
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
  description = "API Management's tier and units: Developer_1, Premium_n or StandardV2_n. By default Developer_1, and Premium_1 in production. infra/modules/gateway/README.md says what StandardV2 can and cannot do."
}

variable "gateway_host_name" {
  type        = string
  default     = null
  description = "Host name that clients use, in a domain that Entra has verified for the tenant; gateway_certificate binds it. MCP clients name the address of a server as the resource that they want a token for, and Entra knows it only under such a name: without one, people cannot sign in from most of them."
}

variable "gateway_certificate" {
  type = object({
    key_vault_id = string
    secret_id    = string
  })
  default     = null
  description = "Certificate of gateway_host_name in a vault of yours: the vault's resource id, and https://<vault>.vault.azure.net/secrets/<certificate> without a version; the module gateway explains it. Null where you bind the name yourself."
}

variable "authority_host" {
  type        = string
  default     = null
  description = "Address of Entra for the gateway; another one than login.microsoftonline.com in sovereign clouds."
}

variable "gateway_settings" {
  type = object({
    calls_per_minute_of_address   = optional(number)
    allowed_origins               = optional(list(string))
    maximum_message_depth         = optional(number)
    maximum_message_bytes         = optional(number)
    allowed_methods               = optional(list(string))
    read_tool_prefixes            = optional(list(string))
    admin_tool_parts              = optional(list(string))
    resource_arguments            = optional(list(string))
    additional_resource_arguments = optional(list(string))
    resource_argument_endings     = optional(list(string))
    deny_list_named_values        = optional(list(string))
  })
  default     = {}
  description = "What the gateway passes on, how it tells tools apart, and where it keeps its deny list; the module gateway explains each, and has the defaults."
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

variable "additional_identifier_uris" {
  type        = list(string)
  default     = []
  description = "Further identifier URIs of the gateway application. With gateway_host_name, the address of every server is one already."
}

variable "gateway_app_owner_ids" {
  type        = list(string)
  default     = []
  description = "Object ids of the owners of the gateway's two applications. An owner can add credentials and roles."
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

variable "reading_service_principal_ids" {
  type        = map(string)
  default     = {}
  description = "Service principals of pipelines that are not made here and may read, by name: their object ids."
}

variable "writing_service_principal_ids" {
  type        = map(string)
  default     = {}
  description = "Service principals of pipelines that are not made here and may write, by name: their object ids."
}

variable "conditional_access_state" {
  type        = string
  default     = null
  description = "State of the policy that blocks people on the secrets application: by default enabled, and disabled in a trial. It needs Entra ID P1; report first with enabledForReportingButNotEnforced."
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

  validation {
    condition     = var.profile != "trial" || length(var.pipelines) == 0
    error_message = "pipelines must be empty in the profile trial, which has no gateway that they could call."
  }
}
