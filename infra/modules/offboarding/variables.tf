variable "environment" {
  type        = string
  description = "Short name of the environment; part of every resource's name."

  validation {
    condition     = can(regex("^[a-z0-9]{2,8}$", var.environment))
    error_message = "environment must be 2 to 8 lower-case letters or digits."
  }
}

variable "location" {
  type        = string
  description = "Azure region, by its short name (westeurope). Must offer Flex Consumption."

  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "location must be the region's short name, e.g. westeurope: Graph takes no other for the partner topic."
  }
}

variable "resource_group_name" {
  type        = string
  description = "Resource group of the app and of everything that belongs to it."
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of every resource that takes tags."
}

variable "name_suffix" {
  type        = string
  description = "Makes the names unique that are unique in all of Azure: storage accounts, vault, app."

  validation {
    condition     = can(regex("^[a-z0-9]{3,6}$", var.name_suffix))
    error_message = "name_suffix must be 3 to 6 lower-case letters or digits."
  }
}

# Who and where

variable "tenant_id" {
  type        = string
  description = "Entra tenant whose leavers are offboarded."

  validation {
    condition     = can(regex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", var.tenant_id))
    error_message = "tenant_id must be a lower-case GUID."
  }
}

variable "subscription_id" {
  type        = string
  description = "Subscription in which the app runs."

  validation {
    condition     = can(regex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id must be a lower-case GUID."
  }
}

variable "subscription_ids" {
  type        = list(string)
  description = "Subscriptions that are searched: managed identities for federated credentials of leavers, role assignments, vaults and container groups. Those of the gateway, the servers and the audit log belong to them."

  validation {
    condition = length(var.subscription_ids) > 0 && alltrue([
      for id in var.subscription_ids : can(regex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", id))
    ])
    error_message = "subscription_ids must be at least one lower-case GUID: with none, no federated credential is looked for, and every report is incomplete."
  }

  validation {
    condition     = length(distinct(var.subscription_ids)) == length(var.subscription_ids)
    error_message = "subscription_ids must name each subscription once."
  }
}

variable "protected_object_ids" {
  type        = map(string)
  default     = {}
  description = "People who are never offboarded, by name: the break-glass accounts. The app's own identities are added."

  validation {
    condition = alltrue([
      for id in values(var.protected_object_ids) : can(regex("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", id))
    ])
    error_message = "protected_object_ids must be object ids (GUIDs)."
  }
}

variable "protected_group_ids" {
  type        = map(string)
  default     = {}
  description = "Groups in Entra whose people are never offboarded, by name; groups within them count."

  validation {
    condition = alltrue([
      for id in values(var.protected_group_ids) : can(regex("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", id))
    ])
    error_message = "protected_group_ids must be object ids (GUIDs)."
  }
}

variable "business_time_zone" {
  type        = string
  description = "IANA zone in which days and \"out of hours\" are counted."

  validation {
    condition     = can(regex("^(UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z0-9_+-]+){1,2})$", var.business_time_zone))
    error_message = "business_time_zone must be an IANA name such as Europe/Berlin."
  }

  validation {
    condition     = contains(local.accepted.timeZones, var.business_time_zone)
    error_message = "business_time_zone is no zone that the app knows, such as Europe/Berlin."
  }
}

# The app

variable "settings" {
  type        = map(string)
  default     = {}
  description = "Further app settings of docs/configuration.md: pace, patience and other clouds."

  validation {
    condition = alltrue([for name in keys(var.settings) : contains([
      "DISABLED_MEANS_LEFT_AFTER_DAYS", "MACHINE_REPORT_MAX_AGE_DAYS", "MAX_CASES_PER_HOUR", "MASS_LEAVING_PERCENT", "MAX_API_CASES_PER_HOUR", "CONTAIN_DAYS_AT_MOST", "REPLICATION_SECONDS", "LAST_DAY_ENDS", "GITHUB_POINTS_PER_MINUTE", "REQUEST_TIMEOUT_SECONDS", "MESSAGE_ALERT_HOURS",
      "RETRY_ATTEMPTS", "RETRY_DELAY_MS", "INVENTORY_MAX_AGE_HOURS", "WINDOW", "VERIFY_INTERVAL_MS", "VERIFY_DEADLINE_MS",
      "STORAGE_TIMEOUT_SECONDS", "ACTIVITY_TIMEOUT_SECONDS", "CASE_STUCK_MINUTES", "CASE_SILENCE_MINUTES",
      "CASE_ATTEMPTS", "CASE_ATTEMPT_DELAY_MINUTES", "READ_AGAIN_DAYS", "FOLLOW_UPS", "DECISION_DAYS", "DECISION_POLICY", "EXCEPTION_DAYS", "DENIED_RETENTION_DAYS", "HISTORY_RETENTION_DAYS", "IDEMPOTENCY_RETENTION_DAYS",
      "LOGIN_ENDPOINT", "GRAPH_ENDPOINT", "ARM_ENDPOINT", "LOGS_ENDPOINT", "LOGS_INGESTION_AUDIENCE",
      "GITHUB_API_ENDPOINT", "GITHUB_OIDC_ISSUER", "DEVOPS_ENDPOINT", "DEVOPS_GRAPH_ENDPOINT",
    ], name)])
    error_message = "settings takes the settings of docs/configuration.md that have no input of their own. Misspelt ones would be ignored by the app."
  }

  validation {
    condition = alltrue([for name, value in var.settings :
      can(regex("^(0|[1-9][0-9]{0,8})$", value)) && try(tonumber(value) >= local.accepted.numbers[name].from && tonumber(value) <= local.accepted.numbers[name].to, false)
      if contains(keys(local.accepted.numbers), name)
    ])
    error_message = "settings: ${join(", ", [for name, range in local.accepted.numbers : "${name} is a whole number from ${range.from} to ${range.to}" if contains(keys(var.settings), name)])}."
  }

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", lookup(var.settings, "LAST_DAY_ENDS", "18:00")))
    error_message = "settings: LAST_DAY_ENDS is a time of day such as 18:00."
  }

  validation {
    condition = alltrue([for part in split(",", lookup(var.settings, "DECISION_POLICY", "")) :
      trimspace(part) == "" || try(contains(local.accepted.decidable, regex("^([a-z-]+)=(?:decision|by-hand)$", trimspace(part))[0]), false)
    ])
    error_message = "settings: DECISION_POLICY names risks and kinds of remedies, each with decision or by-hand, such as safe=decision,delete-variable=by-hand; docs/operations/decisions.md lists them."
  }

  validation {
    condition = alltrue([for part in split(",", lookup(var.settings, "FOLLOW_UPS", "")) :
      contains(["", "24h", "7d", "31d", "none"], trimspace(part))
    ])
    error_message = "settings: FOLLOW_UPS is a choice of 24h, 7d and 31d, such as 24h,31d, or none."
  }

  validation {
    condition     = contains(["https://login.microsoftonline.com", "https://login.microsoftonline.us", "https://login.partner.microsoftonline.cn"], lookup(var.settings, "LOGIN_ENDPOINT", "https://login.microsoftonline.com"))
    error_message = "settings: LOGIN_ENDPOINT must be Entra's in a cloud of Microsoft: https://login.microsoftonline.com, https://login.microsoftonline.us or https://login.partner.microsoftonline.cn. Whoever answers there says who may read reports."
  }

  validation {
    condition     = can(regex("^https://(token\\.actions\\.githubusercontent\\.com(/[A-Za-z0-9-]+)?|token\\.actions\\.[A-Za-z0-9-]+\\.ghe\\.com|[A-Za-z0-9.-]+/_services/token)$", lookup(var.settings, "GITHUB_OIDC_ISSUER", "https://token.actions.githubusercontent.com")))
    error_message = "settings: GITHUB_OIDC_ISSUER must be an issuer of GitHub's: https://token.actions.githubusercontent.com, the same with the enterprise's name, https://token.actions.<name>.ghe.com, or https://<server>/_services/token. Whoever answers there says who may tell of machines."
  }

  validation {
    condition = alltrue([for name, value in var.settings :
      can(regex("^https://([A-Za-z0-9-]+\\.)*[A-Za-z][A-Za-z0-9-]*(:[1-5]?[0-9]{1,4})?(/[A-Za-z0-9._~/-]*)?$", value))
      if !contains(keys(local.accepted.numbers), name) && !contains(["LAST_DAY_ENDS", "DECISION_POLICY", "FOLLOW_UPS"], name)
    ])
    error_message = "settings: endpoints and audiences must be https addresses."
  }
}

variable "node_version" {
  type        = string
  default     = "24"
  description = "Node.js on Flex Consumption."

  validation {
    condition     = contains(["22", "24"], var.node_version)
    error_message = "node_version must be 24, for which the package is built, or 22 where a region does not offer 24 yet (az functionapp list-flexconsumption-runtimes); the package must be built for it then."
  }
}

variable "maximum_instances" {
  type        = number
  default     = 40
  description = "Upper limit of instances. The vendors' limits are the bottleneck, not ours."

  validation {
    condition     = var.maximum_instances >= 1 && var.maximum_instances <= 1000
    error_message = "maximum_instances must be from 1 to 1000."
  }
}

variable "instance_memory_mb" {
  type        = number
  default     = 2048
  description = "Memory of an instance."

  validation {
    condition     = contains([512, 2048, 4096], var.instance_memory_mb)
    error_message = "instance_memory_mb must be 512, 2048 or 4096."
  }
}

variable "always_ready_orchestrators" {
  type        = number
  default     = 1
  description = "Instances that are always there for orchestrations. With none, a durable timer waits for the next poll of a scaled-in app."

  validation {
    condition     = var.always_ready_orchestrators >= 0 && var.always_ready_orchestrators <= 20
    error_message = "always_ready_orchestrators must be from 0 to 20."
  }
}

# Money and alerts

variable "teams_webhook_secret_name" {
  type        = string
  default     = null
  description = "Vault secret with the address of the Teams workflow that is told of cases. Put the secret there first: an app that cannot read it does not start."

  validation {
    condition     = var.teams_webhook_secret_name == null || can(regex("^[A-Za-z0-9-]{1,127}$", var.teams_webhook_secret_name))
    error_message = "teams_webhook_secret_name must be letters, digits and hyphens: the name, not the address, which holds a key."
  }
}

variable "webhook" {
  type = object({
    url         = string
    secret_name = string
  })
  default     = null
  description = "Receiver of signed messages about cases (standardwebhooks.com), and the vault secret with which they are signed: whsec_ and 24 to 64 bytes in base64. Put the secret there first: an app that cannot read it does not start."

  validation {
    condition     = var.webhook == null || can(regex("^https://([A-Za-z0-9-]+\\.)*[A-Za-z][A-Za-z0-9-]*(:[1-5]?[0-9]{1,4})?(/[A-Za-z0-9._~/?=&%-]*)?$", var.webhook.url))
    error_message = "webhook.url must be an https address."
  }

  validation {
    condition     = var.webhook == null || can(regex("^[A-Za-z0-9-]{1,127}$", var.webhook.secret_name))
    error_message = "webhook.secret_name must be letters, digits and hyphens: the name, not the secret."
  }
}

variable "messages" {
  type = object({
    issue   = optional(set(string))
    teams   = optional(set(string))
    webhook = optional(set(string))
    log     = optional(set(string))
    plans   = optional(set(string), [])
  })
  default     = {}
  description = "Which moments of a case, and of the checklist, each channel is told (incident, containment-failed, containment-ends-soon, containment-ended, containment-released, contained, posture-worse, failed, decision-awaited, reopened, ended, on-hold, refused, started), instead of the app's defaults; plans: the channels that are told of plans as well."

  validation {
    condition = alltrue([for moments in [var.messages.issue, var.messages.teams, var.messages.webhook, var.messages.log] :
      moments == null ? true : alltrue([for moment in moments : contains([
        "incident", "containment-failed", "containment-ends-soon", "containment-ended", "containment-released", "contained", "posture-worse",
        "failed", "decision-awaited", "reopened", "ended", "on-hold", "refused", "started",
      ], moment)])
    ])
    error_message = "messages: the moments are incident, containment-failed, containment-ends-soon, containment-ended, containment-released, contained, posture-worse, failed, decision-awaited, reopened, ended, on-hold, refused and started."
  }

  validation {
    condition     = length(setsubtract(var.messages.plans, ["issue", "teams", "webhook", "log"])) == 0
    error_message = "messages.plans takes channels: issue, teams, webhook, log."
  }
}

variable "console_url" {
  type        = string
  default     = null
  description = "Where people look at cases: messages and reports link to <console_url>/#/cases/<id>. Default: the app's own console."

  validation {
    condition     = var.console_url == null || can(regex("^https://([A-Za-z0-9-]+\\.)*[A-Za-z][A-Za-z0-9-]*(:[1-5]?[0-9]{1,4})?(/[A-Za-z0-9._~/-]*)?$", var.console_url))
    error_message = "console_url must be an https address."
  }
}

variable "monthly_budget" {
  type        = number
  default     = 200
  description = "Monthly budget of the resource group in the billing currency. 80 % spent and 100 % forecast are announced."

  validation {
    condition     = var.monthly_budget > 0
    error_message = "monthly_budget must be positive."
  }
}

variable "alerts_enabled" {
  type        = bool
  default     = true
  description = "Whether the app's own failures raise alerts."
}
