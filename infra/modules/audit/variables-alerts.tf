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
}

variable "alerts_enabled" {
  description = "Whether alert rules run. The queries are saved in the workspace either way."
  type        = bool
  default     = true
}

variable "alert_severities" {
  description = "Severities from 0, critical, to 4, verbose, by the name of a query; those left out keep the module's."
  type        = map(number)
  default     = {}

  validation {
    condition = alltrue([
      for name, severity in var.alert_severities :
      contains(["after-departure-watch", "file-system-volume", "out-of-hours-writes", "pipeline-silence", "repeated-403"], name) &&
      contains([0, 1, 2, 3, 4], severity)
    ])
    error_message = "alert_severities maps after-departure-watch, file-system-volume, out-of-hours-writes, pipeline-silence and repeated-403 to 0, 1, 2, 3 or 4."
  }
}

variable "file_system_limits" {
  description = "What one caller may do in one hour through the servers that hand out documents, with the tools that read; more is reported. Tools whose name begins with read_ name files, the others directories."
  type = object({
    calls       = optional(number, 100)
    directories = optional(number, 20)
    servers     = optional(list(string), ["filesystem"])
    tools       = optional(list(string), ["read_file", "list_directory", "search_files"])
  })
  default = {}

  validation {
    condition = (
      floor(var.file_system_limits.calls) == var.file_system_limits.calls && var.file_system_limits.calls >= 0 &&
      floor(var.file_system_limits.directories) == var.file_system_limits.directories && var.file_system_limits.directories >= 0
    )
    error_message = "file_system_limits.calls and directories must be whole numbers, zero or more."
  }

  validation {
    condition = alltrue([
      for name in concat(var.file_system_limits.servers, var.file_system_limits.tools) : can(regex("^[A-Za-z0-9._/:-]+$", name))
    ]) && length(var.file_system_limits.servers) > 0 && length(var.file_system_limits.tools) > 0
    error_message = "file_system_limits.servers and tools must be names of servers and tools, at least one of each."
  }
}

variable "write_verbs" {
  description = "A tool changes something when its name begins with one of these and an underscore: create_issue."
  type        = list(string)
  default     = ["create", "update", "delete"]

  validation {
    condition     = length(var.write_verbs) > 0 && alltrue([for verb in var.write_verbs : can(regex("^[A-Za-z]+$", verb))])
    error_message = "write_verbs must be words of letters, at least one."
  }
}

variable "refusal_limits" {
  description = "How much one caller may be refused (403) at one tool in ten minutes; more is reported. A refusal counts 1, or privileged_weight where it was for one of the privileged scopes."
  type = object({
    refusals          = optional(number, 5)
    privileged_weight = optional(number, 2)
    privileged_scopes = optional(list(string), ["mcp.tools.admin", "mcp.tools.secrets"])
  })
  default = {}

  validation {
    condition = (
      floor(var.refusal_limits.refusals) == var.refusal_limits.refusals && var.refusal_limits.refusals >= 0 &&
      floor(var.refusal_limits.privileged_weight) == var.refusal_limits.privileged_weight && var.refusal_limits.privileged_weight >= 1 &&
      alltrue([for scope in var.refusal_limits.privileged_scopes : can(regex("^[A-Za-z0-9._:-]+$", scope))])
    )
    error_message = "refusal_limits must be whole numbers (privileged_weight at least 1) and names of scopes or app roles."
  }
}

variable "departed_object_ids" {
  description = "Object ids of people who have left and of workload identities that were retired, whose every call is an alert. Those whom the gateway's deny list refuses are alerts without being listed here."
  type        = list(string)
  default     = []

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
