variable "mcp_servers" {
  type = map(object({
    image                 = string
    allowed_orgs          = list(string)
    cpu                   = optional(number, 0.5)
    memory                = optional(number, 0.5)
    path                  = optional(string, "/mcp")
    environment_variables = optional(map(string), {})
  }))
  default     = {}
  description = "MCP servers by type (filesystem, github, secrets, …): image as repository and tag in the registry, e.g. mcp-filesystem:1.2, and the organisations whose resources the server may touch. Push the images before you add their server."

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
    nat_gateway_enabled = optional(bool, true)
  })
  default     = {}
  description = "Addresses and openings of the network; the module network explains each."
}

variable "policy_effect" {
  type        = string
  default     = "Deny"
  description = "Effect of the policies on MCP container groups without a user-assigned identity or outside the approved subnets. Start with Audit where such groups run already."

  validation {
    condition     = contains(["Deny", "Audit", "Disabled"], var.policy_effect)
    error_message = "policy_effect must be Deny, Audit or Disabled."
  }
}

variable "additional_approved_subnet_ids" {
  type        = list(string)
  default     = []
  description = "Subnets of other environments in the same subscription in which MCP servers may run too."
}

variable "policies_assigned_elsewhere" {
  type        = bool
  default     = false
  description = "Whether another environment in the same subscription assigns the policies already. It has to name this one's output mcp_subnet_id in its additional_approved_subnet_ids before servers run here."
}
