variable "environment" {
  type        = string
  description = "Short name of the environment; part of every resource name."

  validation {
    condition     = can(regex("^[a-z0-9]{2,8}$", var.environment))
    error_message = "environment must be 2 to 8 lower-case letters or digits."
  }
}

variable "location" {
  type        = string
  description = "Azure region of the gateway."
}

variable "resource_group_name" {
  type        = string
  description = "Resource group that holds the gateway."
}

variable "tags" {
  type        = map(string)
  description = "Tags for every resource that takes tags."
  default     = {}
}

variable "name_suffix" {
  type        = string
  description = "Put behind the service's name, which must be unique in all of Azure: apim-mcp-<env>-<suffix>."
  default     = null

  validation {
    condition     = var.name_suffix == null || can(regex("^[a-z0-9]{1,20}$", var.name_suffix))
    error_message = "name_suffix must be 1 to 20 lower-case letters or digits."
  }
}

variable "publisher_name" {
  type        = string
  description = "Name of the organisation that publishes the gateway."
}

variable "publisher_email" {
  type        = string
  description = "Mail address that gets API Management's notices."

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+$", var.publisher_email))
    error_message = "publisher_email must be a mail address."
  }
}

variable "production" {
  type        = bool
  description = "Whether people's work depends on this gateway: the Developer tier has no service level agreement."
  default     = false
}

variable "networking" {
  type        = string
  description = "Where the gateway listens: internal (in the network only), external (in the network, reachable from the Internet) or none (not in a network; it then reaches no MCP server in a private subnet)."
  default     = "internal"

  validation {
    condition     = contains(["internal", "external", "none"], var.networking)
    error_message = "networking must be internal, external or none."
  }
}

variable "sku_name" {
  type        = string
  description = "Tier and units, for example Premium_1. Default: Developer_1; in production Premium_1, or Standard_1 without a network. StandardV2_n is not put in the network but integrated with it."
  default     = null

  validation {
    condition     = var.sku_name == null || can(regex("^(Developer_1|(Basic|Standard|Premium|BasicV2|StandardV2|PremiumV2)_[1-9][0-9]?)$", var.sku_name))
    error_message = "sku_name must be a tier and its units: Developer_1, Basic_n, Standard_n, Premium_n, BasicV2_n, StandardV2_n or PremiumV2_n. Consumption cannot limit calls by key."
  }

  validation {
    condition     = var.networking == "none" || var.sku_name == null || can(regex("^(Developer|Premium|StandardV2)_", var.sku_name))
    error_message = "Only the tiers Developer and Premium can be put in a network, and StandardV2 integrated with one: choose Developer_1, Premium_n or StandardV2_n, or networking = \"none\"."
  }

  validation {
    condition     = !var.production || var.sku_name == null || !startswith(coalesce(var.sku_name, "-"), "Developer_")
    error_message = "The Developer tier has no service level agreement: not in production."
  }
}

variable "subnet_id" {
  type        = string
  description = "Subnet of the gateway; required unless networking is none."
  default     = null

  validation {
    condition     = var.networking == "none" || var.subnet_id != null
    error_message = "subnet_id is required where networking is internal or external."
  }
}

variable "private_endpoint" {
  type = object({
    subnet_id = string
    address   = optional(string)
  })
  description = "Subnet, and address in it, of the private endpoint through which clients reach a StandardV2 gateway whose networking is internal."
  default     = null

  validation {
    condition     = var.private_endpoint != null || var.networking != "internal" || !startswith(coalesce(var.sku_name, "-"), "StandardV2_")
    error_message = "private_endpoint is required where a StandardV2 gateway is internal: the tier has no address in the network otherwise."
  }
}

variable "virtual_network_ids" {
  type        = map(string)
  description = "Networks in which the gateway's name resolves, by a name of your own; in internal mode only, where it is in no public DNS."
  default     = {}
}

variable "host_name" {
  type        = string
  description = "Host name that clients use, where it is not the service's own; certificate binds it."
  default     = null

  validation {
    condition     = var.host_name == null || can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", var.host_name))
    error_message = "host_name must be a host name in lower case, without scheme or path."
  }
}

variable "certificate" {
  type = object({
    key_vault_id = string
    secret_id    = string
  })
  description = "Certificate of host_name in a vault of yours that decides by roles and lets trusted Azure services in: the vault's resource id, and the address of the certificate's secret, without a version so that a renewed one is taken up. Null where you bind host_name yourself."
  default     = null

  validation {
    condition     = var.certificate == null || var.host_name != null
    error_message = "certificate needs host_name, whose certificate it is."
  }

  validation {
    condition     = var.certificate == null || can(regex("^https://[a-z0-9-]+\\.[a-z0-9.-]+/secrets/[A-Za-z0-9-]{1,127}$", var.certificate.secret_id))
    error_message = "certificate: secret_id must be https://<vault>.vault.azure.net/secrets/<certificate>, without a version."
  }

  validation {
    condition     = var.certificate == null || can(regex("(?i)/providers/Microsoft\\.KeyVault/vaults/[^/]+$", var.certificate.key_vault_id))
    error_message = "certificate: key_vault_id must be the resource id of a vault."
  }
}

variable "eventhub_namespace_fqdn" {
  type        = string
  description = "Host name of the Event Hubs namespace, for example evhns-mcp-dev.servicebus.windows.net."
}

variable "eventhub_namespace_id" {
  type        = string
  description = "Resource id of the Event Hubs namespace."
}

variable "eventhub_name" {
  type        = string
  description = "Name of the Event Hub that takes tool calls."
}

variable "eventhub_id" {
  type        = string
  description = "Resource id of that Event Hub: the gateway may send to it and to no other."
}

variable "gateway_logs" {
  type = object({
    workspace_id = string
  })
  description = "Log Analytics workspace for API Management's own request log, without bodies: the audit log's, so that the two can be compared. Null leaves it out, and nobody can say whether every tool call is in the audit log."
  default     = null
}
