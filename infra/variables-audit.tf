variable "retention_days" {
  type        = number
  default     = 90
  description = "Days for which tool calls can be queried, at least 90."
}

variable "total_retention_days" {
  type        = number
  default     = 365
  description = "Days for which tool calls are kept at all."
}

variable "existing_workspace" {
  type = object({
    id          = string
    customer_id = string
  })
  default     = null
  description = "A Log Analytics workspace of yours, in the same region, that no other environment of this platform writes to. Its own settings (retention, keys, who may query, the log of queries) stay yours. Null makes one."

  validation {
    condition     = var.existing_workspace == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.OperationalInsights/workspaces/[^/]+$", var.existing_workspace.id))
    error_message = "existing_workspace: id must be the resource id of a Log Analytics workspace."
  }

  validation {
    condition     = var.existing_workspace == null || can(regex("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", var.existing_workspace.customer_id))
    error_message = "existing_workspace: customer_id must be the workspace's customer id (GUID)."
  }
}

variable "eventhub" {
  type = object({
    capacity               = optional(number, 1)
    maximum_capacity       = optional(number, 4)
    partitions             = optional(number, 4)
    message_retention_days = optional(number, 7)
  })
  default     = {}
  description = "Size of the event hub of tool calls; the module audit explains each."
}

variable "detection_settings" {
  type = object({
    business_hours = optional(object({
      opens  = optional(number, 7)
      closes = optional(number, 20)
    }), {})
    file_system_limits = optional(object({
      calls                    = optional(number, 100)
      directories              = optional(number, 20)
      calls_over_callers       = optional(number, 500)
      directories_over_callers = optional(number, 100)
      servers                  = optional(list(string), ["filesystem"])
      tools = optional(list(string), [
        "read_file", "read_text_file", "read_media_file", "read_multiple_files", "get_file_info",
        "list_directory", "list_directory_with_sizes", "directory_tree", "search_files",
      ])
    }), {})
    write_verbs = optional(list(string), ["create", "update", "delete", "write", "edit", "move", "push", "merge", "add", "fork"])
    refusal_limits = optional(object({
      refusals          = optional(number, 5)
      over_servers      = optional(number, 10)
      over_callers      = optional(number, 30)
      privileged_weight = optional(number, 2)
      privileged_scopes = optional(list(string), ["mcp.tools.admin", "mcp.tools.secrets"])
    }), {})
    silence = optional(object({
      hours            = optional(number, 4)
      around_the_clock = optional(bool, false)
    }), {})
    unauthenticated_limit              = optional(number, 60)
    unauthenticated_limit_over_servers = optional(number, 120)
    severities                         = optional(map(number), {})
  })
  default     = {}
  description = "Thresholds of the detections; the module audit explains each."
}

variable "expected_callers" {
  type = list(object({
    caller     = string
    server     = string
    detections = list(string)
    reason     = string
    until      = string
  }))
  default     = []
  description = "Callers who are expected to do what a detection would report, each at one server, with a reason and the last day on which the entry counts; the module audit explains the fields."
}

variable "additional_action_group_ids" {
  type        = list(string)
  default     = []
  description = "Existing action groups, at most four, that every detection, every alert of the app itself and its budget run as well, e.g. the pager of the security operations centre."

  validation {
    condition     = length(var.additional_action_group_ids) <= 4
    error_message = "additional_action_group_ids must name at most four action groups: an alert rule of Azure Monitor takes five, and one is the platform's own."
  }
}

variable "canary" {
  type        = bool
  default     = false
  description = "Whether the app proves each month that the detection of bulk reading sees: an identity of its own calls an API of the gateway behind which there is nothing, and a rule with the detection's text sees that and tells nobody. docs/operations/posture.md"
}

variable "departed_object_ids" {
  type        = list(string)
  default     = []
  description = "People and identities that are gone for other reasons than a case of this app: any call by one of them is an alert."
}

variable "alerts_enabled" {
  type        = bool
  default     = true
  description = "Whether alert rules run."
}
