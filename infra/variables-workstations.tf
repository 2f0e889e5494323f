variable "workstation_hunting" {
  type = object({
    enabled         = optional(bool, false)
    shared_hosts    = optional(set(string), [])
    allowed_servers = optional(set(string), [])
  })
  default     = {}
  nullable    = false
  description = "Whether Defender is asked once a week which MCP servers ran on workstations, what such a server must not reach, and which may run there. It grants the assessor ThreatHunting.Read.All, which reads all that Defender knows."
}
