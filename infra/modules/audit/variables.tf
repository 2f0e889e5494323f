variable "environment" {
  description = "Short name of the environment, part of every resource's name."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]{2,8}$", var.environment))
    error_message = "environment must have two to eight lower-case letters or digits."
  }
}

variable "location" {
  description = "Azure region. Workspace, collection endpoint and collection rule must be in the same one."
  type        = string
}

variable "resource_group_name" {
  description = "Resource group for everything that the module makes."
  type        = string
}

variable "tags" {
  description = "Tags of every resource that has tags."
  type        = map(string)
  default     = {}
}

variable "name_suffix" {
  description = "Put behind the name of the Event Hubs namespace, which must be unique in all of Azure."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[a-z0-9]{0,8}$", var.name_suffix))
    error_message = "name_suffix must have at most eight lower-case letters or digits."
  }
}

# Retention

variable "retention_days" {
  description = "Days for which the audit table can be queried. The offboarding audit compares ninety."
  type        = number
  default     = 90

  validation {
    condition     = floor(var.retention_days) == var.retention_days && var.retention_days >= 90 && var.retention_days <= 730
    error_message = "retention_days must be a whole number from 90 to 730: an audit over less cannot say what a leaver did in their last ninety days."
  }
}

variable "total_retention_days" {
  description = "Days for which rows are kept at all; those older than retention_days are reached by search jobs only."
  type        = number
  default     = 365

  validation {
    condition = var.total_retention_days >= var.retention_days && (
      (floor(var.total_retention_days) == var.total_retention_days && var.total_retention_days <= 730) ||
      contains([1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383], var.total_retention_days)
    )
    error_message = "total_retention_days must be at least retention_days, and at most 730 or one of 1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383."
  }
}

variable "existing_workspace" {
  description = "A Log Analytics workspace of yours: table, queries and alerts go there. Its retention, its keys and the log of who queried what stay yours. Null makes one."
  type = object({
    id          = string
    customer_id = string
  })
  default = null

  validation {
    condition     = var.existing_workspace == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.OperationalInsights/workspaces/[^/]+$", var.existing_workspace.id))
    error_message = "existing_workspace: id must be the resource id of a Log Analytics workspace."
  }
}

# Event Hub

variable "eventhub_enabled" {
  description = "Whether there is a hub for tool calls. False where there is no gateway that would send them."
  type        = bool
  default     = true
}

variable "eventhub_capacity" {
  description = "Throughput units at rest; one takes in 1,000 events a second."
  type        = number
  default     = 1

  validation {
    condition     = var.eventhub_capacity >= 1 && var.eventhub_capacity <= 40
    error_message = "eventhub_capacity must be from 1 to 40."
  }
}

variable "eventhub_maximum_capacity" {
  description = "Throughput units to which the namespace grows by itself."
  type        = number
  default     = 4

  validation {
    condition     = var.eventhub_maximum_capacity >= var.eventhub_capacity && var.eventhub_maximum_capacity <= 40
    error_message = "eventhub_maximum_capacity must be from eventhub_capacity to 40."
  }
}

variable "eventhub_partitions" {
  description = "Partitions of the hub: how many instances of the app can ingest at once. It cannot be changed later."
  type        = number
  default     = 4

  validation {
    condition     = var.eventhub_partitions >= 1 && var.eventhub_partitions <= 32
    error_message = "eventhub_partitions must be from 1 to 32."
  }
}

variable "eventhub_message_retention_days" {
  description = "Days for which calls wait in the hub when the app cannot ingest them."
  type        = number
  default     = 7

  validation {
    condition     = var.eventhub_message_retention_days >= 1 && var.eventhub_message_retention_days <= 7
    error_message = "eventhub_message_retention_days must be from 1 to 7."
  }
}

variable "private_endpoint" {
  description = "Reaches the Event Hubs namespace from a subnet only. Without it, the namespace has a public address that takes Entra tokens and no keys."
  type = object({
    subnet_id           = string
    private_dns_zone_id = string
  })
  default = null
}
