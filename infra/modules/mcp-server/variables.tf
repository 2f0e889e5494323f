variable "environment" {
  type        = string
  description = "Short name of the environment; part of every resource name."

  validation {
    condition     = can(regex("^[a-z0-9]{2,8}$", var.environment))
    error_message = "environment must be 2 to 8 lower-case letters or digits."
  }
}

variable "location" {
  type        = string
  description = "Azure region; the same as the subnet's."
}

variable "resource_group_name" {
  type        = string
  description = "Resource group that holds the container group and its identity."
}

variable "tags" {
  type        = map(string)
  description = "Tags for every resource. MCPServer is set by the module and cannot be overridden, in whatever case it is written."
  default     = {}
}

variable "server_type" {
  type        = string
  description = "What the server serves: filesystem, github, secrets, … Part of every name, and the name under which the gateway and the audit log know it."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,29}[a-z0-9]$", var.server_type))
    error_message = "server_type must be 2 to 31 lower-case letters, digits and hyphens, starting with a letter."
  }
}

variable "image" {
  type        = string
  description = "Image of the server in the private registry, with a tag other than latest or a digest: <registry_login_server>/mcp-filesystem:1.2."

  validation {
    condition     = can(regex("^[^/]+\\.[^/]+/.+(:[A-Za-z0-9_][A-Za-z0-9_.-]*|@sha256:[a-f0-9]{64})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image must name a registry and a fixed tag or digest: what runs here must be what was reviewed, after a restart too."
  }

  validation {
    condition     = startswith(lower(var.image), "${lower(var.registry_login_server)}/")
    error_message = "image must come from registry_login_server: the server's identity may pull from there and nowhere else."
  }
}

variable "secrets" {
  type        = bool
  description = "Whether the server hands out secrets: then no person may call it, and the gateway takes tokens of the secrets application only. Give the gateway the same."
  default     = false

  # By the name and the image's repository: a monkey is no key, and a secretary no secret.
  validation {
    condition     = var.secrets || !anytrue([for text in [var.server_type, try(regex("^[^/]+/([^:@]+)", lower(var.image))[0], "")] : can(regex("secret([^a]|a[^r]|$)|credential|passw(or)?d|passphrase|vault|bitwarden|keepass|lastpass|(^|[^a-z0-9])((api|access|account|ssh|pgp|gpg|pass|private|master|signing|encryption)?keys?(chains?|rings?|stores?)?|kv|creds)[0-9]*([^a-z0-9]|$)", text))])
    error_message = "secrets must be true for the server ${var.server_type} (${var.image}): its name or image speaks of secrets, vaults, keys or credentials, which no person may call up."
  }
}

variable "registry_id" {
  type        = string
  description = "Resource id of the container registry, on which the server's identity gets AcrPull."

  validation {
    condition     = can(regex("(?i)/providers/Microsoft\\.ContainerRegistry/registries/[^/]+$", var.registry_id))
    error_message = "registry_id must be the resource id of a container registry."
  }
}

variable "registry_login_server" {
  type        = string
  description = "Login server of the registry, without scheme: contoso.azurecr.io."

  validation {
    condition     = can(regex("^[A-Za-z0-9.-]+$", var.registry_login_server))
    error_message = "registry_login_server must be a host name, without https:// and without a path."
  }
}

variable "subnet_id" {
  type        = string
  description = "Subnet delegated to container groups (mcp_subnet_id of module network). Azure Policy refuses any other."
}

variable "cpu" {
  type        = number
  description = "CPU cores."
  default     = 0.5

  validation {
    condition     = var.cpu > 0 && var.cpu <= 4
    error_message = "cpu must be above 0 and at most 4 cores."
  }
}

variable "memory" {
  type        = number
  description = "Memory in GB."
  default     = 0.5

  validation {
    condition     = var.memory > 0 && var.memory <= 16
    error_message = "memory must be above 0 and at most 16 GB."
  }
}

variable "port" {
  type        = number
  description = "TCP port on which the server listens; the network's rules admit 3000."
  default     = 3000

  validation {
    condition     = var.port >= 1 && var.port <= 65535 && floor(var.port) == var.port
    error_message = "port must be a TCP port."
  }
}

variable "log_endpoint" {
  type        = string
  description = "Where the server sends its own log: LOG_ENDPOINT."

  validation {
    condition     = startswith(var.log_endpoint, "https://")
    error_message = "log_endpoint must be an https:// address."
  }
}

variable "allowed_orgs" {
  type        = list(string)
  description = "Organisations whose resources the server may touch: ALLOWED_ORGS, joined by commas."

  validation {
    condition     = length(var.allowed_orgs) > 0 && alltrue([for org in var.allowed_orgs : can(regex("^[A-Za-z0-9][A-Za-z0-9._-]*$", org))])
    error_message = "allowed_orgs must name at least one organisation, each without spaces, commas or wildcards: empty would mean anybody's."
  }
}

variable "environment_variables" {
  type        = map(string)
  description = "Further environment variables, readable by everybody who may read the resource. LOG_ENDPOINT, MCP_SERVER_NAME and ALLOWED_ORGS are the module's."
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.environment_variables) : !can(regex("(?i)((token|secrets?|password|passwd|passphrase|credentials?|connection_?string|(api|access|account|private|shared)_?key)|(^|_)(pat|pwd|sas))(_?[0-9]+|_?value)?$", name))])
    error_message = "environment_variables must hold no credential: the server signs in as its managed identity."
  }
}

variable "dns_servers" {
  type        = list(string)
  description = "Name servers of the container group. Container groups do not inherit the virtual network's: name yours here when the network uses its own."
  default     = []
}
