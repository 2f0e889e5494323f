# Who

variable "operators" {
  type = map(object({
    object_id = string
    role      = string
  }))
  default     = {}
  description = "Who may use the HTTP API, by name: object id of a user, a group or a service principal, and one of Offboarding.Read, Offboarding.Operate, Offboarding.Approve, Offboarding.Workflow, Offboarding.Inventory, Offboarding.Administer."

  validation {
    condition     = alltrue([for operator in values(var.operators) : contains(["Offboarding.Read", "Offboarding.Operate", "Offboarding.Approve", "Offboarding.Workflow", "Offboarding.Inventory", "Offboarding.Administer"], operator.role)])
    error_message = "operators: role must be Offboarding.Read, Offboarding.Operate, Offboarding.Approve, Offboarding.Workflow, Offboarding.Inventory or Offboarding.Administer."
  }
}

variable "api_client_ids" {
  type        = map(string)
  default     = { azure-cli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46" }
  description = "Clients, by name, in which operators sign in to the API without being asked for consent. Azure CLI by default, so that az account get-access-token works."
}

variable "hr_sender_object_ids" {
  type        = map(string)
  default     = {}
  description = "Service principals, by name, that may put messages into the queue hr-leavers and read the answers in the container hr-receipts."
}

variable "key_importer_object_ids" {
  type        = map(string)
  default     = {}
  description = "Users or groups, by name, that may import and rotate the GitHub App's key and set the vault's secrets. Take them out again afterwards."
}

# From where

variable "app_private_dns_zone_id" {
  type        = string
  default     = null
  description = "Private DNS zone privatelink.azurewebsites.net. With it the app gets a private endpoint, so that operators reach the HTTP API from the network and whatever is peered with it."
}

variable "operator_address_prefixes" {
  type        = list(string)
  default     = []
  description = "CIDR blocks from which people reach the HTTP API and the vault. Empty: nobody from outside."

  validation {
    condition     = alltrue([for cidr in var.operator_address_prefixes : can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "operator_address_prefixes must be CIDR blocks, and not everybody's: /8 or smaller."
  }

  validation {
    condition     = !anytrue([for cidr in var.operator_address_prefixes : can(regex("^(10|127|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.", cidr))])
    error_message = "operator_address_prefixes must be public addresses: the firewalls of vault and app see no others. From a private network, use app_private_dns_zone_id."
  }
}

variable "deployer_address_prefixes" {
  type        = list(string)
  default     = []
  description = "CIDR blocks from which the app is deployed and its health looked at afterwards. 0.0.0.0/0 admits GitHub-hosted runners, which have no fixed addresses; Entra and the role on the app still stand in front."

  validation {
    condition     = alltrue([for cidr in var.deployer_address_prefixes : can(cidrhost(cidr, 0))])
    error_message = "deployer_address_prefixes must be CIDR blocks."
  }
}
