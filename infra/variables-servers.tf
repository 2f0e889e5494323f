variable "mcp_servers" {
  type = map(object({
    image                 = string
    allowed_orgs          = list(string)
    cpu                   = optional(number, 0.5)
    memory                = optional(number, 0.5)
    path                  = optional(string, "/mcp")
    secrets               = optional(bool, false)
    tasks                 = optional(bool, false)
    resources             = optional(bool, false)
    prompts               = optional(bool, false)
    client_answers        = optional(bool, false)
    allowed_roots         = optional(list(string), [])
    environment_variables = optional(map(string), {})
  }))
  default     = {}
  description = "MCP servers by type (filesystem, github, vault, …): image as repository and tag in the registry, e.g. mcp-filesystem:1.2, the organisations whose resources the server may touch, and secrets = true where it hands out secrets, so that no person may call it. tasks, resources, prompts, client_answers and allowed_roots open what the gateway otherwise refuses: infra/modules/gateway/README.md. Push the images before you add their server."

  # By a server's name and its image's repository.
  validation {
    condition     = length([for type, server in var.mcp_servers : type if !server.secrets && can(regex(local.secrets_pattern, "${type} ${regex("^[^:@]*", lower(server.image))}"))]) == 0
    error_message = "mcp_servers: set secrets = true for ${join(", ", [for type, server in var.mcp_servers : type if !server.secrets && can(regex(local.secrets_pattern, "${type} ${regex("^[^:@]*", lower(server.image))}"))])}: name or image speaks of secrets, vaults, keys or credentials, which no person may call up."
  }

  validation {
    condition     = var.profile != "trial" || length(var.mcp_servers) == 0
    error_message = "mcp_servers must be empty in the profile trial, which has no gateway: nothing would check who calls them. Choose small or production."
  }

  validation {
    condition     = alltrue([for server in values(var.mcp_servers) : can(regex("^[a-z0-9][a-z0-9._/-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*|@sha256:[a-f0-9]{64})$", server.image)) && !endswith(server.image, ":latest")])
    error_message = "mcp_servers: image must be a repository with a fixed tag or digest, without the registry's name."
  }
}

variable "registry" {
  type = object({
    id               = string
    login_server     = string
    private_endpoint = optional(bool, true)
  })
  default     = null
  description = "Existing container registry with the servers' images, in the tier Premium; without a private endpoint only where the servers reach it and its storage otherwise. Null makes one."
}

variable "network" {
  type = object({
    address_space                    = optional(list(string), ["10.50.0.0/16"])
    mcp_subnet_prefix                = optional(string, "10.50.1.0/24")
    gateway_subnet_prefix            = optional(string, "10.50.2.0/27")
    offboarding_subnet_prefix        = optional(string, "10.50.3.0/26")
    private_endpoint_subnet_prefix   = optional(string, "10.50.4.0/26")
    runner_subnet_cidr               = optional(string)
    runners_may_bypass_gateway       = optional(bool, false)
    gateway_client_prefixes          = optional(list(string), [])
    private_endpoint_client_prefixes = optional(list(string), [])
    outbound_destinations = optional(map(object({
      address_prefixes = list(string)
      ports            = optional(list(string), ["443"])
    })), {})
    outbound_service_tags = optional(list(string), ["AzureActiveDirectory", "AzureContainerRegistry", "AzureMonitor"])
    mcp_port              = optional(number, 3000)
    dns_servers           = optional(list(string), [])
    nat_gateway_enabled   = optional(bool, true)
  })
  default     = {}
  description = "Addresses and openings of the network; the modules network and mcp-server explain each. Of an existing network only the prefixes, mcp_port and dns_servers count."
}

variable "existing_network" {
  type = object({
    id                         = string
    mcp_subnet_id              = string
    gateway_subnet_id          = optional(string)
    offboarding_subnet_id      = string
    private_endpoint_subnet_id = string
  })
  default     = null
  description = "A network of yours, with its subnets, security groups and ways out as infra/modules/network/README.md lists them. Null makes one."

  validation {
    condition     = var.existing_network == null || var.profile == "trial" || try(var.existing_network.gateway_subnet_id, null) != null
    error_message = "existing_network needs gateway_subnet_id where there is a gateway."
  }
}

variable "private_dns_zone_ids" {
  type        = map(string)
  default     = {}
  description = "Private DNS zones of yours by service (blob, queue, table, vault, servicebus, acr), linked to the network by you: the hub's, as a rule. Those left out are made; with an existing network, all that are needed must be here."

  validation {
    condition     = alltrue([for service in keys(var.private_dns_zone_ids) : contains(["blob", "queue", "table", "vault", "servicebus", "acr"], service)])
    error_message = "private_dns_zone_ids takes zones of blob, queue, table, vault, servicebus and acr."
  }

  validation {
    condition     = var.existing_network == null || length(setsubtract(local.private_dns_services, keys(var.private_dns_zone_ids))) == 0
    error_message = "private_dns_zone_ids must name every zone where the network is yours: blob, queue, table, vault, and with a gateway servicebus and acr."
  }
}

variable "policy_effect" {
  type        = string
  default     = null
  description = "Effect of the policies on MCP container groups without a user-assigned identity or outside the approved subnets: by default Deny, and Audit in a trial. Start with Audit where such groups run already."

  validation {
    condition     = var.policy_effect == null || contains(["Deny", "Audit", "Disabled"], coalesce(var.policy_effect, "Deny"))
    error_message = "policy_effect must be Deny, Audit or Disabled."
  }

  validation {
    condition     = var.profile != "trial" || coalesce(var.policy_effect, "Audit") != "Deny"
    error_message = "policy_effect cannot be Deny in a trial, which refuses nobody anything: Audit or Disabled."
  }
}

variable "untagged_policy_effect" {
  type        = string
  default     = "Audit"
  description = "Effect of the policy on untagged groups that run an MCP image: Audit, Deny or Disabled."

  validation {
    condition     = contains(["Audit", "Deny", "Disabled"], var.untagged_policy_effect)
    error_message = "untagged_policy_effect must be Audit, Deny or Disabled."
  }

  validation {
    condition     = var.profile != "trial" || var.untagged_policy_effect != "Deny"
    error_message = "untagged_policy_effect cannot be Deny in a trial, which refuses nobody anything: Audit or Disabled."
  }
}

variable "policies_enforced" {
  type        = bool
  default     = true
  description = "Whether Deny denies. With false the policies report what they would have refused."
}

variable "additional_approved_subnet_ids" {
  type        = list(string)
  default     = []
  description = "Subnets of other environments in the same subscription in which MCP servers may run too. The checklist finds them approved in each environment that names them."
}

variable "policies_assigned_elsewhere" {
  type        = bool
  default     = false
  description = "Whether another environment in the same subscription assigns the policies already. It has to name this one's output mcp_subnet_id in its additional_approved_subnet_ids before servers run here."
}
