variable "business_time_zone" {
  description = "IANA name of the time zone in which business hours are meant, e.g. Europe/Paris."
  type        = string

  validation {
    condition     = can(regex("^(?:UTC|[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]+){1,2}|Etc/GMT[+-][0-9]{1,2})$", var.business_time_zone))
    error_message = "business_time_zone must be an IANA name such as Europe/Paris, America/New_York or UTC."
  }
}

variable "business_hours" {
  description = "Hours of the day from which, and before which, people change things: 7 and 20 mean 07:00 up to 19:59:59."
  type = object({
    opens  = optional(number, 7)
    closes = optional(number, 20)
  })
  default = {}

  validation {
    condition = (
      floor(var.business_hours.opens) == var.business_hours.opens && floor(var.business_hours.closes) == var.business_hours.closes &&
      var.business_hours.opens >= 0 && var.business_hours.opens < var.business_hours.closes && var.business_hours.closes <= 24
    )
    error_message = "business_hours must be whole hours with 0 <= opens < closes <= 24."
  }
}

variable "alert_email_receivers" {
  description = "Who is told: name => e-mail address."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for address in values(var.alert_email_receivers) : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "alert_email_receivers must be e-mail addresses."
  }
}

variable "additional_action_group_ids" {
  description = "Existing action groups that every alert runs as well, e.g. the one of the security operations centre."
  type        = list(string)
  default     = []

  validation {
    condition     = length(var.additional_action_group_ids) <= 4
    error_message = "additional_action_group_ids must name at most four action groups: an alert rule of Azure Monitor takes five, and one is the module's own."
  }
}

variable "alerts_enabled" {
  description = "Whether alert rules run. The queries are saved in the workspace either way."
  type        = bool
  default     = true
}

variable "alert_severities" {
  description = "Severities from 0, critical, to 4, verbose, by the name of an alert rule; those left out keep the module's."
  type        = map(number)
  default     = {}

  validation {
    condition = alltrue([
      for name, severity in var.alert_severities :
      contains(keys(local.alerts), name) && contains([0, 1, 2, 3, 4], severity)
    ])
    error_message = "alert_severities maps after-departure-watch, file-system-volume, out-of-hours-writes, pipeline-silence, repeated-401, repeated-403 and repeated-403-privileged to 0, 1, 2, 3 or 4."
  }
}

variable "file_system_limits" {
  description = "What one caller may do in any sixty minutes through the servers that hand out documents, with calls that read, and what all callers may (over_callers); more is reported. The gateway logs what it took a call for; tools are those that read in older rows, which have no class, and others that read although the gateway takes them for writing ones."
  type = object({
    calls                    = optional(number, 100)
    directories              = optional(number, 20)
    calls_over_callers       = optional(number, 500)
    directories_over_callers = optional(number, 100)
    servers                  = optional(list(string), ["filesystem"])
    tools = optional(list(string), [
      "read_file", "read_text_file", "read_media_file", "read_multiple_files", "get_file_info",
      "list_directory", "list_directory_with_sizes", "directory_tree", "search_files",
    ])
  })
  default = {}

  validation {
    condition = alltrue([
      for limit in [
        var.file_system_limits.calls, var.file_system_limits.directories,
        var.file_system_limits.calls_over_callers, var.file_system_limits.directories_over_callers,
      ] : floor(limit) == limit && limit >= 0
    ])
    error_message = "file_system_limits.calls and directories, and those over callers, must be whole numbers, zero or more."
  }

  validation {
    condition = (
      var.file_system_limits.calls_over_callers >= var.file_system_limits.calls &&
      var.file_system_limits.directories_over_callers >= var.file_system_limits.directories
    )
    error_message = "file_system_limits: what all callers may do must not be less than what one may."
  }

  validation {
    condition = alltrue([
      for name in concat(var.file_system_limits.servers, var.file_system_limits.tools) : can(regex("^[A-Za-z0-9._/:-]+$", name))
    ]) && length(var.file_system_limits.servers) > 0 && length(var.file_system_limits.tools) > 0
    error_message = "file_system_limits.servers and tools must be names of servers and tools, at least one of each."
  }

  validation {
    condition     = !contains([for name in var.file_system_limits.servers : lower(name)], "canary")
    error_message = "file_system_limits.servers must not name canary: its calls are nobody's, and a rule of its own sees them."
  }
}

variable "write_verbs" {
  description = "In rows without a class, which older gateways wrote, and at servers that hand out secrets, a tool changes something when its name begins with one of these and an underscore: create_issue."
  type        = list(string)
  default     = ["create", "update", "delete", "write", "edit", "move", "push", "merge", "add", "fork"]

  validation {
    condition     = length(var.write_verbs) > 0 && alltrue([for verb in var.write_verbs : can(regex("^[A-Za-z]+$", verb))])
    error_message = "write_verbs must be words of letters, at least one."
  }
}

variable "refusal_limits" {
  description = "How much one caller may be refused (403) by one server in any ten minutes, by all servers (over_servers), and how much all callers together (over_callers); more is reported. A refusal counts 1, or privileged_weight where it was of what administers or hands out secrets, by its class or by one of the privileged scopes."
  type = object({
    refusals          = optional(number, 5)
    over_servers      = optional(number, 10)
    over_callers      = optional(number, 30)
    privileged_weight = optional(number, 2)
    privileged_scopes = optional(list(string), ["mcp.tools.admin", "mcp.tools.secrets"])
  })
  default = {}

  validation {
    condition = (
      alltrue([
        for limit in [var.refusal_limits.refusals, var.refusal_limits.over_servers, var.refusal_limits.over_callers] :
        floor(limit) == limit && limit >= 0
      ]) &&
      floor(var.refusal_limits.privileged_weight) == var.refusal_limits.privileged_weight && var.refusal_limits.privileged_weight >= 1 &&
      alltrue([for scope in var.refusal_limits.privileged_scopes : can(regex("^[A-Za-z0-9._:-]+$", scope))])
    )
    error_message = "refusal_limits must be whole numbers (privileged_weight at least 1) and names of scopes or app roles."
  }

  validation {
    condition = (
      var.refusal_limits.over_servers >= var.refusal_limits.refusals &&
      var.refusal_limits.over_callers >= var.refusal_limits.over_servers
    )
    error_message = "refusal_limits must not be less for all servers than for one, nor for all callers than for one."
  }
}

variable "unauthenticated_limit" {
  description = "How often one server may refuse calls without a valid token (401) in any sixty minutes; more is reported. Each client of a person is refused once before it signs in, and the gateway writes one such row in ten seconds at most."
  type        = number
  default     = 60

  validation {
    condition     = floor(var.unauthenticated_limit) == var.unauthenticated_limit && var.unauthenticated_limit >= 0 && var.unauthenticated_limit < 360
    error_message = "unauthenticated_limit must be a whole number from 0 to 359: the gateway writes no more than 360 such rows an hour for a server."
  }
}

variable "unauthenticated_limit_over_servers" {
  description = "How often all servers together may refuse calls without a valid token (401) in any sixty minutes: knocking at each a little stays below the limit of one."
  type        = number
  default     = 120

  validation {
    condition = (
      floor(var.unauthenticated_limit_over_servers) == var.unauthenticated_limit_over_servers &&
      var.unauthenticated_limit_over_servers >= var.unauthenticated_limit
    )
    error_message = "unauthenticated_limit_over_servers must be a whole number, and not less than unauthenticated_limit."
  }
}

variable "expected_callers" {
  description = "Callers who are expected to do what a detection would report: the object id, the server, which detections, why, and the last day (YYYY-MM-DD, on the business's clock) on which the entry counts."
  type = list(object({
    caller     = string
    server     = string
    detections = list(string)
    reason     = string
    until      = string
  }))
  default = []

  validation {
    condition = alltrue([
      for entry in var.expected_callers :
      can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", entry.caller)) && can(regex("^[A-Za-z0-9._-]+$", entry.server)) && lower(entry.server) != "canary"
    ])
    error_message = "expected_callers must name a caller by object id (a GUID) and a server, which is not canary."
  }

  validation {
    condition = alltrue([
      for entry in var.expected_callers : length(entry.detections) > 0 && alltrue([
        for detection in entry.detections : contains(local.expectable, detection)
      ])
    ])
    error_message = "expected_callers must name detections among file-system-volume, out-of-hours-writes, repeated-403 and repeated-403-privileged, at least one."
  }

  validation {
    condition = alltrue([
      for entry in var.expected_callers :
      can(regex("^[^\"\\\\[:cntrl:]]{10,200}$", entry.reason)) && can(regex("[^ ]", entry.reason))
    ])
    error_message = "expected_callers must each have a reason that somebody else understands: 10 to 200 characters in one line, without quotation marks and backslashes."
  }

  validation {
    condition = alltrue([
      for entry in var.expected_callers :
      can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", entry.until)) && can(formatdate("YYYY", "${entry.until}T00:00:00Z"))
    ])
    error_message = "expected_callers must each have a last day, YYYY-MM-DD."
  }

  validation {
    condition = length(distinct([
      for entry in var.expected_callers : lower("${entry.caller}/${entry.server}")
    ])) == length(var.expected_callers)
    error_message = "expected_callers must have one entry for a caller and a server."
  }
}

variable "canary" {
  description = "Whether there is a rule that sees the offboarding app's canary, and nobody else, so that the app can prove that the detection of bulk reading sees."
  type        = bool
  default     = false
}

variable "departed_object_ids" {
  description = "Object ids of people who have left and of workload identities that were retired, whose every call is an alert. Those whom the gateway's deny list refuses are alerts without being listed here."
  type        = list(string)
  default     = []

  # An alert rule may have 64 KB: learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits
  validation {
    condition     = length(var.departed_object_ids) <= 1000
    error_message = "departed_object_ids takes at most 1,000: a rule holds no more."
  }

  validation {
    condition = alltrue([
      for id in var.departed_object_ids : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", id))
    ])
    error_message = "departed_object_ids must be object ids (GUIDs)."
  }
}

variable "silence" {
  description = "After how many hours without any call the pipeline counts as broken; around_the_clock where pipelines call by night and at weekends too, else only business hours count."
  type = object({
    hours            = optional(number, 4)
    around_the_clock = optional(bool, false)
  })
  default = {}

  validation {
    condition     = floor(var.silence.hours) == var.silence.hours && var.silence.hours >= 1 && var.silence.hours <= 47
    error_message = "silence.hours must be from 1 to 47: an alert rule sees two days at most."
  }

  validation {
    condition     = var.silence.around_the_clock || var.silence.hours < var.business_hours.closes - var.business_hours.opens
    error_message = "silence.hours must be shorter than the business day, unless silence.around_the_clock is true."
  }
}
