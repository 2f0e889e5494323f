# Point 1 of the checklist reads all that Defender knows: so nothing is granted, and nobody asked, until the firm says so.
variable "workstation_hunting" {
  type = object({
    enabled         = optional(bool, false)
    shared_hosts    = optional(set(string), [])
    allowed_servers = optional(set(string), [])
  })
  default     = {}
  nullable    = false
  description = "Whether Defender is asked once a week which MCP servers ran on workstations (docs/operations/posture.md): names, domains and addresses of hosts that such a server must not reach, and servers that may run there, by the name of their package or the SHA-256 of their command line."

  validation {
    condition     = alltrue([for host in var.workstation_hunting.shared_hosts : can(regex("^[A-Za-z0-9][A-Za-z0-9.:-]*$", host))])
    error_message = "workstation_hunting: shared_hosts must hold names and addresses of hosts, without a scheme, port or path."
  }

  validation {
    condition     = alltrue([for server in var.workstation_hunting.allowed_servers : can(regex("^[A-Za-z0-9_@/.:-]{3,200}$", server))])
    error_message = "workstation_hunting: allowed_servers must hold names of packages, or SHA-256 of command lines."
  }
}
