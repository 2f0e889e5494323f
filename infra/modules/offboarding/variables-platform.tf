# Gateway and audit

variable "gateway_app_id" {
  type        = string
  description = "Application (client) id of the gateway (gateway-app: client_id)."

  validation {
    condition     = can(regex("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", var.gateway_app_id))
    error_message = "gateway_app_id must be a client id (GUID)."
  }
}

variable "app_only_servers" {
  type        = map(string)
  default     = {}
  description = "MCP servers that hand out secrets, by type: client id of the application that tokens for each are for (gateway-app: secrets_client_id). The checklist holds that no person gets one."

  validation {
    condition     = alltrue([for id in values(var.app_only_servers) : can(regex("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", id))])
    error_message = "app_only_servers must map types of servers to client ids (GUIDs)."
  }

  validation {
    condition     = alltrue([for server in keys(var.app_only_servers) : can(regex("^[A-Za-z0-9][A-Za-z0-9-]*$", server))])
    error_message = "app_only_servers must name servers by letters, digits and hyphens, a hyphen not first."
  }
}

variable "writing_client_ids" {
  type        = list(string)
  default     = []
  description = "Client ids of the applications that may write with MCP tools without asking each user (those of gateway-app: allowed_clients that writing_clients names). The checklist fails for any other."

  validation {
    condition     = alltrue([for id in var.writing_client_ids : can(regex("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", id))])
    error_message = "writing_client_ids must be client ids (GUIDs)."
  }
}

variable "gateway_apim_id" {
  type        = string
  default     = null
  description = "Resource id of the API Management service (gateway: apim_id); null, with deny_list_named_values empty, where there is no gateway: containment then ends sign-in sessions and no more."

  validation {
    condition     = var.gateway_apim_id == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.ApiManagement/service/[^/]+$", var.gateway_apim_id))
    error_message = "gateway_apim_id must be the resource id of an API Management service."
  }
}

variable "deny_list_named_values" {
  type        = list(string)
  default     = []
  description = "Named values that hold the deny list (gateway: deny_list_named_values)."

  validation {
    condition     = var.gateway_apim_id == null || length(var.deny_list_named_values) > 0
    error_message = "deny_list_named_values must name at least one where there is a gateway: issued tokens outlive every other revocation."
  }

  validation {
    condition     = alltrue([for name in var.deny_list_named_values : can(regex("^[A-Za-z0-9][A-Za-z0-9-]{0,79}$", name))])
    error_message = "deny_list_named_values must be letters, digits and hyphens, a hyphen not first."
  }
}

variable "gateway_url" {
  type        = string
  default     = null
  description = "Address at which clients find the gateway (gateway: gateway_url), where the app's network reaches it: each night the checklist then asks there without a token. Null: it asks nothing, and point 6 stays unknown."

  validation {
    condition     = var.gateway_url == null || can(regex("^https://([A-Za-z0-9-]+\\.)*[A-Za-z][A-Za-z0-9-]*/?$", var.gateway_url))
    error_message = "gateway_url must be an https address."
  }
}

variable "canary" {
  type = object({
    url                                 = string
    rule_id                             = string
    gateway_service_principal_object_id = string
    gateway_app_role_id                 = string
  })
  default     = null
  description = "Where the canary calls (gateway: canary_url), the rule that sees it alone (audit: canary_rule_id), and the role mcp.tools.read.app that its identity gets (gateway-app: service_principal_object_id, app_role_ids). Null: the detection of bulk reading is not tried."

  validation {
    condition     = var.canary == null || can(regex("^https://([A-Za-z0-9-]+\\.)*[A-Za-z][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)*$", try(var.canary.url, "")))
    error_message = "canary.url must be an https address without a slash at its end."
  }

  validation {
    condition     = var.canary == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Insights/scheduledQueryRules/[^/]+$", try(var.canary.rule_id, "")))
    error_message = "canary.rule_id must be the resource id of an alert rule."
  }
}

variable "gateway_audiences" {
  type        = list(string)
  nullable    = false
  default     = []
  description = "Audiences that the gateway's policies may accept (gateway-app: audiences and secrets_client_id); the checklist calls any other wrong."

  validation {
    condition     = alltrue([for audience in var.gateway_audiences : can(regex("^[A-Za-z0-9:/._-]+$", audience))])
    error_message = "gateway_audiences must be client ids or identifier URIs."
  }
}

variable "access_token_lifetime_minutes" {
  type        = number
  default     = 90
  description = "Longest life of an access token that was already issued. Entra's default is 60 to 90 minutes; raise it where a token lifetime policy does."

  validation {
    condition     = var.access_token_lifetime_minutes >= 5 && var.access_token_lifetime_minutes <= 1440 && floor(var.access_token_lifetime_minutes) == var.access_token_lifetime_minutes
    error_message = "access_token_lifetime_minutes must be a whole number from 5 to 1440."
  }
}

variable "workspace_id" {
  type        = string
  description = "Resource id of the Log Analytics workspace that holds the tool calls (audit: workspace_id). The app's own telemetry goes there too."

  validation {
    condition     = can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.OperationalInsights/workspaces/[^/]+$", var.workspace_id))
    error_message = "workspace_id must be the resource id of a Log Analytics workspace."
  }
}

variable "workspace_customer_id" {
  type        = string
  description = "Customer id (GUID) of the same workspace (audit: workspace_customer_id)."

  validation {
    condition     = can(regex("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", var.workspace_customer_id))
    error_message = "workspace_customer_id must be the workspace's customer id (GUID), not its resource id."
  }
}

variable "eventhub_namespace_fqdn" {
  type        = string
  default     = null
  description = "Host name of the Event Hubs namespace (audit: eventhub_namespace_fqdn); null, like the other three of the hub, where nobody sends tool calls."
}

variable "eventhub_id" {
  type        = string
  default     = null
  description = "Resource id of the hub with the tool calls (audit: eventhub_id)."
}

variable "eventhub_name" {
  type        = string
  default     = null
  description = "Name of that hub (audit: eventhub_name)."
}

variable "eventhub_consumer_group" {
  type        = string
  default     = null
  description = "Consumer group that nobody but this app reads with (audit: eventhub_consumer_group)."
}

variable "logs_ingestion_endpoint" {
  type        = string
  description = "Where audit rows are uploaded (audit: logs_ingestion_endpoint)."

  validation {
    condition     = can(regex("^https://([A-Za-z0-9-]+\\.)*[A-Za-z][A-Za-z0-9-]*/?$", var.logs_ingestion_endpoint))
    error_message = "logs_ingestion_endpoint must be an https address."
  }
}

variable "dcr_id" {
  type        = string
  description = "Resource id of the data collection rule (audit: dcr_id)."
}

variable "dcr_immutable_id" {
  type        = string
  description = "Immutable id of the data collection rule (audit: dcr_immutable_id)."

  validation {
    condition     = can(regex("^dcr-[0-9a-zA-Z]+$", var.dcr_immutable_id))
    error_message = "dcr_immutable_id must be the immutable id of a data collection rule (dcr-…), not its resource id."
  }
}

variable "dcr_stream_name" {
  type        = string
  description = "Stream that the rule declares for the audit table (audit: dcr_stream_name)."

  validation {
    condition     = can(regex("^Custom-[A-Za-z][A-Za-z0-9_]*$", var.dcr_stream_name))
    error_message = "dcr_stream_name must be a custom stream (Custom-…)."
  }
}

variable "cases_stream_name" {
  type        = string
  default     = null
  description = "Stream of the same rule for the table of cases (audit: cases_stream_name). Without it no rows about cases are written."

  validation {
    condition     = var.cases_stream_name == null || can(regex("^Custom-[A-Za-z][A-Za-z0-9_]*$", var.cases_stream_name))
    error_message = "cases_stream_name must be a custom stream (Custom-…)."
  }
}

variable "posture_stream_name" {
  type        = string
  default     = null
  description = "Stream of the same rule for the table of posture (audit: posture_stream_name). Without it no rows about the checklist are written."

  validation {
    condition     = var.posture_stream_name == null || can(regex("^Custom-[A-Za-z][A-Za-z0-9_]*$", var.posture_stream_name))
    error_message = "posture_stream_name must be a custom stream (Custom-…)."
  }
}

variable "action_group_ids" {
  type        = list(string)
  description = "Action groups that are told of the app's own failures and of its budget (audit: action_group_id)."

  validation {
    condition     = length(var.action_group_ids) >= 1 && length(var.action_group_ids) <= 5
    error_message = "action_group_ids must name one to five action groups: an alert rule of Azure Monitor takes no more than five."
  }
}

# Network

variable "offboarding_subnet_id" {
  type        = string
  description = "Subnet through which the app goes out (network: offboarding_subnet_id)."
}

variable "private_endpoint_subnet_id" {
  type        = string
  description = "Subnet of the private endpoints (network: private_endpoint_subnet_id)."
}

variable "private_dns_zone_ids" {
  type        = map(string)
  description = "Private DNS zones by service: blob, queue, table, vault (network: private_dns_zone_ids)."
}
