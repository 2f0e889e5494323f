variable "subscription_id" {
  type        = string
  description = "Subscription in which everything is made and which the policies govern."

  validation {
    condition     = can(regex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id must be a lower-case GUID."
  }
}

variable "tenant_id" {
  type        = string
  description = "Entra tenant of the people and applications."

  validation {
    condition     = can(regex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", var.tenant_id))
    error_message = "tenant_id must be a lower-case GUID."
  }
}

variable "environment" {
  type        = string
  description = "Short name of the environment, e.g. dev or prod; part of every resource's name, and its own in the whole tenant."

  validation {
    condition     = can(regex("^[a-z0-9]{2,8}$", var.environment))
    error_message = "environment must be 2 to 8 lower-case letters or digits."
  }
}

variable "profile" {
  type        = string
  default     = "small"
  description = "How much of the platform: trial is the app, its audit log and policies that only report, without a gateway, servers and a registry; small is everything, with API Management's Developer tier; production has a tier with a service level agreement. docs/cost.md says what each costs."

  validation {
    condition     = contains(["trial", "small", "production"], var.profile)
    error_message = "profile must be trial, small or production."
  }
}

variable "location" {
  type        = string
  description = "Azure region, by its short name (westeurope). Must offer Flex Consumption."

  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "location must be the region's short name, e.g. westeurope."
  }
}

variable "name_suffix" {
  type        = string
  default     = null
  description = "Makes the names unique that are unique in all of Azure. By default six digits made from subscription and environment."

  validation {
    condition     = var.name_suffix == null || can(regex("^[a-z0-9]{3,6}$", var.name_suffix))
    error_message = "name_suffix must be 3 to 6 lower-case letters or digits."
  }
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of every resource that takes tags."

  validation {
    condition     = !contains([for name in keys(var.tags) : lower(name)], "mcpserver")
    error_message = "The tag MCPServer marks container groups for the policies; the module mcp-server sets it."
  }
}

variable "business_time_zone" {
  type        = string
  description = "IANA zone of the business day: for \"out of hours\" in the detections and for days in the app."

  validation {
    condition     = can(regex("^(UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z0-9_+-]+){1,2})$", var.business_time_zone))
    error_message = "business_time_zone must be an IANA name such as Europe/Berlin."
  }
}

variable "alert_email_receivers" {
  type        = map(string)
  description = "Who is told of detections, of the app's own failures and of its budget: name => e-mail address."

  validation {
    condition     = length(var.alert_email_receivers) > 0
    error_message = "alert_email_receivers must name somebody: otherwise alerts show in the portal only, where nobody looks at night."
  }
}
