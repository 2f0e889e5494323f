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
  description = "Azure region of the network."
}

variable "resource_group_name" {
  type        = string
  description = "Resource group that holds the network."
}

variable "tags" {
  type        = map(string)
  description = "Tags for every resource that takes tags."
  default     = {}
}

variable "address_space" {
  type        = list(string)
  description = "CIDR blocks of the virtual network."
  default     = ["10.50.0.0/16"]

  validation {
    condition     = length(var.address_space) > 0 && alltrue([for cidr in var.address_space : can(cidrhost(cidr, 0))])
    error_message = "address_space must hold at least one CIDR block, and CIDR blocks only."
  }
}

variable "mcp_subnet_prefix" {
  type        = string
  description = "CIDR of the subnet delegated to Azure Container Instances, where every MCP server runs."
  default     = "10.50.1.0/24"

  validation {
    condition     = can(cidrhost(var.mcp_subnet_prefix, 0))
    error_message = "mcp_subnet_prefix must be a CIDR block."
  }
}

variable "gateway_subnet_prefix" {
  type        = string
  description = "CIDR of the subnet into which API Management is injected. At least /29; a /27 holds 13 Premium units."
  default     = "10.50.2.0/27"

  validation {
    condition     = can(cidrhost(var.gateway_subnet_prefix, 0)) && tonumber(try(split("/", var.gateway_subnet_prefix)[1], 32)) <= 29
    error_message = "gateway_subnet_prefix must be a CIDR block of /29 or larger: API Management needs three usable addresses."
  }
}

variable "offboarding_subnet_prefix" {
  type        = string
  description = "CIDR of the subnet delegated to Microsoft.App/environments, through which the Flex Consumption app sends its traffic."
  default     = "10.50.3.0/26"

  validation {
    condition     = can(cidrhost(var.offboarding_subnet_prefix, 0)) && tonumber(try(split("/", var.offboarding_subnet_prefix)[1], 32)) <= 27
    error_message = "offboarding_subnet_prefix must be a CIDR block of /27 or larger."
  }
}

variable "private_endpoint_subnet_prefix" {
  type        = string
  description = "CIDR of the subnet that holds the private endpoints (never the MCP subnet: a delegated subnet takes container groups only)."
  default     = "10.50.4.0/26"

  validation {
    condition     = can(cidrhost(var.private_endpoint_subnet_prefix, 0))
    error_message = "private_endpoint_subnet_prefix must be a CIDR block."
  }
}

variable "runner_subnet_cidr" {
  type        = string
  description = "CIDR of the CI/CD runners' subnet, in its own network; null when runners are hosted elsewhere."
  default     = null
  nullable    = true

  validation {
    condition     = var.runner_subnet_cidr == null || (can(cidrhost(var.runner_subnet_cidr, 0)) && try(tonumber(split("/", var.runner_subnet_cidr)[1]) >= 8, false))
    error_message = "runner_subnet_cidr must be a CIDR block, /8 or smaller, or null."
  }
}

variable "runners_may_bypass_gateway" {
  type        = bool
  description = "Lets runner_subnet_cidr reach MCP servers on TCP 3000 directly, past token checks, deny list and audit. Leave it false unless a migration needs it."
  default     = false

  validation {
    condition     = !var.runners_may_bypass_gateway || var.runner_subnet_cidr != null
    error_message = "runners_may_bypass_gateway needs runner_subnet_cidr: without it there is nobody to let past."
  }
}

variable "mcp_port" {
  type        = number
  description = "TCP port on which MCP servers listen."
  default     = 3000

  validation {
    condition     = var.mcp_port >= 1 && var.mcp_port <= 65535 && floor(var.mcp_port) == var.mcp_port
    error_message = "mcp_port must be a TCP port."
  }
}

variable "outbound_service_tags" {
  type        = list(string)
  description = "Service tags that MCP servers may reach on TCP 443 although the Internet is denied. Storage is left out on purpose: the tag covers every storage account in Azure, anybody's included."
  default     = ["AzureActiveDirectory", "AzureContainerRegistry", "AzureMonitor"]

  validation {
    condition     = length(var.outbound_service_tags) <= 20 && length(distinct(var.outbound_service_tags)) == length(var.outbound_service_tags)
    error_message = "outbound_service_tags takes at most 20 tags, each once: they share the priorities 110 to 129."
  }

  validation {
    condition     = alltrue([for tag in var.outbound_service_tags : !contains(["internet", "*", "any", "azurecloud", "virtualnetwork"], lower(tag))])
    error_message = "outbound_service_tags must name services. Internet, AzureCloud, VirtualNetwork and * would undo the isolation."
  }
}

variable "outbound_destinations" {
  type = map(object({
    address_prefixes = list(string)
    ports            = optional(list(string), ["443"])
  }))
  description = "Further destinations of MCP servers by name, for example GitHub's published API ranges for the repository server: no service tag covers them."
  default     = {}

  validation {
    condition = length(var.outbound_destinations) <= 50 && alltrue(flatten([
      for destination in values(var.outbound_destinations) : [
        for cidr in destination.address_prefixes : can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]) >= 8, false)
      ]
    ]))
    error_message = "outbound_destinations takes at most 50 entries of CIDR blocks, /8 or smaller: they share the priorities 140 to 189."
  }
}

variable "private_endpoint_ports" {
  type        = list(string)
  description = "TCP ports on which private endpoints are reached: HTTPS and AMQP."
  default     = ["443", "5671-5672"]
}

variable "private_endpoint_client_prefixes" {
  type        = list(string)
  description = "Further CIDR blocks that may reach the private endpoints, for example the subnet from which the app is deployed."
  default     = []

  validation {
    condition     = alltrue([for cidr in var.private_endpoint_client_prefixes : can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "private_endpoint_client_prefixes must hold CIDR blocks, /8 or smaller: storage, vault and registry are behind them."
  }
}

variable "gateway_client_prefixes" {
  type        = list(string)
  description = "CIDR blocks of the gateway's clients (developers' networks). Empty admits the virtual network and everything peered with it; runner_subnet_cidr is always admitted."
  default     = []

  validation {
    condition     = alltrue([for cidr in var.gateway_client_prefixes : can(cidrhost(cidr, 0))])
    error_message = "gateway_client_prefixes must hold CIDR blocks."
  }
}

variable "gateway_accepts_internet" {
  type        = bool
  description = "Admits clients from the Internet on TCP 443: for API Management in external mode only."
  default     = false
}

variable "gateway_integration" {
  type        = bool
  description = "Whether API Management is not put into its subnet but reaches out through it (StandardV2): the subnet is then delegated to it and takes nothing in, and clients come to a private endpoint."
  default     = false
}

variable "private_dns_services" {
  type        = list(string)
  description = "Services that get private endpoints, and so need a private DNS zone."
  default     = ["blob", "queue", "table", "vault", "servicebus", "acr"]

  validation {
    condition     = length(setsubtract(var.private_dns_services, ["blob", "queue", "table", "vault", "servicebus", "acr"])) == 0
    error_message = "private_dns_services takes blob, queue, table, vault, servicebus and acr."
  }
}

variable "existing_private_dns_zone_ids" {
  type        = map(string)
  description = "Private DNS zones of yours by service; they are used instead of new ones. Link them to this network yourself."
  default     = {}

  validation {
    condition = alltrue([
      for service, id in var.existing_private_dns_zone_ids :
      endswith(lower(id), "/privatednszones/${lookup(local.private_dns_zone_names, service, "?")}")
    ])
    error_message = "existing_private_dns_zone_ids must name, by service, the zone that Azure resolves it by, such as …/privateDnsZones/privatelink.blob.core.windows.net for blob."
  }
}

variable "nat_gateway_enabled" {
  type        = bool
  description = "Makes a NAT gateway for the MCP and offboarding subnets. Set it to false only when a route table of yours gives them a way out."
  default     = true
}
